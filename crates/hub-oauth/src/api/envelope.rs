use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kit_web::{ApiError, current_tracking_id};
use serde_json::json;

use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};

/// In which of the platform's two error bodies a failure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Envelope {
    /// `/v1/…`: the public API's body, with the broker's text in its description, and the two members of RFC 6749.
    PublicApi,
    /// `/idb/…`: the broker's body.
    Broker,
}

/// How the client said who it is: after Basic a refusal must say so again (RFC 6749, section 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Credentials {
    Basic,
    Body,
}

const MALFORMED: &str = "The request could not be understood by the server due to malformed syntax.";

pub(super) fn answer(failure: TokenFailure, envelope: Envelope, credentials: Credentials) -> Response {
    let error = match failure {
        TokenFailure::Protocol(error) => error,
        TokenFailure::Ours(error) => return ApiError(error).into_response(),
    };
    let unauthorized = error.code == ErrorCode::InvalidClient && credentials == Credentials::Basic;
    let status = if unauthorized {
        StatusCode::UNAUTHORIZED
    } else {
        StatusCode::BAD_REQUEST
    };
    let body = match envelope {
        Envelope::PublicApi => json!({
            "message": MALFORMED,
            "errors": [{ "description": error.description }],
            "trackingId": current_tracking_id(),
            "error": error.code.as_str(),
            "error_description": error.description,
        }),
        Envelope::Broker => json!({
            "error": broker_code(&error),
            "error_description": error.description,
            "trackingID": current_tracking_id(),
        }),
    };
    let mut response = (status, Json(body)).into_response();
    no_store(&mut response);
    if unauthorized {
        let challenge = HeaderValue::from_static("Basic realm=\"access_token\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// The broker reports a dead refresh token as `invalid_request`, and its clients branch on that.
fn broker_code(error: &OAuthError) -> &'static str {
    if error.is_dead_refresh_token {
        ErrorCode::InvalidRequest.as_str()
    } else {
        error.code.as_str()
    }
}

/// Nothing on the way may keep an answer that carries tokens.
pub(super) fn no_store(response: &mut Response) {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
        .headers_mut()
        .insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
}
