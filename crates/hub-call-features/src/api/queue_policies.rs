//! What a queue does on holidays, at night, when it is closed by hand, and when nobody is left to answer.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use http::Method;
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, TELEPHONY_READ, TELEPHONY_WRITE, done, object, path_uuid};
use kit::Result;
use kit_web::RouteSpec;
use serde::Serialize;
use serde_json::{Value, json};
use webex::ResourceKind;

use super::access::{Body, location, may_read, may_write};
use crate::CallFeatures;
use crate::model::fields::Fields;
use crate::model::queue_policies::{
    ForcedForward, HolidayService, NightService, QueuePolicies, StrandedCalls,
};
use crate::model::schedule::ScheduleKind;

const HOLIDAY: &str = "/v1/telephony/config/locations/{location_id}/queues/{queue_id}/holidayService";
const NIGHT: &str = "/v1/telephony/config/locations/{location_id}/queues/{queue_id}/nightService";
const FORCED: &str = "/v1/telephony/config/locations/{location_id}/queues/{queue_id}/forcedForward";
const STRANDED: &str = "/v1/telephony/config/locations/{location_id}/queues/{queue_id}/strandedCalls";

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(
        &Method::GET,
        HOLIDAY,
        TELEPHONY_READ,
        "A call queue's holiday service",
    ),
    RouteSpec::api(
        &Method::PUT,
        HOLIDAY,
        TELEPHONY_WRITE,
        "Change a call queue's holiday service",
    ),
    RouteSpec::api(
        &Method::GET,
        NIGHT,
        TELEPHONY_READ,
        "A call queue's night service",
    ),
    RouteSpec::api(
        &Method::PUT,
        NIGHT,
        TELEPHONY_WRITE,
        "Change a call queue's night service",
    ),
    RouteSpec::api(
        &Method::GET,
        FORCED,
        TELEPHONY_READ,
        "A call queue's forced forwarding",
    ),
    RouteSpec::api(
        &Method::PUT,
        FORCED,
        TELEPHONY_WRITE,
        "Change a call queue's forced forwarding",
    ),
    RouteSpec::api(
        &Method::GET,
        STRANDED,
        TELEPHONY_READ,
        "What happens to calls that nobody is left to answer",
    ),
    RouteSpec::api(
        &Method::PUT,
        STRANDED,
        TELEPHONY_WRITE,
        "Change what happens to calls that nobody is left to answer",
    ),
];

type At = Path<(String, String)>;
type Features = State<CallFeatures>;

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(HOLIDAY, get(holiday).put(change_holiday))
        .route(NIGHT, get(night).put(change_night))
        .route(FORCED, get(forced).put(change_forced))
        .route(STRANDED, get(stranded).put(change_stranded))
}

async fn policies(
    features: &CallFeatures,
    caller: &Caller,
    at: At,
    pairs: &Pairs,
    kind: ScheduleKind,
) -> Result<(QueuePolicies, Vec<String>)> {
    may_read(caller, pairs)?;
    let Path((at, id)) = at;
    let id = path_uuid(ResourceKind::CallQueue, &id)?;
    features
        .show_queue_policies(caller, location(&at)?, id, kind)
        .await
}

async fn change(
    features: &CallFeatures,
    caller: &Caller,
    at: At,
    pairs: &Pairs,
    body: Body,
    by: fn(&mut QueuePolicies, &Fields<'_>) -> Result<()>,
) -> Answer {
    may_write(caller, pairs)?;
    let Path((at, id)) = at;
    let id = path_uuid(ResourceKind::CallQueue, &id)?;
    features
        .change_queue_policies(caller, location(&at)?, id, &body?.0, by)
        .await?;
    done()
}

async fn holiday(State(features): Features, caller: Caller, at: At, pairs: Pairs) -> Answer {
    let (policies, schedules) = policies(&features, &caller, at, &pairs, ScheduleKind::Holidays).await?;
    object(&HolidayWire {
        service: policies.holiday,
        audio_message_selection: "DEFAULT",
        audio_files: [],
        holiday_schedules: schedules.into_iter().map(at_location).collect(),
    })
}

async fn night(State(features): Features, caller: Caller, at: At, pairs: Pairs) -> Answer {
    let (policies, schedules) = policies(&features, &caller, at, &pairs, ScheduleKind::BusinessHours).await?;
    object(&NightWire {
        service: policies.night,
        audio_message_selection: "DEFAULT",
        audio_files: [],
        manual_audio_message_selection: "DEFAULT",
        manual_audio_files: [],
        business_hour_schedules: schedules.into_iter().map(at_location).collect(),
    })
}

async fn forced(State(features): Features, caller: Caller, at: At, pairs: Pairs) -> Answer {
    let (policies, _) = policies(&features, &caller, at, &pairs, ScheduleKind::Holidays).await?;
    object(&ForcedWire {
        service: policies.forced,
        audio_message_selection: "DEFAULT",
        audio_files: [],
    })
}

async fn stranded(State(features): Features, caller: Caller, at: At, pairs: Pairs) -> Answer {
    let (policies, _) = policies(&features, &caller, at, &pairs, ScheduleKind::Holidays).await?;
    object(&StrandedWire {
        service: policies.stranded,
        audio_message_selection: "DEFAULT",
        audio_files: [],
    })
}

async fn change_holiday(
    State(features): Features,
    caller: Caller,
    at: At,
    pairs: Pairs,
    body: Body,
) -> Answer {
    change(&features, &caller, at, &pairs, body, |policies, body| {
        policies.holiday.apply(body)
    })
    .await
}

async fn change_night(State(features): Features, caller: Caller, at: At, pairs: Pairs, body: Body) -> Answer {
    change(&features, &caller, at, &pairs, body, |policies, body| {
        policies.night.apply(body)
    })
    .await
}

async fn change_forced(
    State(features): Features,
    caller: Caller,
    at: At,
    pairs: Pairs,
    body: Body,
) -> Answer {
    change(&features, &caller, at, &pairs, body, |policies, body| {
        policies.forced.apply(body)
    })
    .await
}

async fn change_stranded(
    State(features): Features,
    caller: Caller,
    at: At,
    pairs: Pairs,
    body: Body,
) -> Answer {
    change(&features, &caller, at, &pairs, body, |policies, body| {
        policies.stranded.apply(body)
    })
    .await
}

/// A schedule that can be chosen. All schedules here belong to a location.
fn at_location(name: String) -> Value {
    json!({ "scheduleName": name, "scheduleLevel": "LOCATION" })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HolidayWire {
    #[serde(flatten)]
    service: HolidayService,
    audio_message_selection: &'static str,
    audio_files: [Value; 0],
    holiday_schedules: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NightWire {
    #[serde(flatten)]
    service: NightService,
    audio_message_selection: &'static str,
    audio_files: [Value; 0],
    manual_audio_message_selection: &'static str,
    manual_audio_files: [Value; 0],
    business_hour_schedules: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ForcedWire {
    #[serde(flatten)]
    service: ForcedForward,
    audio_message_selection: &'static str,
    audio_files: [Value; 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StrandedWire {
    #[serde(flatten)]
    service: StrandedCalls,
    audio_message_selection: &'static str,
    audio_files: [Value; 0],
}
