//! The inner half of a connection: TLS as the Webex host, and the requests that come through it.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::IntoResponse as _;
use http::{Request, Response, StatusCode, Uri, header};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::upgrade::Upgraded;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use kit_web::OriginalHost;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tower::ServiceExt as _;

use crate::gateway::{Gateway, told_to_stop};
use crate::hosts;
use crate::limits::{Limits, MOST_HEADERS};
use crate::proxy::Granted;
use crate::rewrite::rewrite;

/// Streams of HTTP/2 at the same time.
const MOST_STREAMS: u32 = 100;

type Stream = BufReader<TlsStream<TokioIo<Upgraded>>>;

/// Serves the requests of a tunnel until the client or the gateway has had enough.
pub(crate) async fn serve(
    gateway: Gateway,
    router: Router,
    peer: SocketAddr,
    granted: Granted,
    mut stop: watch::Receiver<bool>,
) {
    let opened = tokio::select! {
        opened = open(&gateway, granted) => opened,
        () = told_to_stop(&mut stop) => None,
    };
    let Some(stream) = opened else {
        return;
    };
    let speaks_http2 = stream.get_ref().get_ref().1.alpn_protocol() == Some(b"h2");
    let service = service_fn(|request: Request<Incoming>| {
        let (router, public_url) = (router.clone(), gateway.public_url().to_owned());
        async move { Ok::<_, Infallible>(dispatch(router, &public_url, peer, request).await) }
    });
    let server = server(&gateway.limits(), speaks_http2);
    let mut connection = pin!(server.serve_connection_with_upgrades(TokioIo::new(stream), service));
    let outcome = tokio::select! {
        outcome = &mut connection => outcome,
        () = told_to_stop(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(error, "a tunnel ended early");
    }
}

/// Ends TLS, and waits for the first bytes of the first request: a tunnel that carries nothing is closed before HTTP
/// has clocks of its own.
async fn open(gateway: &Gateway, granted: Granted) -> Option<Stream> {
    let mut stream = BufReader::new(shake_hands(gateway, granted).await?);
    let first_bytes = tokio::time::timeout(gateway.limits().idle, stream.fill_buf()).await;
    let speaks = matches!(first_bytes, Ok(Ok(bytes)) if !bytes.is_empty());
    speaks.then_some(stream)
}

async fn shake_hands(gateway: &Gateway, granted: Granted) -> Option<TlsStream<TokioIo<Upgraded>>> {
    let Granted { host, stream } = granted;
    let config = match gateway.tls().config_for(&host) {
        Ok(config) => config,
        Err(error) => {
            tracing::error!(host, chain = error.chain(), "no certificate can be made");
            return None;
        }
    };
    let handshake = TlsAcceptor::from(config).accept(TokioIo::new(stream));
    match tokio::time::timeout(gateway.limits().greeting, handshake).await {
        Ok(Ok(stream)) => Some(stream),
        Ok(Err(error)) => {
            // The commonest cause by far, so the log says what to do about it.
            tracing::info!(host, %error, certificate = %gateway.certificate_file().display(),
                "a client did not finish the TLS handshake; it must trust this certificate");
            None
        }
        Err(_) => {
            tracing::debug!(host, "a client took too long for the TLS handshake");
            None
        }
    }
}

fn server(limits: &Limits, speaks_http2: bool) -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle)
        .max_headers(MOST_HEADERS)
        .max_buf_size(limits.head_bytes);
    server
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.idle / 2)
        .keep_alive_timeout(limits.idle / 2)
        .max_concurrent_streams(MOST_STREAMS)
        .max_header_list_size(u32::try_from(limits.head_bytes).unwrap_or(u32::MAX));
    if speaks_http2 {
        server.http2_only()
    } else {
        server.http1_only()
    }
}

/// Hands a request to the Hub, as if it had come in at its own address.
async fn dispatch(
    router: Router,
    public_url: &str,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Response<Body> {
    let Some(host) = named_host(&request) else {
        let message = "This request names no Webex host, or another port than 443, although it came through a tunnel to one.";
        let body = axum::Json(kit_web::error_body(message, None));
        return (StatusCode::MISDIRECTED_REQUEST, body).into_response();
    };
    let mut request = request.map(Body::new);
    // As the Hub's own server would see it: the path alone.
    *request.uri_mut() = request
        .uri()
        .path_and_query()
        .map_or_else(Uri::default, |path| Uri::from(path.clone()));
    request.extensions_mut().insert(OriginalHost(host.clone()));
    request.extensions_mut().insert(ConnectInfo(peer));
    let Ok(mut response) = router.oneshot(request).await;
    rewrite(response.headers_mut(), public_url, &host);
    response
}

/// The host that the request itself names. A client may use one connection for several hosts of the certificate, so
/// it need not be the tunnel's.
fn named_host<Body>(request: &Request<Body>) -> Option<String> {
    let authority = match request.uri().authority() {
        Some(authority) => authority.clone(),
        None => request.headers().get(header::HOST)?.to_str().ok()?.parse().ok()?,
    };
    let (host, port) = hosts::host_and_port(&authority)?;
    (hosts::is_webex_host(&host) && matches!(port, None | Some(443))).then_some(host)
}
