use axum::extract::{Path, State};
use http::StatusCode;
use kit_web::{current_tracking_id, status_of};
use serde_json::{Value, json};

use super::reply::{Answer, ERROR, WEBEX_ERROR, json_response};
use super::request::{RawBody, ScimCaller};
use crate::Scim;
use crate::model::error::ScimError;
use crate::model::rights;
use crate::use_cases::{BulkAnswer, BulkDone};

const RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

pub(super) async fn run(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    body: RawBody,
) -> Answer {
    caller.require_any_scope(rights::USERS_WRITE)?;
    if rights::require_user_writer(&caller).is_err() {
        rights::require_group_writer(&caller, rights::SCIM_GROUPS_WRITE)?;
    }
    rights::own_organization(&caller, &organization_id)?;
    let answers = scim.bulk(&caller, &body.json()?).await?;
    // In small letters, as Webex answers it and its SDK reads it.
    let operations: Vec<Value> = answers.into_iter().map(operation).collect();
    Ok(json_response(
        StatusCode::OK,
        &json!({ "schemas": [RESPONSE], "operations": operations }),
    ))
}

fn operation(answer: BulkAnswer) -> Value {
    let BulkAnswer {
        method,
        bulk_id,
        location,
        version,
        result,
    } = answer;
    let mut shown = json!({ "method": method });
    for (key, value) in [("bulkId", bulk_id), ("location", location), ("version", version)] {
        if let Some(value) = value {
            shown[key] = value.into();
        }
    }
    let status = match &result {
        Ok(BulkDone::Created) => StatusCode::CREATED,
        Ok(BulkDone::Changed) => StatusCode::OK,
        Ok(BulkDone::Deleted) => StatusCode::NO_CONTENT,
        Err(error) => error.status.unwrap_or_else(|| status_of(error.error.kind())),
    };
    shown["status"] = status.as_str().into();
    if let Err(error) = &result {
        shown["response"] = failure(error, status);
    }
    shown
}

/// Webex says in its own part what went wrong.
fn failure(error: &ScimError, status: StatusCode) -> Value {
    let mut own = json!({ "trackingId": current_tracking_id(), "details": error.error.public() });
    if let Some(code) = error.error.code() {
        own["errorCode"] = code.into();
    }
    json!({ "schemas": [ERROR, WEBEX_ERROR], "status": status.as_str(), WEBEX_ERROR: own })
}
