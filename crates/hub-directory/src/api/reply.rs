use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use kit::{Error, Result};
use kit_web::ApiError;
use serde::Serialize;

/// What a handler of the API answers.
pub(super) type Answer = std::result::Result<Response, ApiError>;

/// 200 with this object.
pub(super) fn object(value: &impl Serialize) -> Answer {
    with_status(StatusCode::OK, value)
}

/// 201 with the id of what was made.
pub(super) fn made(id: &impl ToString) -> Answer {
    with_status(StatusCode::CREATED, &serde_json::json!({ "id": id.to_string() }))
}

/// 204.
pub(super) fn done() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The object straight as bytes: pages of a thousand people pass through no tree of values.
fn with_status(status: StatusCode, value: &impl Serialize) -> Answer {
    let bytes = to_bytes(value)?;
    Ok((
        status,
        [(header::CONTENT_TYPE, "application/json;charset=utf-8")],
        bytes,
    )
        .into_response())
}

fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(Error::internal)
}
