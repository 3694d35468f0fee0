//! Auto attendants.

mod delete;
mod detail;
mod edit;
mod form;
mod list;
mod menu;
mod menu_form;

use axum::Router;
use axum::routing::get;
use http::Method;
use hub_directory::Caller;
use hub_numbers::Held;
use kit::{Error, Result};
use kit_web::RouteSpec;

use super::common::missing;
use crate::CallFeatures;
use crate::model::attendant::{Attendant, AttendantId, AttendantKey};

const LIST: &str = "/calling/features/auto-attendants";
const NEW: &str = "/calling/features/auto-attendants/new";
const ONE: &str = "/calling/features/auto-attendants/{attendant_id}";
const EDIT: &str = "/calling/features/auto-attendants/{attendant_id}/edit";
const MENU: &str = "/calling/features/auto-attendants/{attendant_id}/menus/{hours}";
const DELETE: &str = "/calling/features/auto-attendants/{attendant_id}/delete";

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::page(&Method::GET, LIST, "Find auto attendants"),
    RouteSpec::page(&Method::GET, NEW, "Form for a new auto attendant"),
    RouteSpec::page(&Method::POST, NEW, "Create an auto attendant"),
    RouteSpec::page(&Method::GET, ONE, "One auto attendant"),
    RouteSpec::page(&Method::GET, EDIT, "Form for an auto attendant's settings"),
    RouteSpec::page(&Method::POST, EDIT, "Change an auto attendant's settings"),
    RouteSpec::page(&Method::GET, MENU, "Form for a menu of an auto attendant"),
    RouteSpec::page(&Method::POST, MENU, "Change a menu of an auto attendant"),
    RouteSpec::page(&Method::GET, DELETE, "Ask before an auto attendant is deleted"),
    RouteSpec::page(&Method::POST, DELETE, "Delete an auto attendant"),
];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(LIST, get(list::list))
        .route(NEW, get(edit::new_form).post(edit::create))
        .route(ONE, get(detail::show))
        .route(EDIT, get(edit::edit_form).post(edit::save))
        .route(MENU, get(menu::form).post(menu::save))
        .route(DELETE, get(delete::ask).post(delete::delete))
}

/// The attendant that a path names.
async fn attendant_of(
    call_features: &CallFeatures,
    caller: &Caller,
    id: &str,
) -> Result<(Attendant, Option<Held>)> {
    const NONE: &str = "There is no such auto attendant in your organization.";
    let id = AttendantId::parse(id).map_err(|_| Error::not_found(NONE))?;
    let key = AttendantKey {
        id,
        location_id: None,
    };
    call_features
        .show_attendant(caller, key)
        .await
        .map_err(|error| missing(error, NONE))
}

/// How the pages name an attendant to the use cases.
fn key_of(attendant: &Attendant) -> AttendantKey {
    AttendantKey {
        id: attendant.id,
        location_id: None,
    }
}

fn path_of(attendant: &Attendant) -> String {
    format!("{LIST}/{}", attendant.id)
}

/// What the page that follows an action says of it.
fn notice(key: Option<&str>) -> Option<&'static str> {
    Some(match key? {
        "created" => "The auto attendant was created. Its menus can be set now.",
        "saved" => "The changes were saved.",
        "deleted" => "The auto attendant was deleted. Its number is free again.",
        _ => return None,
    })
}
