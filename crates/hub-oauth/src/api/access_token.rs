use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use kit::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::client_credentials::{read_body, read_credentials, way};
use super::device::DEVICE_CODE;
use super::envelope::{Envelope, answer, no_store};
use crate::OAuth;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::model::parameters::Parameters;
use crate::use_cases::IssuedTokens;

/// The body of a success. Seconds are one less than the whole life, as the platform counts them.
#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_in: Option<u64>,
    token_type: &'static str,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

pub(super) async fn public_api(
    State(oauth): State<OAuth>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    respond(&oauth, &headers, &body, Envelope::PublicApi).await
}

pub(super) async fn broker(
    State(oauth): State<OAuth>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    respond(&oauth, &headers, &body, Envelope::Broker).await
}

async fn respond(
    oauth: &OAuth,
    headers: &HeaderMap,
    body: &Result<Bytes, BytesRejection>,
    envelope: Envelope,
) -> Response {
    match issue(oauth, headers, body).await {
        Ok(tokens) => success(tokens),
        Err(failure) => answer(failure, envelope, way(headers)),
    }
}

/// The answer that carries tokens.
pub(super) fn success(tokens: IssuedTokens) -> Response {
    let mut response = Json(written(tokens)).into_response();
    no_store(&mut response);
    response
}

async fn issue(
    oauth: &OAuth,
    headers: &HeaderMap,
    body: &Result<Bytes, BytesRejection>,
) -> Result<IssuedTokens, TokenFailure> {
    let parameters = read_body(headers, body)?;
    let client = oauth
        .authenticate_client(&read_credentials(headers, &parameters)?)
        .await?;
    match parameters.get("grant_type") {
        Some("authorization_code") => {
            let code = secret_parameter(&parameters, "code")?;
            oauth
                .redeem_code(
                    &client,
                    &code,
                    parameters.get("redirect_uri"),
                    parameters.get("code_verifier"),
                )
                .await
        }
        Some("refresh_token") => {
            let token = secret_parameter(&parameters, "refresh_token")?;
            oauth.refresh(&client, &token, parameters.get("scope")).await
        }
        Some(DEVICE_CODE) => {
            let code = secret_parameter(&parameters, "device_code")?;
            oauth.poll_device(&client, &code).await
        }
        Some(_) => Err(OAuthError::new(
            ErrorCode::UnsupportedGrantType,
            "grant_type must be authorization_code, refresh_token or the device grant's.",
        )
        .into()),
        None => {
            Err(OAuthError::new(ErrorCode::InvalidRequest, "The parameter grant_type is missing.").into())
        }
    }
}

fn secret_parameter(parameters: &Parameters, name: &str) -> Result<SecretString, OAuthError> {
    let value = parameters.get(name);
    value.map(SecretString::from).ok_or_else(|| {
        OAuthError::new(
            ErrorCode::InvalidRequest,
            format!("The parameter {name} is missing."),
        )
    })
}

fn written(tokens: IssuedTokens) -> TokenResponse {
    let IssuedTokens {
        access_token,
        access_life,
        refresh,
        scopes,
        id_token,
    } = tokens;
    let (refresh_token, refresh_life) = refresh.unzip();
    TokenResponse {
        access_token: access_token.expose_secret().to_owned(),
        expires_in: access_life.as_secs().saturating_sub(1),
        refresh_token: refresh_token.map(|token| token.expose_secret().to_owned()),
        refresh_token_expires_in: refresh_life.map(|life| life.as_secs().saturating_sub(1)),
        token_type: "Bearer",
        scope: scopes.to_string(),
        id_token,
    }
}
