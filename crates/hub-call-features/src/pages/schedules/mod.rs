//! Schedules of locations.

mod detail;
mod edit;
mod event_form;
mod events;
mod list;
mod words;

use axum::Router;
use axum::routing::get;
use http::Method;
use hub_directory::Caller;
use kit::{Error, Result, Uuid};
use kit_web::RouteSpec;

use super::common::missing;
use crate::CallFeatures;
use crate::model::schedule::{Schedule, ScheduleKey};

const LIST: &str = "/calling/features/schedules";
const NEW: &str = "/calling/features/schedules/new";
const ONE: &str = "/calling/features/schedules/{schedule_id}";
const EDIT: &str = "/calling/features/schedules/{schedule_id}/edit";
const DELETE: &str = "/calling/features/schedules/{schedule_id}/delete";
const NEW_EVENT: &str = "/calling/features/schedules/{schedule_id}/events/new";
const EVENT: &str = "/calling/features/schedules/{schedule_id}/event/{event_name}/edit";
const DELETE_EVENT: &str = "/calling/features/schedules/{schedule_id}/event/{event_name}/delete";

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::page(&Method::GET, LIST, "Find schedules"),
    RouteSpec::page(&Method::GET, NEW, "Form for a new schedule"),
    RouteSpec::page(&Method::POST, NEW, "Create a schedule"),
    RouteSpec::page(&Method::GET, ONE, "One schedule"),
    RouteSpec::page(&Method::GET, EDIT, "Form for a schedule's name"),
    RouteSpec::page(&Method::POST, EDIT, "Rename a schedule"),
    RouteSpec::page(&Method::GET, DELETE, "Ask before a schedule is deleted"),
    RouteSpec::page(&Method::POST, DELETE, "Delete a schedule"),
    RouteSpec::page(&Method::GET, NEW_EVENT, "Form for a new event of a schedule"),
    RouteSpec::page(&Method::POST, NEW_EVENT, "Create an event of a schedule"),
    RouteSpec::page(&Method::GET, EVENT, "Form for an event of a schedule"),
    RouteSpec::page(&Method::POST, EVENT, "Change an event of a schedule"),
    RouteSpec::page(&Method::GET, DELETE_EVENT, "Ask before an event is deleted"),
    RouteSpec::page(&Method::POST, DELETE_EVENT, "Delete an event of a schedule"),
];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(LIST, get(list::list))
        .route(NEW, get(edit::new_form).post(edit::create))
        .route(ONE, get(detail::show))
        .route(EDIT, get(edit::edit_form).post(edit::save))
        .route(DELETE, get(edit::ask_to_delete).post(edit::delete))
        .route(NEW_EVENT, get(events::new_form).post(events::create))
        .route(EVENT, get(events::edit_form).post(events::save))
        .route(DELETE_EVENT, get(events::ask_to_delete).post(events::delete))
}

/// The schedule that a path names.
async fn schedule_of(call_features: &CallFeatures, caller: &Caller, id: &str) -> Result<Schedule> {
    const NONE: &str = "There is no such schedule in your organization.";
    let id = Uuid::parse_str(id).map_err(|_| Error::not_found(NONE))?;
    call_features
        .show_schedule(caller, &ScheduleKey::Id(id))
        .await
        .map_err(|error| missing(error, NONE))
}

fn path_of(schedule: &Schedule) -> String {
    format!("{LIST}/{}", schedule.id)
}

/// What the page that follows an action says of it.
fn notice(key: Option<&str>) -> Option<&'static str> {
    Some(match key? {
        "created" => "The schedule was created. Add its events now.",
        "saved" => "The changes were saved.",
        "deleted" => "The schedule was deleted.",
        "event-created" => "The event was added.",
        "event-deleted" => "The event was deleted.",
        _ => return None,
    })
}
