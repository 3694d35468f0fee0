use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use hub_directory::{Caller, OrganizationId, PersonId};
use kit::{Error, Timestamp};
use kit_web::{ApiError, Query};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind, application_id};

use crate::OAuth;
use crate::use_cases::{Authorization, TokenOfGrant, Whose};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthorizationBody {
    id: PublicId,
    application_id: String,
    application_name: String,
    person_id: PublicId,
    client_id: String,
    created: Timestamp,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListQuery {
    person_id: Option<String>,
    person_email: Option<String>,
}

pub(super) async fn list(
    State(oauth): State<OAuth>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Json<Value>, ApiError> {
    let whose = match (query.person_id, query.person_email) {
        (Some(id), None) => Whose::Id(PersonId::new(PublicId::parse_uuid(ResourceKind::People, &id)?)),
        (None, Some(email)) => Whose::Email(email),
        _ => {
            return Err(ApiError(Error::invalid(
                "Name exactly one of personId and personEmail.",
            )));
        }
    };
    let items: Vec<AuthorizationBody> = oauth
        .list_authorizations(&caller, &whose)
        .await?
        .into_iter()
        .map(written)
        .collect();
    Ok(Json(json!({ "items": items })))
}

fn written(authorization: Authorization) -> AuthorizationBody {
    let Authorization {
        token,
        client,
        person,
        created_at,
    } = authorization;
    let (uuid, kind) = match token {
        TokenOfGrant::Refresh(grant) => (grant.uuid(), "refresh"),
        TokenOfGrant::Access(token) => (token.uuid(), "access"),
    };
    AuthorizationBody {
        id: PublicId::of_uuid(ResourceKind::Authorization, uuid),
        application_id: application_id(&client.client_id),
        application_name: client.name,
        person_id: PublicId::of_uuid(ResourceKind::People, person.uuid()),
        client_id: client.client_id,
        created: created_at,
        kind,
    }
}

pub(super) async fn delete_one(
    State(oauth): State<OAuth>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = PublicId::parse_uuid(ResourceKind::Authorization, &id)?;
    oauth.delete_authorization(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeleteQuery {
    client_id: Option<String>,
    org_id: Option<String>,
}

pub(super) async fn delete_of_client(
    State(oauth): State<OAuth>,
    caller: Caller,
    Query(query): Query<DeleteQuery>,
) -> Result<StatusCode, ApiError> {
    let client_id = query
        .client_id
        .ok_or_else(|| Error::invalid("Name the integration: the parameter clientId is missing."))?;
    let organization = match query.org_id {
        Some(id) => OrganizationId::new(PublicId::parse_uuid(ResourceKind::Organization, &id)?),
        None => caller.organization_id,
    };
    oauth
        .delete_authorizations_of_client(&caller, organization, &client_id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn token_expiry(
    State(oauth): State<OAuth>,
    caller: Caller,
) -> Result<Json<Value>, ApiError> {
    let expires_at = oauth.access_token_expiry(&caller).await?;
    Ok(Json(json!({ "exp": expires_at.as_millis() })))
}
