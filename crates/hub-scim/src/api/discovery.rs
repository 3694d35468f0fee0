//! What a client can learn about this server.

use axum::extract::{Path, State};
use http::StatusCode;
use hub_directory::Caller;
use hub_directory::public_api::NOT_FOUND;
use kit::Error;
use serde_json::{Value, json};

use super::meta_schemas::{self, published};
use super::reply::{Answer, json_response, list};
use super::request::ScimCaller;
use crate::Scim;
use crate::model::error::Outcome;
use crate::model::group_schema::{CONFIG_SCHEMA, GROUP, RESOURCE_TYPE_SCHEMA};
use crate::model::resource::Tree;
use crate::model::rights;
use crate::model::schema::{ResourceType, Schema};
use crate::model::user::Base;
use crate::model::user_schema::USER;
use crate::use_cases::SearchFound;

fn base(scim: &Scim, caller: &Caller, organization_id: &str) -> Outcome<Base> {
    caller.require_any_scope(rights::SCIM_GROUPS_READ)?;
    Ok(scim.base(rights::own_organization(caller, organization_id)?))
}

fn all(values: Vec<Value>) -> Answer {
    let resources: Vec<Tree> = values
        .into_iter()
        .filter_map(|value| match value {
            Value::Object(tree) => Some(tree),
            _ => None,
        })
        .collect();
    list(SearchFound {
        total: resources.len(),
        start_index: 1,
        resources,
    })
}

fn one(value: Option<Value>) -> Answer {
    let value = value.ok_or_else(|| Error::not_found(NOT_FOUND))?;
    Ok(json_response(StatusCode::OK, &value))
}

pub(super) async fn config(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
) -> Answer {
    let base = base(&scim, &caller, &organization_id)?;
    let body = json!({
        "schemas": [CONFIG_SCHEMA],
        "patch": { "supported": true },
        "bulk": { "supported": true, "maxOperations": 100, "maxPayloadSize": 1_048_576 },
        "filter": { "supported": true, "maxResults": 1_000 },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "OAuth bearer token",
            "description": "A token with the scope identity:people_read or identity:people_rw.",
            "primary": true,
        }],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": format!("{}/ServiceProviderConfig", base.0),
        },
    });
    Ok(json_response(StatusCode::OK, &body))
}

const TYPES: [&ResourceType; 2] = [&USER, &GROUP];

pub(super) async fn resource_types(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
) -> Answer {
    let base = base(&scim, &caller, &organization_id)?;
    all(TYPES.iter().map(|kind| type_shown(kind, &base)).collect())
}

pub(super) async fn resource_type(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, name)): Path<(String, String)>,
) -> Answer {
    let base = base(&scim, &caller, &organization_id)?;
    let found = TYPES.iter().find(|kind| kind.name.eq_ignore_ascii_case(&name));
    one(found.map(|kind| type_shown(kind, &base)))
}

fn type_shown(kind: &ResourceType, base: &Base) -> Value {
    let extensions: Vec<Value> = kind
        .extensions
        .iter()
        .map(|schema| json!({ "schema": schema.id, "required": false }))
        .collect();
    json!({
        "schemas": [RESOURCE_TYPE_SCHEMA],
        "id": kind.name,
        "name": kind.name,
        "description": kind.description,
        "endpoint": kind.endpoint,
        "schema": kind.core.id,
        "schemaExtensions": extensions,
        "meta": { "resourceType": "ResourceType", "location": format!("{}/ResourceTypes/{}", base.0, kind.name) },
    })
}

fn known_schemas() -> impl Iterator<Item = &'static Schema> {
    TYPES
        .into_iter()
        .flat_map(|kind| std::iter::once(kind.core).chain(kind.extensions.iter().copied()))
        .chain(meta_schemas::ALL)
}

pub(super) async fn schemas(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
) -> Answer {
    let base = base(&scim, &caller, &organization_id)?;
    all(known_schemas().map(|schema| published(schema, &base)).collect())
}

pub(super) async fn schema(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, schema_id)): Path<(String, String)>,
) -> Answer {
    let base = base(&scim, &caller, &organization_id)?;
    let found = known_schemas().find(|schema| schema.id.eq_ignore_ascii_case(&schema_id));
    one(found.map(|schema| published(schema, &base)))
}

/// Webex's own address of the two that matter.
pub(super) async fn schema_by_name(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, name)): Path<(String, String)>,
) -> Answer {
    let base = base(&scim, &caller, &organization_id)?;
    let found = TYPES.iter().find(|kind| kind.name.eq_ignore_ascii_case(&name));
    one(found.map(|kind| published(kind.core, &base)))
}
