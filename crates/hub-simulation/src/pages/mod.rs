//! The console of the simulation.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use kit::{Clock as _, Result, Timestamp};
use kit_simulation::{duration_in_words, lead_in_words, parse_duration};
use kit_web::{Form, NoFields, Page, PageError};
use serde::Deserialize;

use crate::model::operation::OperationPattern;
use crate::model::request_log::SeenRequest;
use crate::simulation::Outcome;
use crate::{Acted, Fault, IntegrationAct, NewFault, PersonAct, Simulation, Wish};

/// How many requests the page shows; the API has them all.
const SHOWN_REQUESTS: usize = 25;
/// What repeats runs at most so often on a long way.
const STEPS_OF_A_LONG_WAY: u32 = 500;

#[derive(Template)]
#[template(path = "simulation.html")]
struct Console {
    now: Timestamp,
    ahead: String,
    next_due: Option<Timestamp>,
    outcome: Option<Outcome>,
    people: Vec<(String, String)>,
    integrations: Vec<(String, String)>,
    organizations: Vec<String>,
    person_acts: &'static [PersonAct],
    integration_acts: &'static [IntegrationAct],
    faults: Vec<Fault>,
    requests: Vec<SeenRequest>,
}

pub(crate) async fn console(State(simulation): State<Simulation>) -> Result<Page, PageError> {
    let parts = simulation.parts();
    let organizations = parts.directory.organizations().await?;
    let mut people = Vec::new();
    for organization in &organizations {
        for admin in parts.directory.full_admins(organization.id).await? {
            people.push((
                admin.email,
                format!("{}, {}", admin.display_name, organization.display_name),
            ));
        }
    }
    let clients = parts.oauth.clients().await?;
    let clock = simulation.time().clock();
    let (outcome, faults, requests) = {
        let mut state = simulation.state();
        (
            state.outcome.take(),
            state.faults.all().to_vec(),
            state.log.latest(SHOWN_REQUESTS),
        )
    };
    let template = Console {
        now: clock.now(),
        ahead: match clock.offset() {
            offset if offset.is_zero() => "not moved yet".to_owned(),
            offset => format!("{} ahead of this machine", lead_in_words(offset)),
        },
        next_due: clock.next_due(),
        outcome,
        people,
        integrations: clients
            .into_iter()
            .map(|client| (client.client_id, client.name))
            .collect(),
        organizations: organizations
            .into_iter()
            .map(|organization| organization.display_name)
            .collect(),
        person_acts: PersonAct::ALL,
        integration_acts: IntegrationAct::ALL,
        faults,
        requests,
    };
    Ok(Page::new("Simulation", &template))
}

/// Shows the outcome on the console, once.
fn back(simulation: &Simulation, outcome: Result<String>) -> Result<Redirect, PageError> {
    let outcome = match outcome {
        Ok(sentence) => Outcome::Done(sentence),
        Err(error) if matches!(error.kind(), kit::Kind::Internal) => return Err(error.into()),
        Err(error) => Outcome::Refused(error.public().to_owned()),
    };
    simulation.state().outcome = Some(outcome);
    Ok(Redirect::to("/simulation"))
}

fn in_words(acted: Acted) -> String {
    let mut words = acted.done;
    if let Some(password) = acted.password {
        words.push_str(&format!(" The new password, shown this once: {password}"));
    }
    if let Some(secret) = acted.client_secret {
        words.push_str(&format!(" The new secret, shown this once: {secret}"));
    }
    words
}

#[derive(Deserialize)]
pub(crate) struct MoveForm {
    by: String,
}

pub(crate) async fn move_clock(
    State(simulation): State<Simulation>,
    Form(sent): Form<MoveForm>,
) -> Result<Redirect, PageError> {
    let moved = async {
        let by = parse_duration(&sent.by)?;
        let target = simulation.time().clock().now().plus(by);
        let moved = simulation
            .time()
            .advance_to(target, by / STEPS_OF_A_LONG_WAY)
            .await?;
        Ok(format!(
            "The Hub's clock went {} forward; what fell due on the way ran {} times.",
            duration_in_words(by),
            moved.woken
        ))
    };
    let outcome = moved.await;
    back(&simulation, outcome)
}

#[derive(Deserialize)]
pub(crate) struct PersonForm {
    email: String,
    act: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    client_id: String,
}

pub(crate) async fn act_on_person(
    State(simulation): State<Simulation>,
    Form(sent): Form<PersonForm>,
) -> Result<Redirect, PageError> {
    let acted = async {
        let wish = Wish {
            password: Some(sent.password),
            client_id: Some(sent.client_id),
            ..Wish::default()
        };
        let act = PersonAct::parse(&sent.act)?;
        simulation
            .act_on_person(&sent.email, act, &wish)
            .await
            .map(in_words)
    };
    let outcome = acted.await;
    back(&simulation, outcome)
}

#[derive(Deserialize)]
pub(crate) struct IntegrationForm {
    client_id: String,
    act: String,
    #[serde(default)]
    organization: String,
}

pub(crate) async fn act_on_integration(
    State(simulation): State<Simulation>,
    Form(sent): Form<IntegrationForm>,
) -> Result<Redirect, PageError> {
    let acted = async {
        let wish = Wish {
            organization: Some(sent.organization),
            ..Wish::default()
        };
        let act = IntegrationAct::parse(&sent.act)?;
        simulation
            .act_on_integration(&sent.client_id, act, &wish)
            .await
            .map(in_words)
    };
    let outcome = acted.await;
    back(&simulation, outcome)
}

#[derive(Deserialize)]
pub(crate) struct SignInForm {
    email: String,
}

pub(crate) async fn sign_in(
    State(simulation): State<Simulation>,
    Form(sent): Form<SignInForm>,
) -> Result<Response, PageError> {
    match simulation.sign_in_as(&sent.email).await {
        Ok(signed_in) => Ok(signed_in),
        Err(error) => Ok(back(&simulation, Err(error))?.into_response()),
    }
}

pub(crate) async fn expire_access_tokens(
    State(simulation): State<Simulation>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    let outcome = simulation.expire_access_tokens().await;
    let outcome =
        outcome.map(|expired| format!("Access tokens that expired: {expired}. Refresh tokens live on."));
    back(&simulation, outcome)
}

/// A form sends every field, empty where nothing was entered.
#[derive(Deserialize)]
pub(crate) struct FaultForm {
    operation: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    retry_after_seconds: String,
    #[serde(default)]
    latency_ms: String,
    #[serde(default)]
    count: String,
    #[serde(default)]
    percent: String,
}

impl FaultForm {
    fn wanted(&self) -> Result<NewFault> {
        let status = match self.what.as_str() {
            "" | "latency" | "drop" => None,
            status => number(status, "status")?.and_then(|status| u16::try_from(status).ok()),
        };
        let percent = number(&self.percent, "likelihood")?.unwrap_or(100).min(100);
        let retry_after = number(&self.retry_after_seconds, "Retry-After")?;
        Ok(NewFault {
            operation: OperationPattern::parse(&self.operation)?,
            client_id: None,
            grant_type: None,
            latency_ms: number(&self.latency_ms, "latency")?,
            status,
            retry_after_seconds: retry_after.filter(|_| matches!(status, Some(429 | 503))),
            drop_answer: self.what == "drop",
            probability: f64::from(u32::try_from(percent).unwrap_or(100)) / 100.0,
            count: number(&self.count, "number of requests")?,
        })
    }
}

fn number(text: &str, name: &str) -> Result<Option<u64>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        kit::Error::invalid(format!(
            "“{}” is no number for the {name}.",
            text.chars().take(40).collect::<String>()
        ))
    })
}

pub(crate) async fn add_fault(
    State(simulation): State<Simulation>,
    Form(sent): Form<FaultForm>,
) -> Result<Redirect, PageError> {
    let outcome = sent
        .wanted()
        .and_then(|wanted| simulation.state().faults.add(wanted));
    let outcome = outcome.map(|fault| format!("{}: {}.", fault.wanted.operation, fault.wanted.in_words()));
    back(&simulation, outcome)
}

pub(crate) async fn remove_fault(
    State(simulation): State<Simulation>,
    Path(id): Path<u64>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    let removed = simulation.state().faults.remove(id);
    back(&simulation, removed.map(|()| "The fault is gone.".to_owned()))
}

pub(crate) async fn reset(
    State(simulation): State<Simulation>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    simulation.reset();
    back(&simulation, Ok("Faults and log are forgotten.".to_owned()))
}
