use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use http::StatusCode;
use hub_directory::Caller;
use hub_directory::public_api::{
    ADMINISTRATORS, Answer, Pairs, TELEPHONY_READERS, done, object, path_uuid, require, require_own,
};
use kit::{Error, Result, Uuid, search_key};
use kit_web::{ApiError, Json};
use serde_json::json;
use webex::{Items, ResourceKind};

use super::wire::{Named, UserNumber, location_id, organization_id};
use super::workspace_body::{Body, NumbersBody};
use super::workspace_wire::{Besides, capabilities, wire, workspace_id};
use crate::model::rights::{
    WORKSPACE_NUMBERS_READ, WORKSPACE_NUMBERS_WRITERS, WORKSPACE_WRITERS, WORKSPACES_READ, WORKSPACES_WRITE,
};
use crate::model::text::quoted;
use crate::model::{CalendarKind, CallingKind, DevicePlatform, SupportedDevices, WorkspaceKind};
use crate::store::workspaces::WorkspaceFilter;
use crate::use_cases::workspaces::WorkspaceQuery;
use crate::{Telephony, WorkspaceId};

pub(super) fn router() -> Router<Telephony> {
    let numbers = || get(numbers_by_feature);
    Router::new()
        .route("/v1/workspaces", get(list).post(create))
        .route(
            "/v1/workspaces/{workspace_id}",
            get(show).put(update).delete(delete),
        )
        .route(
            "/v1/workspaces/{workspace_id}/capabilities",
            get(show_capabilities),
        )
        .route("/v1/workspaces/{workspace_id}/features/numbers", numbers())
        // wxc-sdk asks with a slash at the end.
        .route("/v1/workspaces/{workspace_id}/features/numbers/", numbers())
        .route(
            "/v1/telephony/config/workspaces/{workspace_id}/numbers",
            get(numbers_by_telephony).put(change_numbers),
        )
}

const MOST_A_PAGE: usize = 1_000;

async fn list(State(telephony): State<Telephony>, caller: Caller, pairs: Pairs) -> Answer {
    require(&caller, WORKSPACES_READ, ADMINISTRATORS)?;
    require_own(&caller, pairs.organization()?)?;
    let query = query(&pairs)?;
    let besides = Besides {
        devices: pairs.flag("includeDevices"),
        capabilities: pairs.flag("includeCapabilities"),
    };
    let (found, more) = telephony.list_workspaces(&caller, &query).await?;
    let next = found.last().filter(|_| more).map(|view| {
        let workspace = &view.workspace;
        format!("{} {}", workspace.id, search_key(&workspace.display_name))
    });
    let public_url = telephony.directory().public_url();
    let link = pairs.next_page(public_url, "/v1/workspaces", query.max, next);
    let items = found
        .into_iter()
        .map(|view| wire(view, besides))
        .collect::<Vec<_>>();
    Ok((link, object(&Items { items })?).into_response())
}

fn query(pairs: &Pairs) -> Result<WorkspaceQuery> {
    let after = pairs.cursor()?.map(|text| cursor(&text)).transpose()?;
    let location_id = match pairs.location("locationId")? {
        Some(id) => Some(id),
        None => pairs.location("workspaceLocationId")?,
    };
    let filter = WorkspaceFilter {
        location_id,
        name_part: pairs
            .text("displayName")
            .map(search_key)
            .filter(|key| !key.is_empty()),
        capacity: pairs.text("capacity").map(capacity).transpose()?,
        kind: word(pairs, "type", WorkspaceKind::parse)?,
        calling: word(pairs, "calling", CallingKind::parse)?,
        supported_devices: word(pairs, "supportedDevices", SupportedDevices::parse)?,
        calendar: word(pairs, "calendar", CalendarKind::parse)?,
        device_hosted_meetings: pairs.choice("deviceHostedMeetingsEnabled")?,
        device_platform: word(pairs, "devicePlatform", DevicePlatform::parse)?,
    };
    Ok(WorkspaceQuery {
        organization_id: pairs.organization()?,
        filter,
        nothing: asks_for_what_is_not_here(pairs)?,
        // A cursor says where to go on; `start` counted from the beginning.
        start: if after.is_some() {
            0
        } else {
            pairs.position("start")?
        },
        after,
        max: pairs.page_size(MOST_A_PAGE)?,
    })
}

/// Floors, custom attributes, issues and maintenance: the values that exist are known, and no workspace here has them.
fn asks_for_what_is_not_here(pairs: &Pairs) -> Result<bool> {
    let health = one_of(pairs, "healthLevel", &["error", "warning", "info", "ok"])?;
    let maintenance = one_of(pairs, "plannedMaintenance", &["off", "on", "upcoming"])?;
    Ok(health.is_some_and(|level| level != "ok")
        || maintenance.is_some_and(|mode| mode != "off")
        || pairs.text("floorId").is_some()
        || pairs.text("customAttribute").is_some())
}

fn one_of<'a>(pairs: &'a Pairs, key: &str, known: &[&str]) -> Result<Option<&'a str>> {
    match pairs.text(key) {
        Some(text) if !known.contains(&text) => Err(Error::invalid(format!(
            "{key} cannot be {}; it is one of {}.",
            quoted(text),
            known.join(", ")
        ))),
        other => Ok(other),
    }
}

fn word<T>(pairs: &Pairs, key: &str, parse: impl FnOnce(&str, &str) -> Result<T>) -> Result<Option<T>> {
    pairs.text(key).map(|text| parse(key, text)).transpose()
}

fn capacity(text: &str) -> Result<Option<i64>> {
    match text.parse::<i64>() {
        Ok(-1) => Ok(None),
        Ok(capacity) if capacity >= 0 => Ok(Some(capacity)),
        _ => Err(Error::invalid(
            "capacity must be a whole number from 0 on, or -1 for workspaces without a capacity.",
        )),
    }
}

/// Id and search key of the last workspace on the page before.
fn cursor(text: &str) -> Result<(String, WorkspaceId)> {
    let (id, name) = text.split_once(' ').unwrap_or((text, ""));
    let id = Uuid::parse_str(id).map_err(|_| {
        Error::invalid("The cursor of this request cannot be read. Follow the Link header as it is, or begin again without cursor.")
    })?;
    Ok((name.to_owned(), WorkspaceId::new(id)))
}

async fn show(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, WORKSPACES_READ, ADMINISTRATORS)?;
    let view = telephony.show_workspace(&caller, path_workspace(&id)?).await?;
    let besides = Besides {
        devices: pairs.flag("includeDevices"),
        capabilities: pairs.flag("includeCapabilities"),
    };
    object(&wire(view, besides))
}

async fn create(
    State(telephony): State<Telephony>,
    caller: Caller,
    body: std::result::Result<Json<Body>, ApiError>,
) -> Answer {
    require(&caller, WORKSPACES_WRITE, WORKSPACE_WRITERS)?;
    let body = body?.0;
    require_own(&caller, body.organization()?)?;
    let view = telephony.create_workspace(&caller, body.draft()?).await?;
    let mut answer = object(&wire(view, Besides::default()))?;
    *answer.status_mut() = StatusCode::CREATED;
    Ok(answer)
}

async fn update(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    body: std::result::Result<Json<Body>, ApiError>,
) -> Answer {
    require(&caller, WORKSPACES_WRITE, WORKSPACE_WRITERS)?;
    let id = path_workspace(&id)?;
    // Whether there is such a workspace comes before what is wrong with the body.
    telephony.require_workspace(&caller, id).await?;
    let body = body?.0;
    require_own(&caller, body.organization()?)?;
    let view = telephony.update_workspace(&caller, id, body.draft()?).await?;
    object(&wire(view, Besides::default()))
}

async fn delete(State(telephony): State<Telephony>, caller: Caller, Path(id): Path<String>) -> Answer {
    require(&caller, WORKSPACES_WRITE, WORKSPACE_WRITERS)?;
    telephony.delete_workspace(&caller, path_workspace(&id)?).await?;
    done()
}

async fn show_capabilities(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    require(&caller, WORKSPACES_READ, ADMINISTRATORS)?;
    let id = path_workspace(&id)?;
    let view = telephony.show_workspace(&caller, id).await?;
    object(&json!({ "id": workspace_id(id), "capabilities": capabilities(&view.workspace) }))
}

async fn numbers_by_feature(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, WORKSPACES_READ, TELEPHONY_READERS)?;
    show_numbers(&telephony, &caller, &id, &pairs, false).await
}

async fn numbers_by_telephony(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, WORKSPACE_NUMBERS_READ, TELEPHONY_READERS)?;
    show_numbers(&telephony, &caller, &id, &pairs, true).await
}

async fn show_numbers(
    telephony: &Telephony,
    caller: &Caller,
    id: &str,
    pairs: &Pairs,
    among_telephony: bool,
) -> Answer {
    require_own(caller, pairs.organization()?)?;
    let id = path_workspace(id)?;
    let (view, location) = telephony
        .show_workspace_numbers(caller, id, among_telephony)
        .await?;
    let organization = telephony
        .directory()
        .organization(caller.organization_id)
        .await?
        .map(|organization| organization.display_name);
    let numbers: Vec<UserNumber> = view.held.as_ref().map_or_else(Vec::new, |held| {
        std::iter::once(UserNumber::primary(held))
            .chain(UserNumber::alternates(held))
            .collect()
    });
    object(&json!({
        "distinctiveRingEnabled": view.workspace.distinctive_ring,
        "phoneNumbers": numbers,
        "workspace": { "id": workspace_id(id) },
        "location": Named { id: location_id(location.id), name: location.name },
        "organization": Named {
            id: organization_id(caller.organization_id),
            name: organization.unwrap_or_default(),
        },
    }))
}

async fn change_numbers(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: std::result::Result<Json<NumbersBody>, ApiError>,
) -> Answer {
    require(&caller, WORKSPACES_WRITE, WORKSPACE_NUMBERS_WRITERS)?;
    require_own(&caller, pairs.organization()?)?;
    let id = path_workspace(&id)?;
    telephony.require_workspace(&caller, id).await?;
    telephony
        .change_workspace_numbers(&caller, id, body?.0.change()?)
        .await?;
    done()
}

fn path_workspace(id: &str) -> Result<WorkspaceId> {
    path_uuid(ResourceKind::Place, id).map(WorkspaceId::new)
}
