//! The answer to an operation that Webex publishes and this Hub does not serve.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use kit::{Error, Result};
use kit_web::{PublicUrl, RouteSpec, error_body};

use super::is_for_the_rest;
use super::published::{Operation, without_names};

/// Says which operation is not served, for programs.
static NOT_SERVED: HeaderName = HeaderName::from_static("trunkline-not-served");

/// What is known of an address.
#[derive(Default)]
struct Address {
    served: BTreeSet<&'static str>,
    not_served: BTreeMap<&'static str, String>,
}

/// Stands in front of the routes. Without it, `GET /v1/rooms` would look like a mistyped path, and an operation beside
/// a parameter (`/queues/settings` beside `/queues/{id}`) like an object that is not there.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Inner>);

struct Inner {
    addresses: matchit::Router<Address>,
    page: String,
}

impl Gate {
    /// A gate for these operations and routes.
    pub(crate) fn new(
        operations: &'static [Operation],
        routes: impl Iterator<Item = &'static RouteSpec>,
        public_url: &PublicUrl,
    ) -> Result<Self> {
        let mut addresses: BTreeMap<String, Address> = BTreeMap::new();
        for route in routes.filter(|route| !is_for_the_rest(route.path)) {
            let address = addresses.entry(without_names(route.path)).or_default();
            address.served.insert(route.method.as_str());
        }
        for operation in operations {
            let path = operation.address();
            let address = addresses.entry(without_names(&path)).or_default();
            if !address.served.contains(operation.method.as_str()) {
                address.not_served.insert(operation.method.as_str(), path);
            }
        }
        let mut router = matchit::Router::new();
        for (path, address) in addresses {
            router
                .insert(numbered(&path), address)
                .map_err(|error| Error::internal(format!("{path}: {error}")))?;
        }
        Ok(Self(Arc::new(Inner {
            addresses: router,
            page: format!("{}/coverage", public_url.as_str().trim_end_matches('/')),
        })))
    }

    fn answer(&self, method: &Method, path: &str) -> Option<Response> {
        // A slash at the end is another spelling of the same address.
        let path = if path.len() > 1 {
            path.trim_end_matches('/')
        } else {
            path
        };
        let address = self.0.addresses.at(path).ok()?.value;
        let asked = if method == Method::HEAD {
            "GET"
        } else {
            method.as_str()
        };
        if let Some(operation) = address.not_served.get(asked) {
            return Some(self.not_served(asked, operation));
        }
        // Where something is served, the routes themselves say which methods there are.
        if !address.served.is_empty() || *method == Method::OPTIONS {
            return None;
        }
        let published: Vec<&str> = address.not_served.keys().copied().collect();
        Some(not_published(method, path, &published))
    }

    fn not_served(&self, method: &str, operation: &str) -> Response {
        let message = format!(
            "This Hub does not serve {method} {operation} yet. What it serves stands at {}.",
            self.0.page
        );
        let mut response = answer_with(StatusCode::NOT_IMPLEMENTED, &message);
        if let Ok(value) = HeaderValue::from_str(&format!("{method} {operation}")) {
            response.headers_mut().insert(NOT_SERVED.clone(), value);
        }
        response
    }
}

fn not_published(method: &Method, path: &str, published: &[&str]) -> Response {
    let methods = published.join(", ");
    let message = format!("Webex publishes no {method} at {path}, only {methods}.");
    let mut response = answer_with(StatusCode::METHOD_NOT_ALLOWED, &message);
    if let Ok(value) = HeaderValue::from_str(&methods) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

fn answer_with(status: StatusCode, message: &str) -> Response {
    (status, axum::Json(error_body(message, None))).into_response()
}

/// Parameters numbered by their place: the router wants names, and at one place always the same one.
fn numbered(path: &str) -> String {
    if path.is_empty() {
        return "/".to_owned();
    }
    let parts: Vec<String> = path
        .split('/')
        .enumerate()
        .map(|(place, part)| match part {
            "{}" => format!("{{p{place}}}"),
            fixed => fixed.to_owned(),
        })
        .collect();
    parts.join("/")
}

/// Answers what is published and not served; whoever asks learns it without a token, too.
pub(crate) async fn say_what_is_not_served(
    State(gate): State<Gate>,
    request: Request,
    next: Next,
) -> Response {
    match gate.answer(request.method(), request.uri().path()) {
        Some(response) => response,
        None => next.run(request).await,
    }
}
