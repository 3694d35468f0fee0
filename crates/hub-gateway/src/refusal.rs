//! Why the proxy refuses, in words that a developer meets wherever the client shows them.

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use hyper::ext::ReasonPhrase;

use crate::hosts;

/// Something that this proxy does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// `CONNECT` to a host that is not Webex.
    ForeignHost(String),
    /// `CONNECT` to a port other than 443.
    OtherPort(String),
    /// `GET http://…`, which a proxy would forward.
    PlainHttp,
    /// A request to the proxy itself, as a browser sends it.
    NotAProxyRequest,
}

impl Refusal {
    const fn status(&self) -> StatusCode {
        match self {
            Self::ForeignHost(_) | Self::OtherPort(_) | Self::PlainHttp => StatusCode::FORBIDDEN,
            Self::NotAProxyRequest => StatusCode::BAD_REQUEST,
        }
    }

    /// The line beside the number: most clients show it when a tunnel is refused, and drop the body.
    fn reason(&self) -> String {
        match self {
            Self::ForeignHost(host) => format!("Only Webex hosts here: add {host} to NO_PROXY"),
            Self::OtherPort(_) => "Only port 443 of Webex hosts here".to_owned(),
            Self::PlainHttp => "Only CONNECT to Webex hosts here".to_owned(),
            Self::NotAProxyRequest => "This is a proxy for Webex hosts".to_owned(),
        }
    }

    fn explanation(&self, hub: &str) -> String {
        let hosts = hosts::in_words();
        match self {
            Self::ForeignHost(host) => format!(
                "This proxy serves only the Webex hosts ({hosts}); {host} is not one of them, and nothing is forwarded.\nTo reach {host} directly, add it to the variable NO_PROXY: NO_PROXY=\"$NO_PROXY,{host}\"\n"
            ),
            Self::OtherPort(asked) => format!(
                "This proxy serves only port 443 of the Webex hosts; {asked} was asked for. Use https:// without a port.\n"
            ),
            Self::PlainHttp => format!(
                "This proxy answers CONNECT for the Webex hosts ({hosts}) and forwards no plain http:// request.\nSet it as HTTPS_PROXY only, not as HTTP_PROXY; or add the host to the variable NO_PROXY.\n"
            ),
            Self::NotAProxyRequest => format!(
                "This is the gateway of the Hub at {hub}: a proxy for the Webex hosts, not a web server.\n{hub}/connect shows how to use it.\n"
            ),
        }
    }

    pub(crate) fn answer(&self, hub: &str) -> Response<Body> {
        let mut answer = Response::new(Body::from(self.explanation(hub)));
        *answer.status_mut() = self.status();
        let headers = answer.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        // A reason that could not stand in the line is left out: the number says enough.
        if let Ok(reason) = ReasonPhrase::try_from(self.reason()) {
            answer.extensions_mut().insert(reason);
        }
        answer
    }
}

/// Sent to a connection that is one too many.
pub(crate) const TOO_MANY: &[u8] = b"HTTP/1.1 503 Too many connections through the gateway\r\n\
    content-type: text/plain; charset=utf-8\r\nconnection: close\r\nretry-after: 1\r\ncontent-length: 79\r\n\r\n\
    The gateway serves as many connections as it may. Close some, or try again soon";
