use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use kit::{Error, ExposeSecret, SecretString};
use kit_web::{Form, Page, status_of};
use serde::Deserialize;
use webex::Role;

use super::outcome::{Answer, Powers, to_mend};
use crate::AdministratorCaller;
use crate::{Directory, Person, PersonDraft};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AdministratorForm {
    first_name: String,
    last_name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "new_administrator.html")]
struct FormPage<'a> {
    form: &'a AdministratorForm,
    problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "administrator_created.html")]
struct Created<'a> {
    person: &'a Person,
    password: &'a str,
}

pub(super) async fn form(AdministratorCaller(caller): AdministratorCaller) -> Answer {
    Powers::require_gives_roles(&caller)?;
    let page = FormPage {
        form: &AdministratorForm::default(),
        problem: None,
    };
    Ok(Page::new("Administrator without licences", &page).into_response())
}

pub(super) async fn create(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<AdministratorForm>,
) -> Answer {
    Powers::require_gives_roles(&caller)?;
    // Without somebody who keeps passwords the account would be of no use: that is known before it is made.
    let passwords = directory.initial_password().ok_or_else(|| {
        Error::unavailable("This Hub runs without sign-in, so that nobody can be given a password.")
    })?;
    match directory.create_person(&caller, draft(&form)).await {
        Ok(person) => {
            let password = first_password(&directory);
            passwords.set(person.id, &password).await?;
            // Not a redirect: the password is shown on this one answer and kept nowhere.
            Ok(Page::new(
                "Administrator added",
                &Created {
                    person: &person,
                    password: password.expose_secret(),
                },
            )
            .into_response())
        }
        Err(error) => shown_again(&form, error),
    }
}

fn draft(form: &AdministratorForm) -> PersonDraft {
    PersonDraft {
        email: Some(form.email.clone()),
        first_name: Some(form.first_name.clone()),
        last_name: Some(form.last_name.clone()),
        roles: vec![Role::FullAdministrator],
        ..PersonDraft::default()
    }
}

fn shown_again(form: &AdministratorForm, error: Error) -> Answer {
    let error = to_mend(error)?;
    let names = form.first_name.trim().is_empty() && form.last_name.trim().is_empty();
    let problem = if names { "Give a name." } else { error.public() };
    let status: StatusCode = status_of(error.kind());
    Ok(Page::new(
        "Administrator without licences",
        &FormPage {
            form,
            problem: Some(problem),
        },
    )
    .with_status(status)
    .into_response())
}

/// Four groups of five characters, about 119 bits, with every kind of character that a policy may ask for.
fn first_password(directory: &Directory) -> SecretString {
    loop {
        let text = directory.randomness().alphanumeric(20);
        let has = |kind: fn(&u8) -> bool| text.bytes().any(|byte| kind(&byte));
        if has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_digit) {
            let groups: Vec<&str> = (0..20).step_by(5).map(|start| &text[start..start + 5]).collect();
            return SecretString::from(groups.join("-"));
        }
    }
}
