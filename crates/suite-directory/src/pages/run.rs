use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use kit::{Error, Timestamp};
use kit_web::{Page, PageError, Query};
use serde::Deserialize;
use suite_tenancy::{Action, Customer, PageActor};

use crate::model::{Run, Stage, Trigger};
use crate::pages::{customer_of, words};
use crate::usecases::{ChangeKind, RunChange};
use crate::users_synch::UsersSynch;

const CHANGES_A_PAGE: i64 = 100;

#[derive(Deserialize)]
pub(super) struct RunQuery {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    page: String,
}

/// The part of the page that is replaced while the run goes on.
#[derive(Template)]
#[template(path = "run_progress.html")]
struct ProgressTemplate<'a> {
    customer: &'a Customer,
    run: &'a Run,
    now: Timestamp,
    /// Whether the page around it was drawn while the run went on, and shows its end only after a reload.
    was_watched: bool,
}

impl ProgressTemplate<'_> {
    /// A bar cannot be longer than itself, whatever the last run found.
    fn bar(&self) -> i64 {
        self.run.people.min(self.run.known)
    }
}

#[derive(Template)]
#[template(path = "run.html")]
struct RunTemplate<'a> {
    customer: &'a Customer,
    run: &'a Run,
    progress: String,
    changes: &'a [RunChange],
    listed: i64,
    kind: Option<ChangeKind>,
    page: i64,
    may_run: bool,
}

impl RunTemplate<'_> {
    fn has_next(&self) -> bool {
        self.page * CHANGES_A_PAGE < self.listed
    }

    fn link(&self, page: i64) -> String {
        self.kind.map_or_else(
            || format!("?page={page}"),
            |kind| format!("?kind={}&page={page}", kind.key()),
        )
    }

    fn range(&self) -> String {
        let first = (self.page - 1) * CHANGES_A_PAGE + 1;
        let last = (self.page * CHANGES_A_PAGE).min(self.listed);
        format!(
            "{}–{} of {}",
            words::grouped(first),
            words::grouped(last),
            words::grouped(self.listed)
        )
    }

    /// How many changes of this kind there were, listed or not.
    fn happened(&self) -> i64 {
        let Some(changes) = self.run.changes() else {
            return 0;
        };
        match self.kind {
            None => changes.added + changes.changed + changes.returned + changes.left,
            Some(ChangeKind::Added) => changes.added,
            Some(ChangeKind::Changed) => changes.changed,
            Some(ChangeKind::Returned) => changes.returned,
            Some(ChangeKind::Left) => changes.left,
        }
    }

    fn is_kind(&self, kind: &ChangeKind) -> bool {
        self.kind == Some(*kind)
    }
}

pub(super) async fn show(
    State(synch): State<UsersSynch>,
    PageActor(actor): PageActor,
    Path((customer_id, number)): Path<(String, String)>,
    Query(query): Query<RunQuery>,
) -> Result<Page, PageError> {
    let customer = customer_of(&synch, &actor, &customer_id).await?;
    let run = synch
        .run_by_number(&actor, customer.id, read_number(&number)?)
        .await?;
    let kind = ChangeKind::from_key(&query.kind).ok();
    let page = query.page.parse::<i64>().unwrap_or(1).clamp(1, 1_000_000);
    let (changes, listed) = synch
        .changes(&actor, &run, kind, (page - 1) * CHANGES_A_PAGE, CHANGES_A_PAGE)
        .await?;
    let progress = ProgressTemplate {
        customer: &customer,
        run: &run,
        now: synch.now(),
        was_watched: false,
    }
    .render()
    .map_err(Error::internal)?;
    let may_run = actor.may(Action::RunSynch, Some(customer.id));
    let template = RunTemplate {
        customer: &customer,
        run: &run,
        progress,
        changes: &changes,
        listed,
        kind,
        page,
        may_run,
    };
    Ok(Page::new(
        format!("Run {} of {}", run.number, customer.name),
        &template,
    ))
}

pub(super) async fn progress(
    State(synch): State<UsersSynch>,
    PageActor(actor): PageActor,
    Path((customer_id, number)): Path<(String, String)>,
) -> Result<Html<String>, PageError> {
    let customer = customer_of(&synch, &actor, &customer_id).await?;
    let run = synch
        .run_by_number(&actor, customer.id, read_number(&number)?)
        .await?;
    let template = ProgressTemplate {
        customer: &customer,
        run: &run,
        now: synch.now(),
        was_watched: true,
    };
    Ok(Html(template.render().map_err(Error::internal)?))
}

fn read_number(text: &str) -> Result<i64, PageError> {
    text.parse()
        .map_err(|_| PageError(Error::not_found("There is no such synchronization.")))
}
