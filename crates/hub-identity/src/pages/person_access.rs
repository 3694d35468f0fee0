//! What an administrator ends for a person: the password, or only the access. Each asks first and says what dies.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::{AdministratorCaller, Caller, Deed, Person, PersonId};
use kit::{Error, ExposeSecret as _, Kind, Result};
use kit_web::{Form, NoFields, Page, PageError, status_of};
use serde::Deserialize;

use crate::Identity;

type Answer = std::result::Result<Response, PageError>;

#[derive(Template)]
#[template(path = "person_access.html")]
struct AskTemplate<'a> {
    person: &'a Person,
    resets_password: bool,
    consequences: String,
    problem: &'a str,
}

#[derive(Template)]
#[template(path = "person_one_time_password.html")]
struct PasswordTemplate<'a> {
    person: &'a Person,
    password: &'a str,
}

pub(super) async fn ask_password(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    let person = whom(&identity, &caller, &id).await?;
    ask(&identity, &caller, &person, true, "", StatusCode::OK).await
}

#[derive(Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    way: String,
}

pub(super) async fn reset_password(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(Way { way }): Form<Way>,
) -> Answer {
    let person = whom(&identity, &caller, &id).await?;
    let outcome = match way.as_str() {
        "letter" => identity
            .reset_password_by_letter(&caller, person.id)
            .await
            .map(|()| None),
        "password" => identity.reset_password(&caller, person.id).await.map(Some),
        _ => Err(Error::invalid(
            "Choose how the person gets the new password: by a letter, or from you.",
        )),
    };
    match outcome {
        Ok(None) => Ok(Redirect::to(&format!("/users/{}?done=letter-sent", person.id)).into_response()),
        Ok(Some(password)) => {
            // Not a redirect: the password is shown on this one answer and kept nowhere.
            let template = PasswordTemplate {
                person: &person,
                password: password.expose_secret(),
            };
            Ok(Page::new("Password reset", &template).into_response())
        }
        Err(error) => {
            let error = to_mend(error)?;
            let status = status_of(error.kind());
            ask(&identity, &caller, &person, true, error.public(), status).await
        }
    }
}

pub(super) async fn ask_access(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    let person = whom(&identity, &caller, &id).await?;
    ask(&identity, &caller, &person, false, "", StatusCode::OK).await
}

pub(super) async fn reset_access(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    let person = whom(&identity, &caller, &id).await?;
    match identity.reset_access(&caller, person.id).await {
        Ok(()) => Ok(Redirect::to(&format!("/users/{}?done=access-reset", person.id)).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let status = status_of(error.kind());
            ask(&identity, &caller, &person, false, error.public(), status).await
        }
    }
}

/// What only a greater administrator may do is said on the page that asks, too.
fn to_mend(error: Error) -> Result<Error> {
    match error.kind() {
        Kind::Forbidden => Ok(error),
        _ => kit_web::to_mend(error),
    }
}

async fn whom(identity: &Identity, caller: &Caller, id: &str) -> Result<Person> {
    let nobody = || Error::not_found("There is no such person in your organization.");
    let id = PersonId::parse(id).map_err(|_| nobody())?;
    let found = identity
        .directory()
        .person_to_secure(identity.database().into(), caller, id)
        .await;
    found.map_err(|error| match error.kind() {
        Kind::NotFound => nobody(),
        _ => error,
    })
}

async fn ask(
    identity: &Identity,
    caller: &Caller,
    person: &Person,
    resets_password: bool,
    problem: &str,
    status: StatusCode,
) -> Answer {
    let (deed, title) = if resets_password {
        (Deed::ResetPassword, "Reset the password of")
    } else {
        (Deed::ResetAccess, "Reset the access of")
    };
    let consequences = identity
        .directory()
        .consequences_html(caller, person.id, &deed)
        .await?;
    let template = AskTemplate {
        person,
        resets_password,
        consequences,
        problem,
    };
    Ok(Page::new(format!("{title} {}", person.display_name), &template)
        .with_status(status)
        .into_response())
}
