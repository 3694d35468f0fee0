//! The agents of all queues together.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::{get, put};
use http::Method;
use hub_directory::Caller;
use hub_directory::public_api::{Answer, NOT_FOUND, Pairs, TELEPHONY_READ, TELEPHONY_WRITE, done, object};
use hub_numbers::Holder;
use kit::{Error, Result, Uuid};
use kit_web::RouteSpec;
use serde::Serialize;
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind};

use super::access::{Body, MOST, may_read, may_write, maybe, owned};
use super::group_wire::{HeldWire, group_id, location_id, names};
use super::queues::kind;
use super::wire::next_page;
use crate::CallFeatures;
use crate::use_cases::{AgentLine, AgentQuery, AvailableQuery, QueueOfAgent};

const LIST: &str = "/v1/telephony/config/queues/agents";
const AVAILABLE: &str = "/v1/telephony/config/queues/agents/availableAgents";
const ONE: &str = "/v1/telephony/config/queues/agents/{agent_id}";
const SETTINGS: &str = "/v1/telephony/config/queues/agents/{agent_id}/settings";

pub(super) const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(
        &Method::GET,
        LIST,
        TELEPHONY_READ,
        "List or find the agents of call queues",
    ),
    RouteSpec::api(
        &Method::GET,
        AVAILABLE,
        TELEPHONY_READ,
        "Who can be an agent of a location's call queues",
    ),
    RouteSpec::api(
        &Method::GET,
        ONE,
        TELEPHONY_READ,
        "One agent and their call queues",
    ),
    RouteSpec::api(
        &Method::PUT,
        SETTINGS,
        TELEPHONY_WRITE,
        "Let an agent join and leave call queues",
    ),
];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .route(LIST, get(list))
        .route(AVAILABLE, get(available))
        .route(ONE, get(show))
        .route(SETTINGS, put(update))
}

/// An agent's id is that of a person, a workspace or a virtual line.
fn agent_id(text: &str) -> Result<Uuid> {
    [
        ResourceKind::People,
        ResourceKind::Place,
        ResourceKind::VirtualLine,
    ]
    .into_iter()
    .find_map(|kind| PublicId::parse_uuid(kind, text).ok())
    .ok_or_else(|| Error::not_found(NOT_FOUND))
}

fn descending(pairs: &Pairs) -> bool {
    pairs
        .text("order")
        .is_some_and(|order| order.to_ascii_lowercase().ends_with("desc"))
}

async fn list(State(features): State<CallFeatures>, caller: Caller, pairs: Pairs) -> Answer {
    may_read(&caller, &pairs)?;
    let query = AgentQuery {
        kind: kind(&pairs),
        location_id: pairs.location("locationId")?,
        queue_id: pairs
            .text("queueId")
            .map(|id| PublicId::parse_uuid(ResourceKind::CallQueue, id))
            .transpose()?,
        name: owned(&pairs, "name"),
        dialled: owned(&pairs, "phoneNumber"),
        joined: maybe(&pairs, "joinEnabled"),
        descending: pairs.text("order").map(|_| descending(&pairs)),
        start: pairs.start()?,
        max: pairs.page_size(MOST)?,
    };
    let (lines, more) = features.list_queue_agents(&caller, &query).await?;
    let next = more.then(|| query.start + query.max);
    let link = next_page(&features, &pairs, LIST, query.max, next);
    let agents: Vec<AgentEntry> = lines.into_iter().map(Into::into).collect();
    Ok((link, object(&json!({ "agents": agents }))?).into_response())
}

async fn show(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let (id, position, max) = (agent_id(&id)?, pairs.start()?, pairs.page_size(MOST)?);
    let (found, more) = features
        .show_queue_agent(&caller, kind(&pairs), id, position, max)
        .await?;
    let next = more.then(|| position + max);
    let path = ONE.replace(
        "{agent_id}",
        &found.line.holder.owner.kind.public_id(id).to_string(),
    );
    let link = next_page(&features, &pairs, &path, max, next);
    let queues: Vec<QueueEntry> = found.queues.into_iter().map(Into::into).collect();
    let agent = AgentEntry::from(found.line);
    Ok((link, object(&json!({ "agent": agent, "queues": queues }))?).into_response())
}

async fn update(
    State(features): State<CallFeatures>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    features
        .change_queue_agent(&caller, kind(&pairs), agent_id(&id)?, &body?.0)
        .await?;
    done()
}

async fn available(State(features): State<CallFeatures>, caller: Caller, pairs: Pairs) -> Answer {
    may_read(&caller, &pairs)?;
    let location_id = pairs.location("locationId")?.ok_or_else(|| {
        Error::invalid(
            "locationId is missing: the location whose people, workspaces and virtual lines are wanted.",
        )
    })?;
    let query = AvailableQuery {
        location_id,
        name: owned(&pairs, "name"),
        dialled: owned(&pairs, "phoneNumber"),
        descending: descending(&pairs),
        start: pairs.start()?,
        max: pairs.page_size(MOST)?,
    };
    let (holders, more) = features.list_available_agents(&caller, &query).await?;
    let next = more.then(|| query.start + query.max);
    let link = next_page(&features, &pairs, AVAILABLE, query.max, next);
    let agents: Vec<Value> = holders.into_iter().map(available_agent).collect();
    Ok((link, object(&json!({ "agents": agents }))?).into_response())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AgentEntry {
    id: PublicId,
    first_name: String,
    last_name: String,
    #[serde(flatten)]
    held: HeldWire,
    queue_count: usize,
    location_count: usize,
    join_count: usize,
    unjoin_count: usize,
    location: Value,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl From<AgentLine> for AgentEntry {
    fn from(line: AgentLine) -> Self {
        let AgentLine {
            holder,
            location_name,
            queues,
            locations,
            joined,
        } = line;
        let (first_name, last_name) = names(&holder);
        Self {
            id: holder.owner.kind.public_id(holder.owner.id),
            first_name,
            last_name,
            queue_count: queues,
            location_count: locations,
            join_count: joined,
            unjoin_count: queues.saturating_sub(joined),
            location: json!({ "id": location_id(holder.held.location_id), "name": location_name }),
            kind: holder.owner.kind.word(),
            held: Some(holder.held).into(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QueueEntry {
    id: PublicId,
    name: String,
    #[serde(flatten)]
    held: HeldWire,
    location_id: PublicId,
    location_name: String,
    join_enabled: bool,
}

impl From<QueueOfAgent> for QueueEntry {
    fn from(queue: QueueOfAgent) -> Self {
        let QueueOfAgent {
            group,
            held,
            location_name,
            joined,
        } = queue;
        Self {
            id: group_id(group.kind, group.id),
            name: group.name,
            held: held.into(),
            location_id: location_id(group.location_id),
            location_name,
            join_enabled: joined,
        }
    }
}

fn available_agent(holder: Holder) -> Value {
    let (first_name, last_name) = names(&holder);
    let mut number = json!({ "primary": true });
    let held = holder.held;
    for (key, value) in [
        ("external", held.number),
        ("extension", held.extension),
        ("routingPrefix", held.routing_prefix),
        ("esn", held.esn),
    ] {
        if let Some(value) = value {
            number[key] = value.into();
        }
    }
    json!({
        "id": holder.owner.kind.public_id(holder.owner.id),
        "firstName": first_name,
        "lastName": last_name,
        "displayName": holder.owner.display_name,
        "type": holder.owner.kind.word(),
        "phoneNumbers": [number],
    })
}
