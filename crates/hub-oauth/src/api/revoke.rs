use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use kit::SecretString;

use super::client_credentials::{read_body, read_credentials, way};
use super::envelope::{Envelope, answer, no_store};
use crate::OAuth;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};

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
    match give_back(oauth, headers, body).await {
        Ok(()) => {
            let mut response = StatusCode::OK.into_response();
            no_store(&mut response);
            response
        }
        Err(failure) => answer(failure, envelope, way(headers)),
    }
}

async fn give_back(
    oauth: &OAuth,
    headers: &HeaderMap,
    body: &Result<Bytes, BytesRejection>,
) -> Result<(), TokenFailure> {
    let parameters = read_body(headers, body)?;
    let client = oauth
        .authenticate_client(&read_credentials(headers, &parameters)?)
        .await?;
    // token_type_hint is a hint: every token is found without it.
    let token = parameters
        .get("token")
        .ok_or_else(|| OAuthError::new(ErrorCode::InvalidRequest, "The parameter token is missing."))?;
    oauth.revoke_token(&client, &SecretString::from(token)).await
}
