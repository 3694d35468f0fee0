use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::public_api::Pairs;
use hub_directory::{AdministratorCaller, Caller, Person};
use kit::{Kind, Result};
use kit_web::{Form, Page, PageError, status_of};
use serde::Deserialize;

use super::person_of;
use super::show::{LineShown, shown};
use crate::Telephony;
use crate::model::person_settings::rights::ADMIN_WRITE;
use crate::model::person_settings::{ElementDraft, MonitoredElement, MonitoredKind};
use crate::use_cases::person_settings::{CandidateQuery, OneChange};

/// As many as a page shows; whoever looks for somebody else writes more of the name.
const MOST_SHOWN: usize = 25;

#[derive(Template)]
#[template(path = "person_monitoring.html")]
struct MonitoringPage<'a> {
    person: &'a Person,
    looked_for: String,
    found: Vec<LineShown>,
    more: bool,
    problem: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OneForm {
    add: String,
    remove: String,
}

pub(super) async fn form(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> std::result::Result<Response, PageError> {
    ADMIN_WRITE.require(&caller, caller.person_id)?;
    let person = person_of(&telephony, &caller, &id).await?;
    let looked_for = pairs.text("q").unwrap_or_default().to_owned();
    Ok(page(&telephony, &caller, &person, looked_for, None).await?)
}

pub(super) async fn save(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<OneForm>,
) -> std::result::Result<Response, PageError> {
    ADMIN_WRITE.require(&caller, caller.person_id)?;
    let person = person_of(&telephony, &caller, &id).await?;
    let change = if form.remove.is_empty() {
        OneChange::Add(ElementDraft {
            id: Some(form.add),
            ..ElementDraft::default()
        })
    } else {
        OneChange::Remove(form.remove)
    };
    match telephony.monitor_one(&caller, person.id, change).await {
        Ok(()) => Ok(Redirect::to(&format!("/users/{}/calling?done=monitoring", person.id)).into_response()),
        Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict) => {
            let problem = Some((status_of(error.kind()), error.public().to_owned()));
            Ok(page(&telephony, &caller, &person, String::new(), problem).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    telephony: &Telephony,
    caller: &Caller,
    person: &Person,
    looked_for: String,
    problem: Option<(StatusCode, String)>,
) -> Result<Response> {
    let digits = looked_for.chars().any(|character| character.is_ascii_digit());
    let query = CandidateQuery {
        name: (!digits && !looked_for.is_empty()).then(|| looked_for.clone()),
        dialled: digits.then(|| looked_for.clone()),
        further: true,
        max: MOST_SHOWN,
        ..CandidateQuery::default()
    };
    let candidates = telephony.find_candidates(caller, person.id, &query).await?;
    let found = candidates
        .found
        .iter()
        .map(|target| {
            let owner = &target.holder.owner;
            let element = MonitoredElement {
                kind: MonitoredKind::Member,
                target: Some((owner.kind, owner.id)),
                phone_number: None,
                label: None,
            };
            shown(target, owner.kind.public_id(owner.id).to_string(), &element)
        })
        .collect();
    let (status, problem) = problem.unzip();
    let template = MonitoringPage {
        person,
        looked_for,
        found,
        more: candidates.next.is_some(),
        problem,
    };
    Ok(
        Page::new(format!("Whom {} monitors", person.display_name), &template)
            .with_status(status.unwrap_or(StatusCode::OK))
            .into_response(),
    )
}
