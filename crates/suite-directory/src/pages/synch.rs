use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;
use kit::Timestamp;
use kit_web::{Form, Page, PageError, Query};
use serde::Deserialize;
use suite_tenancy::{Action, Customer, PageActor};

use crate::model::Run;
use crate::pages::{customer_of, words};
use crate::synch::SynchOptions;
use crate::usecases::SynchStatus;
use crate::users_synch::UsersSynch;

const RUNS_A_PAGE: i64 = 25;

#[derive(Deserialize)]
pub(super) struct SynchQuery {
    #[serde(default)]
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "synch.html")]
struct SynchTemplate<'a> {
    customer: &'a Customer,
    status: &'a SynchStatus,
    runs: &'a [Run],
    older: Option<i64>,
    is_first_page: bool,
    period: String,
    now: Timestamp,
    may_run: bool,
}

pub(super) async fn show(
    State(synch): State<UsersSynch>,
    PageActor(actor): PageActor,
    Path(customer_id): Path<String>,
    Query(query): Query<SynchQuery>,
) -> Result<Page, PageError> {
    let customer = customer_of(&synch, &actor, &customer_id).await?;
    let status = synch.status(&actor, customer.id).await?;
    let mut runs = synch
        .runs(&actor, customer.id, query.before, RUNS_A_PAGE + 1)
        .await?;
    let more = runs.len() as i64 > RUNS_A_PAGE;
    runs.truncate(usize::try_from(RUNS_A_PAGE).unwrap_or(usize::MAX));
    let template = SynchTemplate {
        status: &status,
        older: runs.last().filter(|_| more).map(|run| run.number),
        runs: &runs,
        is_first_page: query.before.is_none(),
        period: words::period(synch.period()),
        now: synch.now(),
        may_run: actor.may(Action::RunSynch, Some(customer.id)),
        customer: &customer,
    };
    Ok(Page::new(
        format!("Synchronization of {}", customer.name),
        &template,
    ))
}

#[derive(Deserialize)]
pub(super) struct StartForm {
    #[serde(default)]
    accept_fewer: bool,
}

pub(super) async fn start(
    State(synch): State<UsersSynch>,
    PageActor(actor): PageActor,
    Path(customer_id): Path<String>,
    Form(form): Form<StartForm>,
) -> Result<Redirect, PageError> {
    let customer = customer_of(&synch, &actor, &customer_id).await?;
    let options = SynchOptions {
        accept_fewer: form.accept_fewer,
    };
    let started = synch.start_with(&actor, customer.id, options).await?;
    let run = synch.run(&actor, started.run()).await?;
    Ok(Redirect::to(&format!(
        "/customers/{}/synch/{}",
        customer.id, run.number
    )))
}
