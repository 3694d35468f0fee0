use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};

use crate::api_error::error_body;

/// The hosts under which a product may be addressed; anything else is a DNS rebinding attempt or a mistake.
#[derive(Clone, Debug)]
pub(crate) struct Hosts(pub(crate) Vec<String>);

/// The host that a request was sent to, where a gateway in this process took it in the product's name. It is an
/// extension of the request, so that only code of this process can say so: no header does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginalHost(pub String);

pub(crate) async fn check_host(hosts: Hosts, request: Request, next: Next) -> Response {
    if request.extensions().get::<OriginalHost>().is_some() {
        return next.run(request).await;
    }
    let named = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .or_else(|| request.uri().authority().map(http::uri::Authority::as_str))
        .unwrap_or_default()
        .to_ascii_lowercase();
    if hosts.0.contains(&named) {
        return next.run(request).await;
    }
    let known = hosts.0.join(", ");
    let message = format!(
        "This server does not answer for the host “{}”. It answers for: {known}.",
        printable(&named)
    );
    (
        StatusCode::MISDIRECTED_REQUEST,
        axum::Json(error_body(&message, None)),
    )
        .into_response()
}

fn printable(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(100).collect()
}

/// A page of another site may lead here by a link, never send a form here.
pub(crate) async fn refuse_cross_site_writes(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let site = request
        .headers()
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    let is_api = request.headers().contains_key(header::AUTHORIZATION);
    if !reads && !is_api && matches!(site, Some("cross-site" | "same-site")) {
        let message = "A page of another site tried to send a form here; nothing was done.";
        return (StatusCode::FORBIDDEN, axum::Json(error_body(message, None))).into_response();
    }
    next.run(request).await
}

pub(crate) async fn add_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Codes and states stand in URLs; they must not travel in a Referer (RFC 9700, section 4.2).
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
