//! `GET /v1/trunkline/people/{person_id}/signIn`: how a person signs in and when that changes, which the public API has no
//! word for. Whoever holds a grant of the person may read it of that person: a forecast needs no more.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use http::Method;
use hub_directory::public_api::{ADMINISTRATORS, Answer, NOT_FOUND, object, path_uuid, require};
use hub_directory::{Caller, PersonId};
use kit::{Error, Result, Timestamp};
use kit_web::RouteSpec;
use serde::Serialize;
use webex::{PublicId, ResourceKind};

use crate::Identity;

const OWN: &[&str] = &["spark:people_read", "spark-admin:people_read"];
const OTHERS: &[&str] = &["spark-admin:people_read"];

/// The routes of [`api_router`].
pub const API_ROUTES: &[RouteSpec] = &[RouteSpec::api(
    &Method::GET,
    "/v1/trunkline/people/{person_id}/signIn",
    OWN,
    "How a person signs in, and when the password must be changed",
)];

/// The API of this slice.
pub fn api_router(identity: Identity) -> Router {
    Router::new()
        .route("/v1/trunkline/people/{person_id}/signIn", get(show))
        .with_state(identity)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignInWire {
    person_id: String,
    org_id: String,
    login_enabled: bool,
    /// `password`, or `externalProvider`: then no password rule applies and no password change ends a grant.
    method: &'static str,
    has_password: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_changed_at: Option<Timestamp>,
    /// From then on a sign-in forces a change, and the change ends the grants.
    #[serde(skip_serializing_if = "Option::is_none")]
    password_expires_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_between_password_changes: Option<u16>,
    /// When somebody who is deactivated is deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<Timestamp>,
}

async fn show(State(identity): State<Identity>, caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require_any_scope(OWN)?;
    let person = match id.as_str() {
        "me" => caller.person_id,
        id => PersonId::new(path_uuid(ResourceKind::People, id)?),
    };
    object(&sign_in_of(&identity, &caller, person).await?)
}

async fn sign_in_of(identity: &Identity, caller: &Caller, person: PersonId) -> Result<SignInWire> {
    if person != caller.person_id {
        require(caller, OTHERS, ADMINISTRATORS)?;
    }
    let account = identity.directory().account(person).await?;
    let account = account
        .filter(|account| account.organization_id == caller.organization_id)
        .ok_or_else(|| Error::not_found(NOT_FOUND))?;
    let external = identity.provider_of(&account).await?.is_some();
    let policy = identity.password_policy(account.organization_id).await?;
    let changed_at = identity.password_changed_at(person).await?.filter(|_| !external);
    Ok(SignInWire {
        person_id: PublicId::of_uuid(ResourceKind::People, person.uuid()).to_string(),
        org_id: PublicId::of_uuid(ResourceKind::Organization, account.organization_id.uuid()).to_string(),
        login_enabled: account.login_enabled,
        method: if external { "externalProvider" } else { "password" },
        has_password: changed_at.is_some(),
        password_changed_at: changed_at,
        password_expires_at: identity.password_expires_at(person).await?,
        days_between_password_changes: policy.days_between_changes.filter(|_| !external),
        deleted_at: identity
            .directory()
            .deleted_at(account.organization_id, person)
            .await?,
    })
}
