use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::PersonId;
use hub_identity::SignedIn;
use kit_web::{Form, Page, PageError, Query, to_mend};
use serde::Deserialize;

use super::changes::{SpareForm, existing};
use super::notices::Done;
use super::words::{counted, integration_path};
use crate::Governance;
use crate::model::{Audience, Rule};
use crate::use_cases::{Integration, SpecificUsers};

#[derive(Debug, Default, Deserialize)]
pub(super) struct DoneParameter {
    #[serde(default)]
    pub(super) done: String,
}

/// “Specific users”: to whom an integration is limited.
#[derive(Template)]
#[template(path = "integration_people.html")]
struct People {
    integration: Integration,
    users: SpecificUsers,
    base: String,
    notice: Option<&'static str>,
    found: Option<String>,
    unknown: Vec<String>,
    problem: Option<String>,
    emails: String,
    is_block: bool,
    may_decide: bool,
}

impl People {
    fn status_sentence(&self) -> String {
        let people = counted(self.users.people.len(), "person", "people");
        let verb = if self.users.people.len() == 1 { "is" } else { "are" };
        match &self.users.audience {
            audience if audience.is_everybody() => "Everybody may use it.".to_owned(),
            audience if audience.is_nobody() => "Nobody may use it.".to_owned(),
            Audience::Only(_) => format!("Only {people} may use it: who {verb} on this list."),
            Audience::AllBut(_) => format!("Everybody may use it but {people}: who {verb} on this list."),
        }
    }
}

struct Attempt {
    found: usize,
    unknown: Vec<String>,
    problem: Option<String>,
    emails: String,
    is_block: Option<bool>,
}

pub(super) async fn show(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Query(parameters): Query<DoneParameter>,
) -> Result<Page, PageError> {
    draw(&governance, &who, &id, Done::sentence_for(&parameters.done), None).await
}

async fn draw(
    governance: &Governance,
    who: &SignedIn,
    id: &str,
    notice: Option<&'static str>,
    attempt: Option<Attempt>,
) -> Result<Page, PageError> {
    let view = governance.integration(&who.caller, id).await?;
    let users = governance.specific_users(&who.caller, id).await?;
    let listed_block = matches!(&users.audience, Audience::AllBut(people) if !people.is_empty());
    let attempt = attempt.unwrap_or(Attempt {
        found: 0,
        unknown: Vec::new(),
        problem: None,
        emails: String::new(),
        is_block: None,
    });
    let template = People {
        base: integration_path(&view.integration.client_id),
        integration: view.integration,
        is_block: attempt.is_block.unwrap_or(listed_block),
        users,
        notice,
        found: (attempt.found > 0).then(|| counted(attempt.found, "person is", "people are")),
        unknown: attempt.unknown,
        problem: attempt.problem,
        emails: attempt.emails,
        may_decide: who.caller.is_full_admin(),
    };
    Ok(Page::new("Specific users", &template))
}

#[derive(Debug, Deserialize)]
pub(super) struct PeopleForm {
    rule: String,
    #[serde(default)]
    emails: String,
    #[serde(default)]
    spare: Option<String>,
}

/// Adds those who are known; the others stay in the box, named.
pub(super) async fn add(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(form): Form<PeopleForm>,
) -> Result<Response, PageError> {
    let rule = Rule::parse(&form.rule)?;
    let added = governance
        .add_specific_users(
            &who.caller,
            &id,
            rule,
            &form.emails,
            existing(form.spare.as_deref()),
        )
        .await;
    let attempt = match added {
        Ok(pasted) if pasted.unknown.is_empty() => {
            let path = format!("{}/people", integration_path(&id));
            return Ok(Redirect::to(&Done::PeopleSaved.at(&path)).into_response());
        }
        Ok(pasted) => Attempt {
            found: pasted.found,
            emails: pasted.unknown.join("\n"),
            unknown: pasted.unknown,
            problem: None,
            is_block: Some(rule == Rule::Block),
        },
        Err(error) => Attempt {
            found: 0,
            unknown: Vec::new(),
            problem: Some(to_mend(error)?.public().to_owned()),
            emails: form.emails,
            is_block: Some(rule == Rule::Block),
        },
    };
    let page = draw(&governance, &who, &id, None, Some(attempt)).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

pub(super) async fn remove(
    State(governance): State<Governance>,
    who: SignedIn,
    Path((id, person)): Path<(String, String)>,
    Form(form): Form<SpareForm>,
) -> Result<Redirect, PageError> {
    governance
        .remove_specific_user(&who.caller, &id, PersonId::parse(&person)?, form.existing())
        .await?;
    let path = format!("{}/people", integration_path(&id));
    Ok(Redirect::to(&Done::PersonRemoved.at(&path)))
}
