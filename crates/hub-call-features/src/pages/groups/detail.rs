use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;

use super::{Part, words};
use crate::CallFeatures;
use crate::model::group::{Group, Routing};
use crate::model::hunt_group::{HuntGroupSettings, Redirect};
use crate::model::queue::QueueSettings;
use crate::model::words::{OverflowAction, RoutingPolicy};
use crate::pages::common::{Answer, writes};
use crate::use_cases::{AgentView, GroupView};

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage<'a> {
    title: &'static str,
    list: &'static str,
    path: String,
    public_id: String,
    name: &'a str,
    noun: &'static str,
    subtitle: String,
    enabled: bool,
    facts: Facts,
    routing: Facts,
    agents: Vec<AgentRow>,
    weighted: bool,
    is_queue: bool,
    writes: bool,
    notice: Option<&'static str>,
}

type Facts = Vec<(&'static str, String)>;

/// An agent as a table shows it.
pub(super) struct AgentRow {
    pub(super) id: String,
    /// The page of a person; others have none of their own here.
    pub(super) path: Option<String>,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) number: String,
    pub(super) extension: String,
    pub(super) weight: i64,
    pub(super) joined: bool,
}

impl From<AgentView> for AgentRow {
    fn from(view: AgentView) -> Self {
        use hub_numbers::OwnerKind;
        let AgentView { agent, holder } = view;
        let (path, kind) = match agent.kind {
            OwnerKind::Person => (Some(format!("/users/{}", agent.id)), "Person"),
            OwnerKind::Workspace => (Some(format!("/workspaces/{}", agent.id)), "Workspace"),
            _ => (
                Some(format!("/calling/virtual-lines/{}", agent.id)),
                "Virtual line",
            ),
        };
        Self {
            id: agent.id.to_string(),
            path,
            name: holder.owner.display_name,
            kind,
            number: holder.held.number.unwrap_or_default(),
            extension: holder.held.extension.unwrap_or_default(),
            weight: agent.weight,
            joined: agent.joined,
        }
    }
}

pub(super) async fn show(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let part = Part::of(&uri);
    let view = part.group(&call_features, &caller, &id).await?;
    let facts = facts(&view);
    let GroupView {
        group,
        location,
        held: _,
        agents,
    } = view;
    let template = GroupPage {
        title: part.title(),
        list: part.list(),
        path: part.path_of(&group),
        public_id: group.kind.owner().public_id(group.id).to_string(),
        name: &group.name,
        noun: part.noun(),
        subtitle: format!("{} at {}", words::kind(group.kind), location.name),
        enabled: group.enabled,
        facts,
        routing: routing(&group),
        agents: agents.into_iter().map(AgentRow::from).collect(),
        weighted: group.settings.policy() == RoutingPolicy::Weighted,
        is_queue: part.is_queues(),
        writes: writes(&caller),
        notice: words::notice(pairs.text("done")),
    };
    Ok(Page::new(group.name.clone(), &template).into_response())
}

fn facts(view: &GroupView) -> Facts {
    let mut facts: Facts = vec![("Location", view.location.name.clone())];
    let mut fact = |label, value: Option<String>| facts.extend(value.map(|value| (label, value)));
    if let Some(held) = &view.held {
        fact("Number", held.number.clone());
        fact("Extension", held.extension.clone());
        fact(
            "From other locations",
            held.esn.clone().filter(|_| held.routing_prefix.is_some()),
        );
        fact(
            "Alternate numbers",
            Some(held.alternates.join(", ")).filter(|list| !list.is_empty()),
        );
    }
    let zone = view.group.settings.profile.time_zone.clone();
    fact(
        "Time zone",
        zone.or_else(|| Some(view.location.time_zone.clone())),
    );
    facts
}

fn routing(group: &Group) -> Facts {
    let policy = words::policy(group.settings.policy()).to_owned();
    let mut facts = vec![("Call routing", policy)];
    match &group.settings.routing {
        Routing::HuntGroup(settings) => facts.extend(of_hunt_group(settings)),
        Routing::Queue(settings) => facts.extend(of_queue(settings, group.settings.by_skills())),
    }
    facts
}

fn of_hunt_group(settings: &HuntGroupSettings) -> Facts {
    let policies = &settings.call_policies;
    let no_answer = &policies.no_answer;
    let advance = if no_answer.next_agent_enabled {
        format!("After {} rings to the next agent", no_answer.next_agent_rings)
    } else {
        "Does not advance to the next agent".to_owned()
    };
    let forward = match (&no_answer.destination, no_answer.forward_enabled) {
        (Some(destination), true) => format!("After {} rings to {destination}", no_answer.number_of_rings),
        _ => "Not forwarded".to_owned(),
    };
    vec![
        ("No answer", advance),
        ("Forward on no answer", forward),
        ("Forward when busy", redirected(&policies.busy_redirect)),
        (
            "Forward when unreachable",
            redirected(&policies.business_continuity_redirect),
        ),
    ]
}

fn redirected(redirect: &Redirect) -> String {
    match (&redirect.destination, redirect.enabled) {
        (Some(destination), true) => format!("To {destination}"),
        _ => "Not forwarded".to_owned(),
    }
}

fn of_queue(settings: &QueueSettings, by_skills: bool) -> Facts {
    let room = &settings.queue_settings;
    let action = words::overflow(room.overflow.action);
    let overflow = match (&room.overflow.transfer_number, room.overflow.action) {
        (Some(number), OverflowAction::Transfer) => format!("{action}: {number}"),
        _ => action.to_owned(),
    };
    let wait = if room.overflow.overflow_after_wait_enabled {
        format!("After {} seconds", room.overflow.overflow_after_wait_time)
    } else {
        "Off".to_owned()
    };
    let skills = if by_skills {
        "First by skill, then by the routing"
    } else {
        "Not used"
    };
    let join = if settings.allow_agent_join_enabled {
        "Agents do it themselves"
    } else {
        "An administrator decides"
    };
    vec![
        ("Skills", skills.to_owned()),
        ("Calls in queue", room.queue_size.to_string()),
        ("Overflow when full", overflow),
        ("Overflow after waiting", wait),
        ("Join and unjoin", join.to_owned()),
    ]
}
