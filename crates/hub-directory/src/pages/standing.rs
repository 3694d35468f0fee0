//! Deactivating, letting in again, deleting. What cannot be undone has a page of its own that asks first.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use kit::{Error, Result};
use kit_web::{Form, NoFields, Page, status_of};

use super::outcome::{Answer, Powers, person_of, to_mend};
use crate::AdministratorCaller;
use crate::{Caller, Deed, Directory, Person};

#[derive(Template)]
#[template(path = "person_confirm.html")]
struct Confirm<'a> {
    person: &'a Person,
    question: &'static str,
    consequences: &'static [&'static str],
    authorizations: String,
    action: &'static str,
    button: &'static str,
    problem: Option<&'a str>,
}

struct Step {
    title: &'static str,
    question: &'static str,
    consequences: &'static [&'static str],
    action: &'static str,
    button: &'static str,
    deed: Deed,
}

const DEACTIVATE: Step = Step {
    title: "Deactivate",
    question: "Deactivate",
    consequences: &[
        "Every session of this person ends, and signing in is refused.",
        "Every authorization that this person gave to an integration ends. Letting the person in again does not bring them back.",
        "Licences, numbers and roles stay. Thirty days later the person is deleted, unless somebody activates them before.",
    ],
    action: "deactivate",
    button: "Deactivate",
    deed: Deed::Deactivate,
};

const DELETE: Step = Step {
    title: "Delete",
    question: "Delete",
    consequences: &[
        "The person, their numbers and their roles are gone. There is no way back.",
        "Their licences are free for others.",
        "Every session of this person and every authorization that they gave to an integration ends.",
    ],
    action: "delete",
    button: "Delete for good",
    deed: Deed::Delete,
};

pub(super) async fn activate(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    Powers::require_writes(&caller)?;
    let person = person_of(&directory, &caller, &id).await?;
    directory.set_login_enabled(&caller, person.id, true).await?;
    Ok(Redirect::to(&format!("/users/{}?done=activated", person.id)).into_response())
}

pub(super) async fn ask_to_deactivate(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    let person = whom(&directory, &caller, &id).await?;
    confirm(&directory, &caller, &person, &DEACTIVATE, None, StatusCode::OK).await
}

pub(super) async fn deactivate(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    let person = whom(&directory, &caller, &id).await?;
    match directory.set_login_enabled(&caller, person.id, false).await {
        Ok(_) => Ok(Redirect::to(&format!("/users/{}?done=deactivated", person.id)).into_response()),
        Err(error) => refused(&directory, &caller, &person, &DEACTIVATE, error).await,
    }
}

pub(super) async fn ask_to_delete(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    let person = whom(&directory, &caller, &id).await?;
    confirm(&directory, &caller, &person, &DELETE, None, StatusCode::OK).await
}

pub(super) async fn delete(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    let person = whom(&directory, &caller, &id).await?;
    match directory.delete_person(&caller, person.id).await {
        Ok(_) => Ok(Redirect::to("/users?done=deleted").into_response()),
        Err(error) => refused(&directory, &caller, &person, &DELETE, error).await,
    }
}

async fn whom(directory: &Directory, caller: &Caller, id: &str) -> Result<Person> {
    Powers::require_writes(caller)?;
    person_of(directory, caller, id).await
}

async fn refused(
    directory: &Directory,
    caller: &Caller,
    person: &Person,
    step: &Step,
    error: Error,
) -> Answer {
    let error = to_mend(error)?;
    let status = status_of(error.kind());
    confirm(directory, caller, person, step, Some(error.public()), status).await
}

async fn confirm(
    directory: &Directory,
    caller: &Caller,
    person: &Person,
    step: &Step,
    problem: Option<&str>,
    status: StatusCode,
) -> Answer {
    let authorizations = directory.consequences_html(caller, person.id, &step.deed).await?;
    let template = Confirm {
        person,
        question: step.question,
        consequences: step.consequences,
        authorizations,
        action: step.action,
        button: step.button,
        problem,
    };
    Ok(
        Page::new(format!("{} {}", step.title, person.display_name), &template)
            .with_status(status)
            .into_response(),
    )
}
