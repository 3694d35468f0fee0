use std::io;

use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, StatusCode, header};
use hub_directory::{Caller, CallerOrigin};
use kit::{Clock as _, Error, Kind};
use kit_web::{ApiError, error_body};
use serde::Deserialize;

use crate::Simulation;
use crate::model::fault::{Asked, Ending, Meeting};
use crate::model::request_log::SeenRequest;

/// Token requests are small; what is larger is left to the endpoint to refuse.
const LARGEST_FORM: usize = 64 * 1024;

/// Lets requests meet the faults that wait for them, and takes down what was asked. The caller must be attached already.
pub async fn meet(State(simulation): State<Simulation>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/simulation") || request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    let (request, form) = match with_form(request).await {
        Ok(read) => read,
        Err(error) => return ApiError(error).into_response(),
    };
    let mut seen = describe(&simulation, &request, form);
    let asked = Asked {
        method: request.method(),
        path: request.uri().path(),
        client_id: seen.client_id.as_deref(),
        grant_type: seen.grant_type.as_deref(),
    };
    let randomness = &simulation.parts().randomness;
    let met = simulation.state().faults.meet(asked, || {
        f64::from(u16::from_be_bytes(two_bytes(randomness.as_ref()))) / 65_536.0
    });
    let response = match &met {
        None => next.run(request).await,
        Some(meeting) => answer_with(&simulation, meeting, request, next).await,
    };
    seen.status = response.status().as_u16();
    seen.fault = met.as_ref().map(|meeting| meeting.words.clone());
    simulation.state().log.add(seen);
    match met.map(|meeting| meeting.ending) {
        Some(Ending::Lost) => cut_off(),
        _ => response,
    }
}

fn two_bytes(randomness: &dyn kit::Randomness) -> [u8; 2] {
    let mut bytes = [0; 2];
    randomness.fill(&mut bytes);
    bytes
}

async fn answer_with(simulation: &Simulation, meeting: &Meeting, request: Request, next: Next) -> Response {
    if !meeting.latency.is_zero() {
        simulation.parts().real_clock.sleep(meeting.latency).await;
    }
    match meeting.ending {
        Ending::Answered | Ending::Lost => next.run(request).await,
        Ending::Refused(status, wait) => refusal(status, wait),
    }
}

fn refusal(status: StatusCode, retry_after: Option<u64>) -> Response {
    let message = format!(
        "The simulation answers this request with {}; nothing was done.",
        status.as_u16()
    );
    let mut response = (status, axum::Json(error_body(&message, None))).into_response();
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The client's connection ends without a whole answer: a body that breaks makes the server close it.
fn cut_off() -> Response {
    let broken = std::future::ready(Err::<Bytes, io::Error>(io::Error::new(
        io::ErrorKind::ConnectionAborted,
        "the simulation drops this answer",
    )));
    Response::new(Body::from_stream(futures::stream::once(broken)))
}

#[derive(Default, Deserialize)]
struct TokenForm {
    grant_type: Option<String>,
    client_id: Option<String>,
}

/// Reads the form of a token request and puts it back.
async fn with_form(request: Request) -> kit::Result<(Request, TokenForm)> {
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if !is_form || !is_token_endpoint(request.uri().path()) {
        return Ok((request, TokenForm::default()));
    }
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST_FORM).await.map_err(|error| {
        Error::new(Kind::Invalid, "The form of this request cannot be read.").because(error)
    })?;
    let form = serde_html_form::from_bytes(&bytes).unwrap_or_default();
    Ok((Request::from_parts(parts, Body::from(bytes)), form))
}

fn is_token_endpoint(path: &str) -> bool {
    ["/access_token", "/revoke", "/introspect"]
        .iter()
        .any(|end| path.ends_with(end))
}

fn describe(simulation: &Simulation, request: &Request, form: TokenForm) -> SeenRequest {
    let path = request.uri().path();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or(path, MatchedPath::as_str);
    let by_token = request
        .extensions()
        .get::<Caller>()
        .and_then(|caller| match &caller.origin {
            CallerOrigin::Token { client_id, .. } => Some(client_id.clone()),
            CallerOrigin::Session => None,
        });
    SeenRequest {
        number: 0,
        at: simulation.time().clock().now(),
        operation: format!("{} {route}", request.method()),
        path: bounded(path),
        client_id: by_token
            .or(form.client_id.map(|id| bounded(&id)))
            .or_else(|| by_basic(request)),
        grant_type: form.grant_type.map(|kind| bounded(&kind)),
        status: 0,
        fault: None,
        tracking_id: kit_web::current_tracking_id(),
    }
}

fn bounded(text: &str) -> String {
    text.chars().take(300).collect()
}

/// The client id of `Authorization: Basic`; the secret is not kept.
fn by_basic(request: &Request) -> Option<String> {
    let header = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let decoded = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let (client_id, _) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some(bounded(client_id))
}
