//! Hunt groups.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use http::Method;
use hub_directory::Caller;
use hub_directory::public_api::{
    Answer, Pairs, TELEPHONY_READ, TELEPHONY_WRITE, done, made, object, path_uuid,
};
use kit_web::RouteSpec;
use webex::ResourceKind;

use super::access::{Body, MOST, location, may_read, may_write, owned};
use super::group_wire::{GroupDetail, HuntGroups, group_id};
use super::wire::next_page;
use crate::CallFeatures;
use crate::model::group::GroupKind;
use crate::use_cases::GroupQuery;

const LIST: &str = "/v1/telephony/config/huntGroups";
const AT_LOCATION: &str = "/v1/telephony/config/locations/{location_id}/huntGroups";
const ONE: &str = "/v1/telephony/config/locations/{location_id}/huntGroups/{hunt_group_id}";
const KINDS: &[GroupKind] = &[GroupKind::HuntGroup];

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(&Method::GET, LIST, TELEPHONY_READ, "List or find hunt groups"),
    RouteSpec::api(&Method::POST, AT_LOCATION, TELEPHONY_WRITE, "Create a hunt group"),
    RouteSpec::api(&Method::GET, ONE, TELEPHONY_READ, "One hunt group"),
    RouteSpec::api(&Method::PUT, ONE, TELEPHONY_WRITE, "Change a hunt group"),
    RouteSpec::api(&Method::DELETE, ONE, TELEPHONY_WRITE, "Delete a hunt group"),
];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(LIST, get(list))
        .route(AT_LOCATION, post(create))
        .route(ONE, get(show).put(update).delete(delete))
}

async fn list(State(features): State<CallFeatures>, caller: Caller, pairs: Pairs) -> Answer {
    may_read(&caller, &pairs)?;
    let query = GroupQuery {
        kinds: KINDS,
        location_id: pairs.location("locationId")?,
        name: owned(&pairs, "name"),
        dialled: owned(&pairs, "phoneNumber"),
        start: pairs.start()?,
        max: pairs.page_size(MOST)?,
    };
    let (lines, more) = features.list_groups(&caller, &query).await?;
    let next = more.then(|| query.start + query.max);
    let link = next_page(&features, &pairs, LIST, query.max, next);
    let hunt_groups = lines.into_iter().map(Into::into).collect();
    Ok((link, object(&HuntGroups { hunt_groups })?).into_response())
}

async fn create(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path(at): Path<String>,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    let id = features
        .create_group(&caller, location(&at)?, GroupKind::HuntGroup, &body?.0)
        .await?;
    made(&group_id(GroupKind::HuntGroup, id))
}

async fn show(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path((at, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let id = path_uuid(ResourceKind::HuntGroup, &id)?;
    let view = features
        .show_group(&caller, Some(location(&at)?), KINDS, id)
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
    let id = path_uuid(ResourceKind::HuntGroup, &id)?;
    features
        .change_group(&caller, Some(location(&at)?), KINDS, id, &body?.0)
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
    let id = path_uuid(ResourceKind::HuntGroup, &id)?;
    features
        .delete_group(&caller, Some(location(&at)?), KINDS, id)
        .await?;
    done()
}
