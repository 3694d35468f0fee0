use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::PersonId;
use hub_identity::SignedIn;
use kit::{Error, Timestamp, Uuid};
use kit_web::{Form, NoFields, Page, PageError, Query, to_mend};
use serde::Deserialize;

use super::notices::Done;
use super::people::DoneParameter;
use super::words::{counted, in_days, integration_path};
use crate::Governance;
use crate::model::{AccessRequest, HistoryEntry, Reviewer};
use crate::use_cases::{Alert, Decision, RequestPage, RequestRight, require_decide};

#[derive(Template)]
#[template(path = "alerts.html")]
struct Alerts {
    alerts: Vec<Alert>,
    notice: Option<&'static str>,
    right: RequestRight,
    sees_integrations: bool,
}

impl Alerts {
    fn decides_all(&self) -> bool {
        self.right == RequestRight::Decide
    }

    fn decides(&self) -> bool {
        self.right != RequestRight::See
    }
}

pub(super) async fn alerts(
    State(governance): State<Governance>,
    who: SignedIn,
    Query(parameters): Query<DoneParameter>,
) -> Result<Page, PageError> {
    let alerts = governance.alerts(&who.caller).await?;
    let template = Alerts {
        alerts,
        notice: Done::sentence_for(&parameters.done),
        right: governance.request_right(&who.caller).await?,
        sees_integrations: crate::use_cases::require_view(&who.caller).is_ok(),
    };
    Ok(Page::new("Alerts center", &template))
}

#[derive(Template)]
#[template(path = "alert.html")]
struct AlertPage {
    page: RequestPage,
    application_id: String,
    base: String,
    sees_integrations: bool,
    problem: Option<String>,
    justification: String,
    own: PersonId,
    waiting: String,
}

impl AlertPage {
    fn decides_all(&self) -> bool {
        self.page.right == RequestRight::Decide
    }

    fn decides(&self) -> bool {
        self.page.right != RequestRight::See
    }

    /// A reviewer does not decide their own request.
    fn may_choose(&self, request: &AccessRequest) -> bool {
        self.decides_all() || (self.decides() && request.person_id != self.own)
    }
}

pub(super) async fn alert(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    draw(&governance, &who, &id, None, String::new()).await
}

async fn draw(
    governance: &Governance,
    who: &SignedIn,
    id: &str,
    problem: Option<String>,
    justification: String,
) -> Result<Page, PageError> {
    let page = governance.requests_for(&who.caller, id).await?;
    let title = format!("Requests for {}", page.client.name);
    let template = AlertPage {
        application_id: webex::application_id(&page.client.client_id),
        base: format!("/alerts/{}", page.client.client_id),
        sees_integrations: crate::use_cases::require_view(&who.caller).is_ok(),
        waiting: counted(page.requests.len(), "person waits", "people wait"),
        problem,
        justification,
        own: who.caller.person_id,
        page,
    };
    Ok(Page::new(title, &template))
}

#[derive(Debug, Deserialize)]
pub(super) struct DecisionForm {
    decision: String,
    #[serde(default)]
    request: Vec<String>,
    /// After how many days the approval ends; empty: never.
    #[serde(default)]
    days: String,
    #[serde(default)]
    justification: String,
}

impl DecisionForm {
    fn read(&self, now: Timestamp) -> Result<(Decision, Done), Error> {
        let expires_at = in_days(&self.days, now)?;
        let requests = self
            .request
            .iter()
            .map(|id| Uuid::parse_str(id).map_err(|_| Error::not_found("There is no such request.")))
            .collect::<Result<Vec<Uuid>, Error>>()?;
        let justification = self.justification.clone();
        Ok(match self.decision.as_str() {
            "allow" => (Decision::AllowThese { requests, expires_at }, Done::AllowedThese),
            "allow-all" => (Decision::AllowAll { expires_at }, Done::Enabled),
            "deny" => (
                Decision::Deny {
                    requests,
                    justification,
                },
                Done::Denied,
            ),
            "block" => (Decision::Block { justification }, Done::Blocked),
            _ => return Err(Error::invalid("Choose what to decide.")),
        })
    }
}

pub(super) async fn decide(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(form): Form<DecisionForm>,
) -> Result<Response, PageError> {
    let decided = match form.read(governance.now()) {
        Ok((decision, done)) => governance
            .decide_requests(&who.caller, &id, decision)
            .await
            .map(|_| done),
        Err(error) => Err(error),
    };
    match decided {
        Ok(done) => Ok(Redirect::to(&done.at("/alerts")).into_response()),
        Err(error) => {
            let sentence = to_mend(error)?.public().to_owned();
            let page = draw(&governance, &who, &id, Some(sentence), form.justification).await?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "decisions.html")]
struct Decisions {
    entries: Vec<(HistoryEntry, Option<String>)>,
}

pub(super) async fn decisions(
    State(governance): State<Governance>,
    who: SignedIn,
) -> Result<Page, PageError> {
    let entries = governance.latest_decisions(&who.caller, 200).await?;
    Ok(Page::new("Decisions", &Decisions { entries }))
}

#[derive(Template)]
#[template(path = "reviewers.html")]
struct Reviewers {
    reviewers: Vec<Reviewer>,
    notice: Option<&'static str>,
    problem: Option<String>,
    email: String,
    may_decide: bool,
}

pub(super) async fn reviewers(
    State(governance): State<Governance>,
    who: SignedIn,
    Query(parameters): Query<DoneParameter>,
) -> Result<Page, PageError> {
    let notice = Done::sentence_for(&parameters.done);
    draw_reviewers(&governance, &who, notice, None, String::new()).await
}

async fn draw_reviewers(
    governance: &Governance,
    who: &SignedIn,
    notice: Option<&'static str>,
    problem: Option<String>,
    email: String,
) -> Result<Page, PageError> {
    let template = Reviewers {
        reviewers: governance.reviewers(&who.caller).await?,
        notice,
        problem,
        email,
        may_decide: require_decide(&who.caller).is_ok(),
    };
    Ok(Page::new("Reviewers", &template))
}

#[derive(Debug, Deserialize)]
pub(super) struct ReviewerForm {
    #[serde(default)]
    email: String,
}

pub(super) async fn name_reviewer(
    State(governance): State<Governance>,
    who: SignedIn,
    Form(form): Form<ReviewerForm>,
) -> Result<Response, PageError> {
    match governance.name_reviewer(&who.caller, &form.email).await {
        Ok(()) => Ok(Redirect::to(&Done::ReviewerNamed.at("/alerts/reviewers")).into_response()),
        Err(error) => {
            let sentence = to_mend(error)?.public().to_owned();
            let page = draw_reviewers(&governance, &who, None, Some(sentence), form.email).await?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

pub(super) async fn remove_reviewer(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(person): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    governance
        .remove_reviewer(&who.caller, PersonId::parse(&person)?)
        .await?;
    Ok(Redirect::to(&Done::ReviewerRemoved.at("/alerts/reviewers")))
}

impl Decisions {
    fn path(&self, entry: &HistoryEntry) -> String {
        entry
            .client_id
            .as_deref()
            .map_or_else(|| "/apps/integrations".to_owned(), integration_path)
    }
}
