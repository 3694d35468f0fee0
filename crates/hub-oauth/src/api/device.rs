use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use kit::SecretString;
use serde_json::json;

use super::access_token;
use super::client_credentials::{read_body, read_credentials, way};
use super::envelope::{Credentials, Envelope, answer, no_store};
use crate::OAuth;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::use_cases::{DeviceCodes, IssuedTokens};

pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

pub(super) async fn authorize(
    State(oauth): State<OAuth>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let parameters = match read_body(&headers, &body) {
        Ok(parameters) => parameters,
        Err(error) => return answer(error.into(), Envelope::PublicApi, Credentials::Body),
    };
    match oauth
        .begin_device(parameters.get("client_id"), parameters.get("scope"))
        .await
    {
        Ok(codes) => {
            let mut response = Json(written(&oauth, codes)).into_response();
            no_store(&mut response);
            response
        }
        Err(failure) => answer(failure, Envelope::PublicApi, Credentials::Body),
    }
}

fn written(oauth: &OAuth, codes: DeviceCodes) -> serde_json::Value {
    let DeviceCodes {
        device_code,
        user_code,
        link_code,
        life,
        interval_seconds,
    } = codes;
    let page = oauth.public_url().link("/device");
    json!({
        "device_code": device_code,
        "expires_in": life.as_secs(),
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?userCode={link_code}"),
        "interval": interval_seconds,
    })
}

/// The platform's own address for asking: what is not decided is answered 428 here.
pub(super) async fn token(
    State(oauth): State<OAuth>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match ask(&oauth, &headers, &body).await {
        Ok(tokens) => access_token::success(tokens),
        Err(failure) => {
            let is_pending = matches!(&failure, TokenFailure::Protocol(error) if error.code == ErrorCode::AuthorizationPending);
            let mut response = answer(failure, Envelope::PublicApi, way(&headers));
            if is_pending {
                *response.status_mut() = http::StatusCode::PRECONDITION_REQUIRED;
            }
            response
        }
    }
}

async fn ask(
    oauth: &OAuth,
    headers: &HeaderMap,
    body: &Result<Bytes, BytesRejection>,
) -> Result<IssuedTokens, TokenFailure> {
    let parameters = read_body(headers, body)?;
    let client = oauth
        .authenticate_client(&read_credentials(headers, &parameters)?)
        .await?;
    if parameters.get("grant_type") != Some(DEVICE_CODE) {
        return Err(OAuthError::new(
            ErrorCode::UnsupportedGrantType,
            "grant_type must be urn:ietf:params:oauth:grant-type:device_code.",
        )
        .into());
    }
    let code = parameters
        .get("device_code")
        .ok_or_else(|| OAuthError::new(ErrorCode::InvalidRequest, "The parameter device_code is missing."))?;
    oauth.poll_device(&client, &SecretString::from(code)).await
}
