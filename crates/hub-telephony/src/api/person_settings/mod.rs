//! A person's call settings.

mod monitoring;
mod numbers;
mod wire;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use hub_directory::public_api::{Answer, Pairs, done, object, path_uuid, require_own};
use hub_directory::{Caller, PersonId};
use kit::{Result, Uuid};
use kit_web::{ApiError, Json};
use serde::Deserialize;
use serde_json::{Value, json};
use webex::ResourceKind;

use crate::Telephony;
use crate::model::person_settings::rights::{
    ENDPOINT_READ, ENDPOINT_WRITE, ME_READ, ME_WRITE, READ, Rights, WRITE,
};
use crate::model::person_settings::{CallForwarding, CallWaiting, DoNotDisturb, Setting, Voicemail};

/// What was sent; looked into once the right to change something is known.
type Sent<T> = std::result::Result<Json<T>, ApiError>;

pub(super) fn router() -> Router<Telephony> {
    Router::new()
        .route(
            "/v1/people/{person_id}/features/callForwarding",
            get(show::<CallForwarding>).put(change::<CallForwarding>),
        )
        .route(
            "/v1/people/{person_id}/features/voicemail",
            get(show::<Voicemail>).put(change::<Voicemail>),
        )
        .route(
            "/v1/people/{person_id}/features/doNotDisturb",
            get(show::<DoNotDisturb>).put(change::<DoNotDisturb>),
        )
        .route(
            "/v1/people/{person_id}/features/callWaiting",
            get(show::<CallWaiting>).put(change::<CallWaiting>),
        )
        .route(
            "/v1/people/{person_id}/features/callerId",
            get(show_caller_id).put(change_caller_id),
        )
        .route("/v1/people/{person_id}/features/numbers", get(numbers::show))
        .route(
            "/v1/people/{person_id}/features/monitoring",
            get(monitoring::show).put(monitoring::change),
        )
        .route(
            "/v1/telephony/config/people/{person_id}/numbers",
            axum::routing::put(numbers::change),
        )
        .route(
            "/v1/telephony/config/people/{person_id}/monitoring/availableMembers",
            get(monitoring::members),
        )
        .route(
            "/v1/telephony/config/people/{person_id}/monitoring/speedDials/availableMembers",
            get(monitoring::speed_dials),
        )
        .route(
            "/v1/telephony/config/people/{person_id}/preferredAnswerEndpoint",
            get(show_endpoints).put(choose_endpoint),
        )
        .route(
            "/v1/telephony/config/people/me/settings/callForwarding",
            get(show_own::<CallForwarding>).put(change_own::<CallForwarding>),
        )
        .route(
            "/v1/telephony/config/people/me/settings/doNotDisturb",
            get(show_own::<DoNotDisturb>).put(change_own::<DoNotDisturb>),
        )
        .route(
            "/v1/telephony/config/people/me/settings/callWaiting",
            get(show_own::<CallWaiting>).put(change_own::<CallWaiting>),
        )
}

/// Whose settings the address names. Whoever has no right to them learns that and nothing else.
fn person(caller: &Caller, rights: Rights, text: &str) -> Result<PersonId> {
    let id = path_uuid(ResourceKind::People, text);
    let named = id.as_ref().map_or_else(|_| Uuid::nil(), |id| *id);
    rights.require(caller, PersonId::new(named))?;
    id.map(PersonId::new)
}

async fn show<S: Setting>(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let id = person(&caller, S::READ, &id)?;
    require_own(&caller, pairs.organization()?)?;
    object(&telephony.show_setting::<S>(&caller, id, S::READ).await?)
}

async fn change<S: Setting>(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    sent: Sent<Value>,
) -> Answer {
    let id = person(&caller, S::WRITE, &id)?;
    require_own(&caller, pairs.organization()?)?;
    let Json(body) = sent?;
    telephony.change_setting::<S>(&caller, id, S::WRITE, body).await?;
    done()
}

async fn show_own<S: Setting>(State(telephony): State<Telephony>, caller: Caller) -> Answer {
    let id = caller.person_id;
    object(&telephony.show_setting::<S>(&caller, id, ME_READ).await?)
}

async fn change_own<S: Setting>(
    State(telephony): State<Telephony>,
    caller: Caller,
    sent: Sent<Value>,
) -> Answer {
    let id = caller.person_id;
    ME_WRITE.require(&caller, id)?;
    let Json(body) = sent?;
    telephony.change_setting::<S>(&caller, id, ME_WRITE, body).await?;
    done()
}

async fn show_caller_id(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let id = person(&caller, READ, &id)?;
    require_own(&caller, pairs.organization()?)?;
    object(&wire::caller_id(telephony.show_caller_id(&caller, id).await?))
}

async fn change_caller_id(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    sent: Sent<Value>,
) -> Answer {
    let id = person(&caller, WRITE, &id)?;
    require_own(&caller, pairs.organization()?)?;
    let Json(body) = sent?;
    telephony.change_caller_id(&caller, id, body).await?;
    done()
}

async fn show_endpoints(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let id = person(&caller, ENDPOINT_READ, &id)?;
    require_own(&caller, pairs.organization()?)?;
    telephony.show_endpoints(&caller, id).await?;
    object(&json!({ "endpoints": [] }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EndpointBody {
    preferred_answer_endpoint_id: Option<String>,
}

async fn choose_endpoint(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    sent: Sent<EndpointBody>,
) -> Answer {
    let id = person(&caller, ENDPOINT_WRITE, &id)?;
    require_own(&caller, pairs.organization()?)?;
    let Json(EndpointBody {
        preferred_answer_endpoint_id,
    }) = sent?;
    telephony
        .choose_endpoint(&caller, id, preferred_answer_endpoint_id.as_deref())
        .await?;
    done()
}
