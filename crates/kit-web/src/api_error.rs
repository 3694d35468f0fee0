use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kit::{Error, Kind};
use serde_json::{Value, json};

use crate::tracking::current_tracking_id;

/// A [`kit::Error`] answered as the Webex public API does: `{message, errors[{description}], trackingId}`.
#[derive(Debug)]
pub struct ApiError(pub Error);

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// The status code that says what a kind says.
pub fn status_of(kind: &Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Gone => StatusCode::GONE,
        Kind::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The envelope itself.
pub fn error_body(message: &str, code: Option<i64>) -> Value {
    let mut body = json!({
        "message": message,
        "errors": [{ "description": message }],
        "trackingId": current_tracking_id(),
    });
    if let Some(code) = code {
        body["errorCode"] = code.into();
        body["errors"][0]["errorCode"] = code.into();
    }
    body
}

/// Writes failures of our own to the log with their private chain; what a caller did wrong is no news.
pub(crate) fn log_failure(error: &Error) {
    if matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
        tracing::error!(
            tracking_id = current_tracking_id(),
            chain = error.chain(),
            "request failed"
        );
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        log_failure(&self.0);
        let status = status_of(self.0.kind());
        let mut response = (status, axum::Json(error_body(self.0.public(), self.0.code()))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self.0.kind() {
            Kind::TooMany(wait) => {
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
            }
            Kind::Unauthenticated => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}
