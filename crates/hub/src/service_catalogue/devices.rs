//! A program that uses the SDK registers itself before it waits for events. Complete builds of `webex` do so by themselves, at start,
//! and end the process when they are refused.
//!
//! Nothing is stored: there is one registration for each token, and its id follows from the token.

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{Path, State};
use hub_directory::public_api::{Answer, NOT_FOUND, done, object};
use hub_directory::{Caller, CallerOrigin};
use kit::{Error, Result, Uuid};
use kit_web::Json;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::addresses::Addresses;
use super::{ServiceCatalogue, catalogue};

/// What the program says about itself; it is shown to nobody else and goes back as it came.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Program {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    localized_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_version: Option<String>,
}

pub(super) async fn register(
    State(catalogue): State<ServiceCatalogue>,
    addresses: Addresses,
    caller: Caller,
    Json(program): Json<Program>,
) -> Answer {
    object(&written(&catalogue, &addresses, &caller, Some(program))?)
}

pub(super) async fn list(
    State(catalogue): State<ServiceCatalogue>,
    addresses: Addresses,
    caller: Caller,
) -> Answer {
    object(&json!({ "devices": [written(&catalogue, &addresses, &caller, None)?] }))
}

pub(super) async fn show(
    State(catalogue): State<ServiceCatalogue>,
    addresses: Addresses,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    require_own(&caller, &id)?;
    object(&written(&catalogue, &addresses, &caller, None)?)
}

pub(super) async fn renew(
    State(catalogue): State<ServiceCatalogue>,
    addresses: Addresses,
    caller: Caller,
    Path(id): Path<String>,
    Json(program): Json<Program>,
) -> Answer {
    require_own(&caller, &id)?;
    object(&written(&catalogue, &addresses, &caller, Some(program))?)
}

pub(super) async fn give_back(caller: Caller, Path(id): Path<String>) -> Answer {
    require_own(&caller, &id)?;
    done()
}

/// The registration of another token does not exist for this one.
fn require_own(caller: &Caller, id: &str) -> Result<()> {
    match Uuid::parse_str(id) {
        Ok(id) if id == registration(caller)? => Ok(()),
        _ => Err(Error::not_found(NOT_FOUND)),
    }
}

/// The first half of a digest of the token's hash: it tells nothing about the token.
fn registration(caller: &Caller) -> Result<Uuid> {
    let CallerOrigin::Token { token_hash, .. } = &caller.origin else {
        return Err(Error::invalid(
            "Only a program with an access token registers here.",
        ));
    };
    let digest = digest(&SHA256, format!("registration of {token_hash}").as_bytes());
    digest
        .as_ref()
        .first_chunk()
        .map(|bytes| Uuid::from_bytes(*bytes))
        .ok_or_else(|| Error::internal("a SHA-256 digest is shorter than 16 bytes"))
}

/// The address of the web socket is where events will come from. As long as it is not served the SDK tries again now and
/// then, in the background, and everything else works. It is this Hub's own also for who came through the gateway: a web
/// socket would pass the gateway by, and take its token to the platform.
fn written(
    service: &ServiceCatalogue,
    addresses: &Addresses,
    caller: &Caller,
    program: Option<Program>,
) -> Result<Value> {
    let id = registration(caller)?;
    let public_url = &addresses.public_url;
    let scheme = if public_url.is_https() { "wss" } else { "ws" };
    let host = public_url.host_and_port();
    let mut body = json!({
        "url": format!("{}/devices/{id}", addresses.of_registrations()),
        "webSocketUrl": format!("{scheme}://{host}/mercury/api/v1/devices/{id}"),
        "userId": caller.person_id.uuid(),
        "modificationTime": service.clock.now(),
        "features": { "developer": [], "entitlement": [], "user": [] },
        "services": catalogue::host_map(addresses)["serviceLinks"],
    });
    let program = serde_json::to_value(program).map_err(Error::internal)?;
    if let (Some(body), Value::Object(program)) = (body.as_object_mut(), program) {
        body.extend(program);
    }
    Ok(body)
}
