//! Auto attendants.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use http::Method;
use hub_directory::public_api::{
    Answer, FULL_ADMIN, Pairs, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, done, made, object,
    path_uuid, require, require_own,
};
use hub_directory::{Caller, LocationId};
use kit::Result;
use kit_web::{ApiError, Json, RouteSpec};
use webex::ResourceKind;

use super::access::MOST;
use super::attendant_menu_wire::FileWire;
use super::attendant_wire::{
    Announcements, AttendantBody, AttendantDetail, ListedAttendant, ListedAttendants, attendant_id,
};
use super::wire::next_page;
use crate::CallFeatures;
use crate::model::attendant::{AttendantId, AttendantKey};
use crate::use_cases::attendants_list::AttendantQuery;

const LIST: &str = "/v1/telephony/config/autoAttendants";
const AT_LOCATION: &str = "/v1/telephony/config/locations/{location_id}/autoAttendants";
const ONE: &str = "/v1/telephony/config/locations/{location_id}/autoAttendants/{auto_attendant_id}";
const ANNOUNCEMENTS: &str =
    "/v1/telephony/config/locations/{location_id}/autoAttendants/{auto_attendant_id}/announcements";
const ANNOUNCEMENT: &str = "/v1/telephony/config/locations/{location_id}/autoAttendants/{auto_attendant_id}/announcements/{file_name}";

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(&Method::GET, LIST, TELEPHONY_READ, "List or find auto attendants"),
    RouteSpec::api(
        &Method::POST,
        AT_LOCATION,
        TELEPHONY_WRITE,
        "Create an auto attendant",
    ),
    RouteSpec::api(&Method::GET, ONE, TELEPHONY_READ, "One auto attendant"),
    RouteSpec::api(&Method::PUT, ONE, TELEPHONY_WRITE, "Change an auto attendant"),
    RouteSpec::api(&Method::DELETE, ONE, TELEPHONY_WRITE, "Delete an auto attendant"),
    RouteSpec::api(
        &Method::GET,
        ANNOUNCEMENTS,
        TELEPHONY_READ,
        "The announcement files of an auto attendant",
    ),
    RouteSpec::api(
        &Method::DELETE,
        ANNOUNCEMENT,
        TELEPHONY_WRITE,
        "Delete an announcement file of an auto attendant",
    ),
];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(LIST, get(list))
        .route(AT_LOCATION, axum::routing::post(create))
        .route(ONE, get(show).put(update).delete(delete))
        .route(ANNOUNCEMENTS, get(announcements))
        .route(ANNOUNCEMENT, axum::routing::delete(delete_announcement))
}

fn may_read(caller: &Caller, pairs: &Pairs) -> Result<()> {
    require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    require_own(caller, pairs.organization()?)
}

fn may_write(caller: &Caller, pairs: &Pairs) -> Result<()> {
    require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
    require_own(caller, pairs.organization()?)
}

/// The attendant that a path names.
fn key(location_id: &str, id: &str) -> Result<AttendantKey> {
    Ok(AttendantKey {
        id: AttendantId::new(path_uuid(ResourceKind::AutoAttendant, id)?),
        location_id: Some(LocationId::new(path_uuid(ResourceKind::Location, location_id)?)),
    })
}

async fn list(State(call_features): State<CallFeatures>, caller: Caller, pairs: Pairs) -> Answer {
    may_read(&caller, &pairs)?;
    let max = pairs.page_size(MOST)?;
    let start = pairs.start()?;
    let query = AttendantQuery {
        location_id: pairs.location("locationId")?,
        name: pairs.text("name").map(ToOwned::to_owned),
        phone_number: pairs.text("phoneNumber").map(ToOwned::to_owned),
        text: None,
        start,
        max,
    };
    let found = call_features.list_attendants(&caller, &query, false).await?;
    let ids = found.entries.iter().map(|entry| entry.location_id);
    let names = call_features.place_names(caller.organization_id, ids).await?;
    let mut held = found.held;
    let auto_attendants = found
        .entries
        .into_iter()
        .map(|entry| {
            let location_name = names.get(&entry.location_id).cloned().unwrap_or_default();
            let held = held.remove(&entry.id.uuid());
            ListedAttendant::new(entry, held, location_name)
        })
        .collect();
    let link = next_page(
        &call_features,
        &pairs,
        LIST,
        max,
        found.more.then_some(start + max),
    );
    Ok((link, object(&ListedAttendants { auto_attendants })?).into_response())
}

async fn create(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path(location_id): Path<String>,
    pairs: Pairs,
    body: Result<Json<AttendantBody>, ApiError>,
) -> Answer {
    may_write(&caller, &pairs)?;
    let location_id = LocationId::new(path_uuid(ResourceKind::Location, &location_id)?);
    // A location that is not there is said before anything about the body.
    call_features
        .calling_place(
            call_features.database().into(),
            caller.organization_id,
            location_id,
        )
        .await?;
    let draft = body?.0.into_draft()?;
    let id = call_features
        .create_attendant(&caller, location_id, draft)
        .await?;
    made(&attendant_id(id))
}

async fn show(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let (attendant, held) = call_features
        .show_attendant(&caller, key(&location_id, &id)?)
        .await?;
    object(&AttendantDetail::new(attendant, held))
}

async fn update(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, id)): Path<(String, String)>,
    pairs: Pairs,
    body: Result<Json<AttendantBody>, ApiError>,
) -> Answer {
    may_write(&caller, &pairs)?;
    let key = key(&location_id, &id)?;
    call_features.require_attendant(&caller, key).await?;
    let draft = body?.0.into_draft()?;
    call_features.update_attendant(&caller, key, draft).await?;
    done()
}

async fn delete(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    call_features
        .delete_attendant(&caller, key(&location_id, &id)?)
        .await?;
    done()
}

async fn announcements(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let files = call_features
        .attendant_announcements(&caller, key(&location_id, &id)?)
        .await?;
    let announcements = files.iter().map(FileWire::of).collect();
    object(&Announcements { announcements })
}

async fn delete_announcement(
    State(call_features): State<CallFeatures>,
    caller: Caller,
    Path((location_id, id, file_name)): Path<(String, String, String)>,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    call_features
        .delete_attendant_announcement(&caller, key(&location_id, &id)?, &file_name)
        .await?;
    done()
}
