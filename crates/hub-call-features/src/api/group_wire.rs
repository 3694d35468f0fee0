//! Hunt groups and queues as answers show them.

use std::collections::BTreeMap;

use hub_directory::LocationId;
use hub_numbers::{Held, OwnerKind};
use kit::Uuid;
use serde::Serialize;
use webex::{PublicId, ResourceKind};

use super::queue_wire::QueuePart;
use crate::model::agent::{Agent, USUAL_SKILL};
use crate::model::group::{Group, GroupKind, Routing};
use crate::model::hunt_group::HuntGroupPolicies;
use crate::model::profile::language_name;
use crate::model::words::{CallerIdSelection, RingPattern};
use crate::use_cases::{AgentView, GroupLine, GroupView};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HuntGroups {
    pub(super) hunt_groups: Vec<GroupEntry>,
}

#[derive(Serialize)]
pub(super) struct Queues {
    pub(super) queues: Vec<GroupEntry>,
}

/// What somebody holds, as it stands in every object that can be called.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HeldWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
}

impl From<Option<Held>> for HeldWire {
    fn from(held: Option<Held>) -> Self {
        held.map_or_else(Self::default, |held| {
            let Held {
                number,
                extension,
                routing_prefix,
                esn,
                alternates: _,
                location_id: _,
                kind: _,
                toll_free: _,
            } = held;
            Self {
                phone_number: number,
                extension,
                routing_prefix,
                esn,
            }
        })
    }
}

/// A line of a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupEntry {
    id: PublicId,
    name: String,
    location_name: String,
    location_id: PublicId,
    #[serde(flatten)]
    held: HeldWire,
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_cx_essentials: Option<bool>,
}

impl From<GroupLine> for GroupEntry {
    fn from(line: GroupLine) -> Self {
        let GroupLine {
            group,
            held,
            location_name,
        } = line;
        Self {
            id: group_id(group.kind, group.id),
            name: group.name,
            location_name,
            location_id: location_id(group.location_id),
            held: held.into(),
            enabled: group.enabled,
            has_cx_essentials: customer_assist(group.kind),
        }
    }
}

/// One group with everything.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupDetail {
    id: PublicId,
    name: String,
    enabled: bool,
    #[serde(flatten)]
    held: HeldWire,
    toll_free_number: bool,
    language: &'static str,
    language_code: String,
    first_name: String,
    last_name: String,
    time_zone: String,
    direct_line_caller_id_name: CallerIdName,
    #[serde(skip_serializing_if = "Option::is_none")]
    dial_by_name: Option<String>,
    #[serde(flatten)]
    routing: RoutingWire,
    agents: Vec<AgentWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_cx_essentials: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CallerIdName {
    selection: CallerIdSelection,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_name: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum RoutingWire {
    HuntGroup(HuntGroupPart),
    Queue(Box<QueuePart>),
}

/// What only hunt groups have.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HuntGroupPart {
    call_policies: HuntGroupPolicies,
    hunt_group_caller_id_for_outgoing_calls_enabled: bool,
    alternate_numbers: Vec<AlternateNumber>,
    alternate_number_settings: DistinctiveRing,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DistinctiveRing {
    distinctive_ring_enabled: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AlternateNumber {
    phone_number: String,
    ring_pattern: RingPattern,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AgentWire {
    id: PublicId,
    first_name: String,
    last_name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    held: HeldWire,
    weight: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_level: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    join_enabled: Option<bool>,
}

impl From<GroupView> for GroupDetail {
    fn from(view: GroupView) -> Self {
        let GroupView {
            group,
            location,
            held,
            agents,
        } = view;
        let Group {
            id,
            organization_id: _,
            location_id: _,
            kind,
            name,
            enabled,
            settings,
        } = group;
        let by_skills = settings.by_skills();
        let profile = settings.profile;
        let alternates = alternates(held.as_ref(), &profile.ring_patterns);
        let language_code = profile
            .language_code
            .or(location.announcement_language)
            .unwrap_or_else(|| "en_us".to_owned());
        let number = held.as_ref().and_then(|held| held.number.clone());
        let routing = routing(settings.routing, profile.distinctive_ring_enabled, alternates);
        let is_queue = kind != GroupKind::HuntGroup;
        Self {
            id: group_id(kind, id),
            enabled,
            toll_free_number: held.as_ref().is_some_and(|held| held.toll_free),
            held: held.into(),
            language: language_name(&language_code),
            language_code,
            first_name: profile.first_name.unwrap_or_else(|| ".".to_owned()),
            last_name: profile.last_name.or(number).unwrap_or_else(|| name.clone()),
            time_zone: profile.time_zone.unwrap_or(location.time_zone),
            direct_line_caller_id_name: CallerIdName {
                selection: profile.caller_id_selection,
                custom_name: profile.caller_id_custom_name,
            },
            dial_by_name: profile.dial_by_name,
            routing,
            agents: agents
                .into_iter()
                .map(|agent| agent_wire(agent, is_queue, by_skills))
                .collect(),
            has_cx_essentials: customer_assist(kind),
            name,
        }
    }
}

fn routing(
    routing: Routing,
    distinctive_ring_enabled: bool,
    alternates: Vec<AlternateNumber>,
) -> RoutingWire {
    match routing {
        Routing::HuntGroup(hunt) => RoutingWire::HuntGroup(HuntGroupPart {
            call_policies: hunt.call_policies,
            hunt_group_caller_id_for_outgoing_calls_enabled: hunt
                .hunt_group_caller_id_for_outgoing_calls_enabled,
            alternate_numbers: alternates,
            alternate_number_settings: DistinctiveRing {
                distinctive_ring_enabled,
            },
        }),
        Routing::Queue(queue) => RoutingWire::Queue(Box::new(QueuePart::new(
            *queue,
            distinctive_ring_enabled,
            alternates,
        ))),
    }
}

fn alternates(held: Option<&Held>, patterns: &BTreeMap<String, RingPattern>) -> Vec<AlternateNumber> {
    let numbers = held.map(|held| held.alternates.as_slice()).unwrap_or_default();
    numbers
        .iter()
        .map(|number| AlternateNumber {
            phone_number: number.clone(),
            ring_pattern: patterns.get(number).copied().unwrap_or(RingPattern::Normal),
        })
        .collect()
}

fn agent_wire(view: AgentView, is_queue: bool, by_skills: bool) -> AgentWire {
    let AgentView { agent, holder } = view;
    let Agent {
        kind,
        id,
        weight,
        skill_level,
        joined,
    } = agent;
    let (first_name, last_name) = names(&holder);
    AgentWire {
        id: kind.public_id(id),
        first_name,
        last_name,
        kind: kind.word(),
        held: Some(holder.held).into(),
        weight: weight.to_string(),
        skill_level: by_skills.then(|| skill_level.unwrap_or(USUAL_SKILL)),
        join_enabled: is_queue.then_some(joined),
    }
}

/// First and last name; what has only one name stands before a dot, as on the platform.
pub(super) fn names(holder: &hub_numbers::Holder) -> (String, String) {
    let owner = &holder.owner;
    match (&owner.first_name, &owner.last_name) {
        (None, None) => (owner.display_name.clone(), ".".to_owned()),
        (first, last) => (
            first.clone().unwrap_or_else(|| ".".to_owned()),
            last.clone().unwrap_or_else(|| ".".to_owned()),
        ),
    }
}

/// Whether a queue is one of Customer Assist; of a hunt group nobody asks.
pub(super) fn customer_assist(kind: GroupKind) -> Option<bool> {
    match kind {
        GroupKind::HuntGroup => None,
        GroupKind::CallQueue => Some(false),
        GroupKind::CustomerAssist => Some(true),
    }
}

pub(super) fn group_id(kind: GroupKind, id: Uuid) -> PublicId {
    match kind.owner() {
        OwnerKind::HuntGroup => PublicId::of_uuid(ResourceKind::HuntGroup, id),
        _ => PublicId::of_uuid(ResourceKind::CallQueue, id),
    }
}

pub(super) fn location_id(id: LocationId) -> PublicId {
    PublicId::of_uuid(ResourceKind::Location, id.uuid())
}
