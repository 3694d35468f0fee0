//! The outer half of a connection: the client speaks plain HTTP to a proxy, and says `CONNECT`.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use http::{Method, Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::hosts;
use crate::limits::{Limits, MOST_HEADERS};
use crate::refusal::Refusal;

/// A tunnel that was asked for and granted.
pub(crate) struct Granted {
    pub(crate) host: String,
    pub(crate) stream: Upgraded,
}

/// Reads the client's request. `None` where it was refused, or never came.
pub(crate) async fn greet(stream: TcpStream, limits: &Limits, hub: &str) -> Option<Granted> {
    let granted: Arc<Mutex<Option<(String, OnUpgrade)>>> = Arc::default();
    let service = service_fn(|mut request: Request<Incoming>| {
        let answer = match asked_host(&request) {
            Ok(host) => {
                let upgrade = hyper::upgrade::on(&mut request);
                *granted.lock().unwrap_or_else(PoisonError::into_inner) = Some((host, upgrade));
                Response::new(Body::empty())
            }
            Err(refusal) => {
                tracing::info!(?refusal, "the gateway refused a request");
                refusal.answer(hub)
            }
        };
        std::future::ready(Ok::<_, Infallible>(answer))
    });
    let connection = http1::Builder::new()
        .max_buf_size(limits.head_bytes)
        .max_headers(MOST_HEADERS)
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // One bound for everything up to the tunnel: whoever sends its request drop by drop is not waited for.
    match tokio::time::timeout(limits.greeting, connection).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::debug!(%error, "a client of the gateway did not speak HTTP");
            return None;
        }
        Err(_) => {
            tracing::debug!("a client of the gateway did not say what it wants");
            return None;
        }
    }
    let (host, upgrade) = granted.lock().unwrap_or_else(PoisonError::into_inner).take()?;
    let stream = upgrade.await.ok()?;
    Some(Granted { host, stream })
}

/// Which host a tunnel is asked for.
fn asked_host<Body>(request: &Request<Body>) -> Result<String, Refusal> {
    if request.method() != Method::CONNECT {
        return Err(if request.uri().scheme().is_some() {
            Refusal::PlainHttp
        } else {
            Refusal::NotAProxyRequest
        });
    }
    let authority = request.uri().authority().ok_or(Refusal::NotAProxyRequest)?;
    let Some((host, port)) = hosts::host_and_port(authority) else {
        return Err(Refusal::ForeignHost("a host with a user name".to_owned()));
    };
    if !hosts::is_webex_host(&host) {
        return Err(Refusal::ForeignHost(host.chars().take(100).collect()));
    }
    match port {
        Some(443) => Ok(host),
        Some(port) => Err(Refusal::OtherPort(format!("{host}:{port}"))),
        None => Err(Refusal::OtherPort(format!("{host} without a port"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: Method, uri: &str) -> Result<String, Refusal> {
        asked_host(&Request::builder().method(method).uri(uri).body(()).unwrap())
    }

    #[test]
    fn a_tunnel_leads_to_port_443_of_a_webex_host_and_nowhere_else() {
        assert_eq!(
            asked(Method::CONNECT, "WebexAPIs.com:443"),
            Ok("webexapis.com".to_owned())
        );
        for (uri, refusal) in [
            ("pypi.org:443", Refusal::ForeignHost("pypi.org".to_owned())),
            ("127.0.0.1:443", Refusal::ForeignHost("127.0.0.1".to_owned())),
            ("[::1]:443", Refusal::ForeignHost("[::1]".to_owned())),
            (
                "webexapis.com:22",
                Refusal::OtherPort("webexapis.com:22".to_owned()),
            ),
            (
                "webexapis.com:80",
                Refusal::OtherPort("webexapis.com:80".to_owned()),
            ),
        ] {
            assert_eq!(asked(Method::CONNECT, uri), Err(refusal), "{uri}");
        }
    }

    #[test]
    fn nothing_is_forwarded() {
        for uri in [
            "http://example.com/",
            "http://webexapis.com/v1/people",
            "https://webexapis.com/",
        ] {
            assert_eq!(asked(Method::GET, uri), Err(Refusal::PlainHttp), "{uri}");
        }
        assert_eq!(asked(Method::GET, "/"), Err(Refusal::NotAProxyRequest));
        assert_eq!(asked(Method::POST, "/v1/people"), Err(Refusal::NotAProxyRequest));
    }
}
