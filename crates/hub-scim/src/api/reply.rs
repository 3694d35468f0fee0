use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kit::{Error, Kind};
use kit_web::{ApiError, current_tracking_id, status_of};
use serde_json::{Value, json};

use super::request::{ScimCaller, accepts_scim};
use crate::model::error::ScimError;
use crate::model::resource::Tree;
use crate::model::{user, version};
use crate::use_cases::SearchFound;

pub(super) const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
pub(super) const WEBEX_ERROR: &str = "urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error";
const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// What a handler of SCIM answers.
pub(super) type Answer = std::result::Result<Response, ScimFailure>;

/// A failure in SCIM's envelope. A missing or dead token is refused before SCIM is reached, so it is answered as
/// everywhere else.
#[derive(Debug)]
pub(super) struct ScimFailure(pub(super) ScimError);

impl<E: Into<ScimError>> From<E> for ScimFailure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for ScimFailure {
    fn into_response(self) -> Response {
        let ScimError {
            error,
            scim_type,
            status,
        } = self.0;
        if matches!(error.kind(), Kind::Unauthenticated | Kind::TooMany(_)) {
            return ApiError(error).into_response();
        }
        if matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
            tracing::error!(
                tracking_id = current_tracking_id(),
                chain = error.chain(),
                "request failed"
            );
        }
        let status = status.unwrap_or_else(|| status_of(error.kind()));
        let mut body = json!({
            "schemas": [ERROR, WEBEX_ERROR],
            "status": status.as_str(),
            "detail": error.public(),
            WEBEX_ERROR: { "trackingId": current_tracking_id() },
        });
        if let Some(word) = scim_type {
            body["scimType"] = word.into();
        }
        if let Some(code) = error.code() {
            body[WEBEX_ERROR]["errorCode"] = code.into();
        }
        let mut response = json_response(status, &body);
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.extensions_mut().insert(StandardError(standard(body)));
        response
    }
}

/// The error as RFC 7644 has it, for whoever asks in SCIM's own type: strict clients know no other part.
#[derive(Clone)]
struct StandardError(Value);

fn standard(mut body: Value) -> Value {
    body["schemas"] = json!([ERROR]);
    if let Value::Object(parts) = &mut body {
        parts.remove(WEBEX_ERROR);
    }
    body
}

/// JSON in the type that Webex answers; [`in_the_accepted_type`] says it in SCIM's where that is wanted.
pub(super) fn json_response(status: StatusCode, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json;charset=utf-8")];
    (status, kind, body.to_string()).into_response()
}

/// Webex answers `application/json`, and its SDK reads nothing else. A client that names SCIM's own type gets that.
pub(super) async fn in_the_accepted_type(request: Request, next: Next) -> Response {
    let wants_scim = accepts_scim(request.headers());
    let mut response = next.run(request).await;
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if wants_scim && is_json {
        if let Some(StandardError(body)) = response.extensions_mut().remove() {
            response.headers_mut().remove(header::CONTENT_LENGTH);
            *response.body_mut() = axum::body::Body::from(body.to_string());
        }
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/scim+json;charset=utf-8"),
        );
    }
    response
}

/// A resource with its version, or 304 where the caller has it already.
pub(super) fn resource(status: StatusCode, tree: Tree, tag: &str, if_none_match: Option<&str>) -> Answer {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    if if_none_match.is_some_and(|header| version::names(header, tag)) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let location = tree
        .get("meta")
        .and_then(|meta| meta.get("location"))
        .and_then(Value::as_str)
        .and_then(|location| HeaderValue::from_str(location).ok());
    if let (StatusCode::CREATED, Some(location)) = (status, location) {
        headers.insert(header::LOCATION, location);
    }
    Ok((headers, json_response(status, &Value::Object(tree))).into_response())
}

/// The version of a user.
pub(super) fn tag_of(tree: &Tree) -> String {
    user::version_of(tree).to_owned()
}

/// 204.
pub(super) fn done() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A page of resources.
pub(super) fn list(found: SearchFound) -> Answer {
    let SearchFound {
        total,
        start_index,
        resources,
    } = found;
    let body = json!({
        "schemas": [LIST],
        "totalResults": total,
        "itemsPerPage": resources.len(),
        "startIndex": start_index,
        "Resources": resources,
    });
    Ok(json_response(StatusCode::OK, &body))
}

/// Whatever SCIM does not know.
pub(super) async fn nothing_here(_caller: ScimCaller, request: Request) -> ScimFailure {
    let sentence = format!(
        "No operation is served at {} {}.",
        request.method(),
        request.uri().path()
    );
    Error::not_found(sentence).into()
}
