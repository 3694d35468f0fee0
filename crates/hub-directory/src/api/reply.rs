use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use kit::Error;
use kit_web::ApiError;
use serde::Serialize;

/// What a handler of the API answers.
pub type Answer = std::result::Result<Response, ApiError>;

/// 200 with this object.
pub fn object(value: &impl Serialize) -> Answer {
    with_status(StatusCode::OK, value)
}

/// 200 with this object, which takes about so many bytes: growing to a megabyte step by step would copy it each time.
pub fn large_object(value: &impl Serialize, bytes: usize) -> Answer {
    let mut buffer = Vec::with_capacity(bytes);
    serde_json::to_writer(&mut buffer, value).map_err(Error::internal)?;
    Ok(as_json(StatusCode::OK, buffer))
}

/// 201 with the id of what was made.
pub fn made(id: &impl ToString) -> Answer {
    with_status(StatusCode::CREATED, &serde_json::json!({ "id": id.to_string() }))
}

/// 204.
pub fn done() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The object straight as bytes: pages of a thousand people pass through no tree of values.
fn with_status(status: StatusCode, value: &impl Serialize) -> Answer {
    let bytes = serde_json::to_vec(value).map_err(Error::internal)?;
    Ok(as_json(status, bytes))
}

fn as_json(status: StatusCode, bytes: Vec<u8>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json;charset=utf-8")];
    (status, kind, bytes).into_response()
}
