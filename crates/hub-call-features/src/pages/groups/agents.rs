//! Who takes the calls: adding, taking out, putting in another order.

use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use hub_numbers::Holder;
use kit::{Error, Result, Uuid};
use kit_web::{Form, Page, status_of, to_mend};
use serde::Deserialize;
use serde_json::{Value, json};

use super::detail::AgentRow;
use super::{Part, words};
use crate::CallFeatures;
use crate::model::words::RoutingPolicy;
use crate::pages::common::{Answer, require_writes};
use crate::use_cases::{CandidateQuery, GroupView};

/// How many of those who could be agents are offered at once.
const OFFERED: usize = 10;

/// What a button of the page sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Change {
    action: String,
    agent: String,
    weight: String,
    /// What was searched for, so that the same people are offered again.
    q: String,
}

#[derive(Template)]
#[template(path = "group_agents.html")]
struct AgentsPage<'a> {
    title: &'static str,
    list: &'static str,
    path: String,
    name: &'a str,
    noun: &'static str,
    policy: &'static str,
    agents: Vec<AgentRow>,
    weighted: bool,
    is_queue: bool,
    text: &'a str,
    candidates: Vec<Candidate>,
    problem: Option<String>,
    notice: Option<&'static str>,
}

struct Candidate {
    id: String,
    name: String,
    location: String,
    number: String,
}

pub(super) async fn list(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let view = part.group(&call_features, &caller, &id).await?;
    let text: String = pairs
        .text("q")
        .unwrap_or_default()
        .trim()
        .chars()
        .take(200)
        .collect();
    let candidates = candidates(&call_features, &caller, &view, &text).await?;
    let notice = words::notice(pairs.text("done"));
    Ok(page(part, view, &text, candidates, None, notice).into_response())
}

pub(super) async fn change(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Path(id): Path<String>,
    Form(change): Form<Change>,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let view = part.group(&call_features, &caller, &id).await?;
    let outcome = match body(&view, &change) {
        Ok(body) => {
            call_features
                .change_group(&caller, None, part.kinds(), view.group.id, &body)
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("done", "agents");
            if !change.q.is_empty() {
                query.append_pair("q", &change.q);
            }
            let path = part.path_of(&view.group);
            Ok(Redirect::to(&format!("{path}/agents?{}", query.finish())).into_response())
        }
        Err(error) => {
            let error = to_mend(error)?;
            let status: StatusCode = status_of(error.kind());
            let candidates = candidates(&call_features, &caller, &view, &change.q).await?;
            let problem = Some(error.public().to_owned());
            Ok(page(part, view, &change.q, candidates, problem, None)
                .with_status(status)
                .into_response())
        }
    }
}

fn page(
    part: Part,
    view: GroupView,
    text: &str,
    candidates: Vec<Candidate>,
    problem: Option<String>,
    notice: Option<&'static str>,
) -> Page {
    let GroupView { group, agents, .. } = view;
    let template = AgentsPage {
        title: part.title(),
        list: part.list(),
        path: part.path_of(&group),
        name: &group.name,
        noun: part.noun(),
        policy: words::policy(group.settings.policy()),
        agents: agents.into_iter().map(AgentRow::from).collect(),
        weighted: group.settings.policy() == RoutingPolicy::Weighted,
        is_queue: part.is_queues(),
        text,
        candidates,
        problem,
        notice,
    };
    Page::new(format!("Agents of {}", group.name), &template)
}

async fn candidates(
    call_features: &CallFeatures,
    caller: &hub_directory::Caller,
    view: &GroupView,
    text: &str,
) -> Result<Vec<Candidate>> {
    let query = CandidateQuery {
        text: text.to_owned(),
        // Without a search: whoever is at the same place.
        location_id: text.is_empty().then_some(view.location.id),
        max: OFFERED + view.agents.len(),
    };
    let found = call_features.find_candidates(caller, &query).await?;
    let is_agent = |holder: &Holder| view.agents.iter().any(|agent| agent.agent.id == holder.owner.id);
    let names = call_features.location_names(caller.organization_id).await?;
    Ok(found
        .into_iter()
        .filter(|holder| !is_agent(holder))
        .take(OFFERED)
        .map(|holder| Candidate {
            id: holder.owner.id.to_string(),
            location: names.get(&holder.held.location_id).cloned().unwrap_or_default(),
            number: holder.held.number.or(holder.held.extension).unwrap_or_default(),
            name: holder.owner.display_name,
        })
        .collect())
}

/// The list of agents as it shall be, as a program would send it.
fn body(view: &GroupView, change: &Change) -> Result<Value> {
    let wrong =
        || Error::invalid("This button belongs to an older state of the page. Look at the agents again.");
    let mut agents: Vec<Value> = view
        .agents
        .iter()
        .map(|agent| json!({ "id": agent.agent.id.to_string() }))
        .collect();
    let id = Uuid::parse_str(&change.agent).map_err(|_| wrong())?;
    let position = view.agents.iter().position(|agent| agent.agent.id == id);
    match (change.action.as_str(), position) {
        ("add", _) => agents.push(json!({ "id": id.to_string() })),
        ("remove", Some(position)) => {
            agents.remove(position);
        }
        ("up", Some(position)) if position > 0 => agents.swap(position - 1, position),
        ("down", Some(position)) if position + 1 < agents.len() => agents.swap(position, position + 1),
        ("weight", Some(position)) => agents[position]["weight"] = change.weight.trim().into(),
        ("join", Some(position)) => agents[position]["joinEnabled"] = true.into(),
        ("unjoin", Some(position)) => agents[position]["joinEnabled"] = false.into(),
        _ => return Err(wrong()),
    }
    Ok(json!({ "agents": agents }))
}
