//! Schedules of locations.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use http::Method;
use hub_directory::public_api::{
    Answer, FULL_ADMIN, NOT_FOUND, Pairs, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, done, made,
    object, path_uuid, require, require_own,
};
use hub_directory::{Caller, LocationId};
use kit::{Error, Result};
use kit_web::{ApiError, Json, RouteSpec};
use webex::ResourceKind;

use super::access::MOST;
use super::schedule_wire::{
    EventWire, ListedSchedule, ListedSchedules, ScheduleBody, ScheduleDetail, name_in, named_id,
};
use super::wire::next_page;
use crate::CallFeatures;
use crate::model::attendant::not_a_choice;
use crate::model::schedule::{Schedule, ScheduleDraft, ScheduleKey, ScheduleKind, schedule_name};
use crate::model::schedule_event::Event;
use crate::use_cases::schedules_list::ScheduleQuery;

const EVERYWHERE: &str = "/v1/telephony/config/schedules";
const LIST: &str = "/v1/telephony/config/locations/{location_id}/schedules";
const ONE: &str = "/v1/telephony/config/locations/{location_id}/schedules/{type}/{schedule_id}";
const EVENTS: &str = "/v1/telephony/config/locations/{location_id}/schedules/{type}/{schedule_id}/events";
const EVENT: &str =
    "/v1/telephony/config/locations/{location_id}/schedules/{type}/{schedule_id}/events/{event_id}";

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(
        &Method::GET,
        EVERYWHERE,
        TELEPHONY_READ,
        "List the schedules of all locations",
    ),
    RouteSpec::api(
        &Method::GET,
        LIST,
        TELEPHONY_READ,
        "List the schedules of a location",
    ),
    RouteSpec::api(&Method::POST, LIST, TELEPHONY_WRITE, "Create a schedule"),
    RouteSpec::api(&Method::GET, ONE, TELEPHONY_READ, "One schedule"),
    RouteSpec::api(&Method::PUT, ONE, TELEPHONY_WRITE, "Change a schedule"),
    RouteSpec::api(&Method::DELETE, ONE, TELEPHONY_WRITE, "Delete a schedule"),
    RouteSpec::api(
        &Method::POST,
        EVENTS,
        TELEPHONY_WRITE,
        "Create an event of a schedule",
    ),
    RouteSpec::api(&Method::GET, EVENT, TELEPHONY_READ, "One event of a schedule"),
    RouteSpec::api(
        &Method::PUT,
        EVENT,
        TELEPHONY_WRITE,
        "Change an event of a schedule",
    ),
    RouteSpec::api(
        &Method::DELETE,
        EVENT,
        TELEPHONY_WRITE,
        "Delete an event of a schedule",
    ),
];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(EVERYWHERE, get(list_everywhere))
        .route(LIST, get(list).post(create))
        .route(ONE, get(show).put(update).delete(delete))
        .route(EVENTS, axum::routing::post(create_event))
        .route(EVENT, get(show_event).put(update_event).delete(delete_event))
}

fn may_read(caller: &Caller, pairs: &Pairs) -> Result<()> {
    require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    require_own(caller, pairs.organization()?)
}

fn may_write(caller: &Caller, pairs: &Pairs) -> Result<()> {
    require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
    require_own(caller, pairs.organization()?)
}

fn location(text: &str) -> Result<LocationId> {
    path_uuid(ResourceKind::Location, text).map(LocationId::new)
}

/// The schedule that a path names.
fn key(location_id: &str, kind: &str, schedule_id: &str) -> Result<ScheduleKey> {
    Ok(ScheduleKey::Named {
        location_id: location(location_id)?,
        kind: ScheduleKind::parse(kind).ok_or_else(|| Error::not_found(NOT_FOUND))?,
        name: name_in(ResourceKind::Schedule, schedule_id)?,
    })
}

fn kind(text: &str) -> Result<ScheduleKind> {
    ScheduleKind::parse(text)
        .ok_or_else(|| not_a_choice("type", text, &ScheduleKind::ALL.map(ScheduleKind::word)))
}

async fn list_everywhere(State(call_features): State<CallFeatures>, caller: Caller, pairs: Pairs) -> Answer {
    may_read(&caller, &pairs)?;
    let location_id = pairs.location("locationId")?;
    answer_list(&call_features, &caller, &pairs, location_id, EVERYWHERE).await
}

async fn list(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path(location_id): Path<String>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let path = LIST.replace("{location_id}", &location_id);
    answer_list(
        &call_features,
        &caller,
        &pairs,
        Some(location(&location_id)?),
        &path,
    )
    .await
}

async fn answer_list(
    call_features: &CallFeatures,
    caller: &Caller,
    pairs: &Pairs,
    location_id: Option<LocationId>,
    path: &str,
) -> Answer {
    let max = pairs.page_size(MOST)?;
    let start = pairs.start()?;
    let query = ScheduleQuery {
        location_id,
        kind: pairs.text("type").map(kind).transpose()?,
        name: pairs.text("name").map(ToOwned::to_owned),
        start,
        max,
    };
    let (entries, more) = call_features.list_schedules(caller, &query).await?;
    let ids = entries.iter().map(|entry| entry.location_id);
    let names = call_features.place_names(caller.organization_id, ids).await?;
    let schedules = entries
        .into_iter()
        .map(|entry| {
            let location_name = names.get(&entry.location_id).cloned().unwrap_or_default();
            ListedSchedule::new(entry, location_name)
        })
        .collect();
    let link = next_page(call_features, pairs, path, max, more.then_some(start + max));
    Ok((link, object(&ListedSchedules { schedules })?).into_response())
}

async fn show(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, kind, schedule_id)): Path<(String, String, String)>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let key = key(&location_id, &kind, &schedule_id)?;
    let schedule = call_features.show_schedule(&caller, &key).await?;
    object(&ScheduleDetail::new(
        schedule.name,
        schedule.kind,
        &schedule.events,
    ))
}

async fn create(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path(location_id): Path<String>,
    pairs: Pairs,
    body: Result<Json<ScheduleBody>, ApiError>,
) -> Answer {
    may_write(&caller, &pairs)?;
    let location_id = location(&location_id)?;
    // A location that is not there is said before anything about the body.
    call_features
        .calling_place(
            call_features.database().into(),
            caller.organization_id,
            location_id,
        )
        .await?;
    let ScheduleBody {
        name,
        new_name: _,
        kind: word,
        events,
    } = body?.0;
    let word = word.ok_or_else(|| Error::invalid("type is missing; it is businessHours or holidays."))?;
    let draft = ScheduleDraft {
        kind: kind(&word)?,
        name: schedule_name(name)?,
        events: events
            .unwrap_or_default()
            .into_iter()
            .map(EventWire::into_event)
            .collect::<Result<_>>()?,
    };
    let schedule = call_features.create_schedule(&caller, location_id, draft).await?;
    made(&named_id(ResourceKind::Schedule, &schedule.name))
}

async fn update(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, word, schedule_id)): Path<(String, String, String)>,
    pairs: Pairs,
    body: Result<Json<ScheduleBody>, ApiError>,
) -> Answer {
    may_write(&caller, &pairs)?;
    let key = key(&location_id, &word, &schedule_id)?;
    call_features.show_schedule_as_writer(&caller, &key).await?;
    let ScheduleBody {
        name,
        new_name,
        kind: body_kind,
        events,
    } = body?.0;
    if body_kind.as_deref().is_some_and(|body_kind| body_kind != word) {
        return Err(ApiError(Error::invalid(format!(
            "type cannot be changed; this schedule is of type {word}. Create another one."
        ))));
    }
    let name = new_name
        .or(name)
        .map(|name| schedule_name(Some(name)))
        .transpose()?;
    let schedule = call_features
        .change_schedule(&caller, &key, |schedule| {
            if let Some(events) = events {
                schedule.events = changed_events(schedule, events)?;
            }
            if let Some(name) = name {
                schedule.name = name;
            }
            Ok(())
        })
        .await?;
    object(&serde_json::json!({ "id": named_id(ResourceKind::Schedule, &schedule.name) }))
}

/// The list replaces the list; an entry that names an event which is there changes that one.
fn changed_events(schedule: &Schedule, bodies: Vec<EventWire>) -> Result<Vec<Event>> {
    bodies
        .into_iter()
        .map(
            |body| match body.name.as_deref().and_then(|name| schedule.event(name)) {
                Some(present) => body.change(present),
                None => body.into_event(),
            },
        )
        .collect()
}

async fn delete(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, kind, schedule_id)): Path<(String, String, String)>,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    let key = key(&location_id, &kind, &schedule_id)?;
    call_features.delete_schedule(&caller, &key).await?;
    done()
}

async fn create_event(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, kind, schedule_id)): Path<(String, String, String)>,
    pairs: Pairs,
    body: Result<Json<EventWire>, ApiError>,
) -> Answer {
    may_write(&caller, &pairs)?;
    let key = key(&location_id, &kind, &schedule_id)?;
    call_features.show_schedule_as_writer(&caller, &key).await?;
    let event = body?.0.into_event()?;
    let name = call_features.add_event(&caller, &key, event).await?;
    made(&named_id(ResourceKind::ScheduleEvent, &name))
}

type EventPath = Path<(String, String, String, String)>;

async fn show_event(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, kind, schedule_id, event_id)): EventPath,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let key = key(&location_id, &kind, &schedule_id)?;
    let name = name_in(ResourceKind::ScheduleEvent, &event_id)?;
    let schedule = call_features.show_schedule(&caller, &key).await?;
    let event = schedule.event(&name).ok_or_else(|| Error::not_found(NOT_FOUND))?;
    object(&EventWire::of(event))
}

async fn update_event(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, kind, schedule_id, event_id)): EventPath,
    pairs: Pairs,
    body: Result<Json<EventWire>, ApiError>,
) -> Answer {
    may_write(&caller, &pairs)?;
    let key = key(&location_id, &kind, &schedule_id)?;
    let name = name_in(ResourceKind::ScheduleEvent, &event_id)?;
    let schedule = call_features.show_schedule_as_writer(&caller, &key).await?;
    schedule.event(&name).ok_or_else(|| Error::not_found(NOT_FOUND))?;
    let body = body?.0;
    let name = call_features
        .change_event(&caller, &key, &name, |event| body.change(event))
        .await?;
    object(&serde_json::json!({ "id": named_id(ResourceKind::ScheduleEvent, &name) }))
}

async fn delete_event(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, kind, schedule_id, event_id)): EventPath,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    let key = key(&location_id, &kind, &schedule_id)?;
    let name = name_in(ResourceKind::ScheduleEvent, &event_id)?;
    call_features.delete_event(&caller, &key, &name).await?;
    done()
}
