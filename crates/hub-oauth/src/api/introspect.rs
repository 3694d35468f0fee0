use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use kit::SecretString;
use serde::Serialize;

use super::client_credentials::{read_body, read_credentials, way};
use super::envelope::{Envelope, answer, no_store};
use crate::OAuth;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::use_cases::TokenFacts;

/// RFC 7662, section 2.2. Of a token that is not active nothing else is said.
#[derive(Default, Serialize)]
struct Introspection<'a> {
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
}

pub(super) async fn introspect(
    State(oauth): State<OAuth>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match ask(&oauth, &headers, &body).await {
        Ok(facts) => {
            let mut response = Json(written(facts, oauth.issuer())).into_response();
            no_store(&mut response);
            response
        }
        Err(failure) => answer(failure, Envelope::PublicApi, way(&headers)),
    }
}

async fn ask(
    oauth: &OAuth,
    headers: &HeaderMap,
    body: &Result<Bytes, BytesRejection>,
) -> Result<Option<TokenFacts>, TokenFailure> {
    let parameters = read_body(headers, body)?;
    let client = oauth
        .authenticate_client(&read_credentials(headers, &parameters)?)
        .await?;
    // token_type_hint is a hint: every token is found without it.
    let token = parameters
        .get("token")
        .ok_or_else(|| OAuthError::new(ErrorCode::InvalidRequest, "The parameter token is missing."))?;
    oauth.introspect(&client, &SecretString::from(token)).await
}

fn written(facts: Option<TokenFacts>, issuer: &str) -> Introspection<'_> {
    let Some(facts) = facts else {
        return Introspection::default();
    };
    let TokenFacts {
        is_access_token,
        scopes,
        client_id,
        subject,
        username,
        issued_at,
        expires_at,
    } = facts;
    Introspection {
        active: true,
        scope: Some(scopes.to_string()),
        client_id: Some(client_id),
        username: Some(username),
        token_type: is_access_token.then_some("Bearer"),
        exp: Some(expires_at.as_seconds()),
        iat: Some(issued_at.as_seconds()),
        sub: Some(subject),
        iss: Some(issuer),
    }
}
