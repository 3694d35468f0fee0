use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use hub_directory::public_api::{Answer, done, object, require_own};
use hub_directory::{Caller, OrganizationId};
use kit::{Error, ExposeSecret as _, Result, SecretString};
use kit_web::{ApiError, Json, error_body};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webex::{PublicId, ResourceKind, application_id};

use super::applications::no_store;
use crate::Developer;
use crate::use_cases::{NoTokens, ServiceAppPair, TOKEN, WRITE};

/// In which organization.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Where {
    org_id: Option<String>,
}

/// The organization must be the caller's own: an administrator decides about no other.
fn check_where(caller: &Caller, body: &[u8]) -> Result<()> {
    caller.require_any_scope(WRITE)?;
    if body.is_empty() {
        return Ok(());
    }
    let named: Where = serde_json::from_slice(body).map_err(|error| {
        Error::invalid(format!(
            "The body of this request is not the JSON that is wanted: {error}."
        ))
    })?;
    let organization = named.org_id.as_deref().map(organization).transpose()?;
    require_own(caller, organization)
}

fn organization(text: &str) -> Result<OrganizationId> {
    PublicId::parse_uuid(ResourceKind::Organization, text).map(OrganizationId::new)
}

pub(super) async fn authorize(
    State(developer): State<Developer>,
    caller: Caller,
    Path(id): Path<String>,
    body: axum::body::Bytes,
) -> Answer {
    check_where(&caller, &body)?;
    let authorization = developer.authorize_service_app(&caller, &id, None).await?;
    object(&json!({
        "id": application_id(&authorization.client_id),
        "orgId": PublicId::of_uuid(ResourceKind::Organization, authorization.organization_id.uuid()),
        "scopes": authorization.scopes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "authorizedBy": PublicId::of_uuid(ResourceKind::People, authorization.authorized_by.uuid()),
        "authorized": authorization.authorized_at,
    }))
}

pub(super) async fn deauthorize(
    State(developer): State<Developer>,
    caller: Caller,
    Path(id): Path<String>,
    body: axum::body::Bytes,
) -> Answer {
    check_where(&caller, &body)?;
    developer.deauthorize_service_app(&caller, &id).await?;
    done()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenRequest {
    #[serde(default)]
    client_id: String,
    client_secret: Option<String>,
    #[serde(default)]
    target_org_id: String,
}

/// Seconds are one less than the whole life, as the platform counts them.
#[derive(Serialize)]
struct TokenResponse<'a> {
    access_token: &'a str,
    expires_in: u64,
    refresh_token: &'a str,
    refresh_token_expires_in: u64,
    token_type: &'static str,
    scope: String,
}

pub(super) async fn token(
    State(developer): State<Developer>,
    caller: Caller,
    Path(id): Path<String>,
    request: axum::extract::Request,
) -> Answer {
    // Whoever may not ask learns that first, and nothing of what was wrong.
    caller.require_any_scope(TOKEN)?;
    let Json(body) =
        <Json<TokenRequest> as axum::extract::FromRequest<()>>::from_request(request, &()).await?;
    let TokenRequest {
        client_id,
        client_secret,
        target_org_id,
    } = body;
    for (name, is_missing) in [
        ("clientId", client_id.is_empty()),
        ("clientSecret", client_secret.is_none()),
        ("targetOrgId", target_org_id.is_empty()),
    ] {
        if is_missing {
            return Err(Error::invalid(format!("{name} is missing.")).into());
        }
    }
    let secret = SecretString::from(client_secret.unwrap_or_default());
    let target = organization(&target_org_id)?;
    match developer
        .issue_tokens(&caller, &id, &client_id, &secret, target)
        .await
    {
        Ok(pair) => no_store(object(&written(&pair))?),
        Err(NoTokens::WrongCredentials(description)) => Ok(wrong_credentials(description)),
        Err(NoTokens::Refused(error)) => Err(ApiError(error)),
    }
}

fn written(pair: &ServiceAppPair) -> TokenResponse<'_> {
    TokenResponse {
        access_token: pair.access_token.expose_secret(),
        expires_in: pair.access_life.as_secs().saturating_sub(1),
        refresh_token: pair.refresh_token.expose_secret(),
        refresh_token_expires_in: pair.refresh_life.as_secs().saturating_sub(1),
        token_type: "Bearer",
        scope: pair.scopes.to_string(),
    }
}

/// The one error of this API whose message and description say different things.
fn wrong_credentials(description: &str) -> Response {
    let mut body = error_body("Invalid client credentials", None);
    body["errors"][0]["description"] = description.into();
    (StatusCode::UNAUTHORIZED, axum::Json(body)).into_response()
}
