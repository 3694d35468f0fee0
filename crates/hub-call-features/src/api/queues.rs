//! Call queues, plain and of Customer Assist.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use http::Method;
use hub_directory::Caller;
use hub_directory::public_api::{
    Answer, NOT_FOUND, Pairs, TELEPHONY_READ, TELEPHONY_WRITE, done, made, object, path_uuid,
};
use kit::Error;
use kit_web::RouteSpec;
use serde_json::json;
use webex::ResourceKind;

use super::access::{Body, MOST, location, may_read, may_write, owned};
use super::group_wire::{GroupDetail, Queues, group_id};
use super::wire::next_page;
use crate::CallFeatures;
use crate::model::group::GroupKind;
use crate::use_cases::GroupQuery;

const LIST: &str = "/v1/telephony/config/queues";
const SETTINGS: &str = "/v1/telephony/config/queues/settings";
const AT_LOCATION: &str = "/v1/telephony/config/locations/{location_id}/queues";
const ONE: &str = "/v1/telephony/config/locations/{location_id}/queues/{queue_id}";
const ANNOUNCEMENTS: &str = "/v1/telephony/config/locations/{location_id}/queues/{queue_id}/announcements";
const ANNOUNCEMENT: &str =
    "/v1/telephony/config/locations/{location_id}/queues/{queue_id}/announcements/{file_name}";

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(&Method::GET, LIST, TELEPHONY_READ, "List or find call queues"),
    RouteSpec::api(
        &Method::GET,
        SETTINGS,
        TELEPHONY_READ,
        "What holds for all call queues",
    ),
    RouteSpec::api(
        &Method::PUT,
        SETTINGS,
        TELEPHONY_WRITE,
        "Change what holds for all call queues",
    ),
    RouteSpec::api(&Method::POST, AT_LOCATION, TELEPHONY_WRITE, "Create a call queue"),
    RouteSpec::api(&Method::GET, ONE, TELEPHONY_READ, "One call queue"),
    RouteSpec::api(&Method::PUT, ONE, TELEPHONY_WRITE, "Change a call queue"),
    RouteSpec::api(&Method::DELETE, ONE, TELEPHONY_WRITE, "Delete a call queue"),
    RouteSpec::api(
        &Method::GET,
        ANNOUNCEMENTS,
        TELEPHONY_READ,
        "The announcement files of a call queue: there are none",
    ),
    RouteSpec::api(
        &Method::DELETE,
        ANNOUNCEMENT,
        TELEPHONY_WRITE,
        "Delete an announcement file of a call queue",
    ),
];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(LIST, get(list))
        .route(SETTINGS, get(defaults).put(change_defaults))
        .route(AT_LOCATION, post(create))
        .route(ONE, get(show).put(update).delete(delete))
        .route(ANNOUNCEMENTS, get(announcements))
        .route(ANNOUNCEMENT, axum::routing::delete(delete_announcement))
}

/// Which of the two kinds of queues a request is about; the plain ones unless it says otherwise.
pub(super) fn kind(pairs: &Pairs) -> GroupKind {
    GroupKind::queue(pairs.flag("hasCxEssentials"))
}

const fn only(kind: GroupKind) -> &'static [GroupKind] {
    match kind {
        GroupKind::CustomerAssist => &[GroupKind::CustomerAssist],
        GroupKind::HuntGroup | GroupKind::CallQueue => &[GroupKind::CallQueue],
    }
}

async fn list(State(features): State<CallFeatures>, caller: Caller, pairs: Pairs) -> Answer {
    may_read(&caller, &pairs)?;
    let query = GroupQuery {
        kinds: only(kind(&pairs)),
        location_id: pairs.location("locationId")?,
        name: owned(&pairs, "name"),
        dialled: owned(&pairs, "phoneNumber"),
        start: pairs.start()?,
        max: pairs.page_size(MOST)?,
    };
    // No queue here belongs to a department or has a digital inbox.
    let impossible = ["departmentId", "departmentName"]
        .iter()
        .any(|key| pairs.text(key).is_some())
        || pairs.flag("digitalInboxEnabled");
    let (lines, more) = if impossible {
        (Vec::new(), false)
    } else {
        features.list_groups(&caller, &query).await?
    };
    let next = more.then(|| query.start + query.max);
    let link = next_page(&features, &pairs, LIST, query.max, next);
    let queues = lines.into_iter().map(Into::into).collect();
    Ok((link, object(&Queues { queues })?).into_response())
}

async fn create(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path(at): Path<String>,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    let kind = kind(&pairs);
    let id = features
        .create_group(&caller, location(&at)?, kind, &body?.0)
        .await?;
    made(&group_id(kind, id))
}

async fn show(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path((at, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let id = path_uuid(ResourceKind::CallQueue, &id)?;
    // As on the platform, a Customer Assist queue is there for those alone who say that they mean one.
    let view = features
        .show_group(&caller, Some(location(&at)?), only(kind(&pairs)), id)
        .await?;
    object(&GroupDetail::from(view))
}

async fn update(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path((at, id)): Path<(String, String)>,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    let id = path_uuid(ResourceKind::CallQueue, &id)?;
    features
        .change_group(&caller, Some(location(&at)?), GroupKind::QUEUES, id, &body?.0)
        .await?;
    done()
}

async fn delete(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path((at, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    let id = path_uuid(ResourceKind::CallQueue, &id)?;
    features
        .delete_group(&caller, Some(location(&at)?), GroupKind::QUEUES, id)
        .await?;
    done()
}

async fn announcements(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path((at, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let id = path_uuid(ResourceKind::CallQueue, &id)?;
    features
        .show_group(&caller, Some(location(&at)?), GroupKind::QUEUES, id)
        .await?;
    object(&json!({ "announcements": [] }))
}

async fn delete_announcement(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path((at, id, _file)): Path<(String, String, String)>,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    let id = path_uuid(ResourceKind::CallQueue, &id)?;
    features
        .show_group(&caller, Some(location(&at)?), GroupKind::QUEUES, id)
        .await?;
    Err(Error::not_found(NOT_FOUND).into())
}

async fn defaults(State(features): State<CallFeatures>, caller: Caller, pairs: Pairs) -> Answer {
    may_read(&caller, &pairs)?;
    object(&features.show_queue_defaults(&caller).await?)
}

async fn change_defaults(
    State(features): State<CallFeatures>,
    caller: Caller,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    features.change_queue_defaults(&caller, &body?.0).await?;
    done()
}
