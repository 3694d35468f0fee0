use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use hub_directory::Caller;
use hub_directory::public_api::Answer;
use kit_web::{ApiError, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::ScimCaller;
use crate::Scim;
use crate::model::rights;
use crate::use_cases::{IdentityOrganization, OrganizationChange};

const CORE_ORGANIZATION: &str = "urn:cisco:codev:identity:organization:core:1.0";

/// What can be changed; the rest of the body is read past.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrganizationBody {
    display_name: Option<String>,
    preferred_language: Option<String>,
}

pub(super) async fn show(
    State(scim): State<Scim>,
    caller: Caller,
    Path(organization_id): Path<String>,
) -> Answer {
    rights::require_organization_reader(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    Ok(shown(scim.show_organization(&caller).await?))
}

pub(super) async fn change(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    request: axum::extract::Request,
) -> Answer {
    rights::require_organization_writer(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let Json(body) = <Json<OrganizationBody> as axum::extract::FromRequest<()>>::from_request(request, &())
        .await
        .map_err(|error: ApiError| error)?;
    let change = OrganizationChange {
        display_name: body.display_name,
        preferred_language: body.preferred_language,
    };
    Ok(shown(scim.change_organization(&caller, &change).await?))
}

fn shown(organization: IdentityOrganization) -> Response {
    let IdentityOrganization {
        organization,
        preferred_language,
        last_modified_at,
        version,
    } = organization;
    let mut body = json!({
        "schemas": [CORE_ORGANIZATION],
        "id": organization.id.to_string(),
        "displayName": organization.display_name,
        "meta": {
            "created": organization.created_at,
            "lastModified": last_modified_at,
            "version": version,
        },
    });
    if let Some(language) = preferred_language {
        body["preferredLanguage"] = Value::String(language);
    }
    let kind = [(header::CONTENT_TYPE, "application/json;charset=utf-8")];
    (StatusCode::OK, kind, body.to_string()).into_response()
}
