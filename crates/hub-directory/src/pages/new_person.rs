use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use kit_web::{Form, Page, status_of};

use super::forms::{Offer, PersonForm, Problems};
use super::outcome::{Answer, Powers, to_mend};
use crate::AdministratorCaller;
use crate::Directory;

/// The form, for a new person and for one who is there.
#[derive(Template)]
#[template(path = "person_form.html")]
pub(super) struct FormPage<'a> {
    pub(super) form: &'a PersonForm,
    pub(super) offer: &'a Offer,
    pub(super) problems: &'a Problems,
    /// Name and id of the person who is edited.
    pub(super) edited: Option<(&'a str, String)>,
    pub(super) gives_roles: bool,
}

impl FormPage<'_> {
    fn problem_at(&self, field: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, sentence)| sentence.as_str())
    }
}

pub(super) async fn form(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
) -> Answer {
    Powers::require_writes(&caller)?;
    let form = PersonForm::default();
    let offer = Offer::of(&directory, &caller, &form, None).await?;
    let gives_roles = Powers::of(&caller).gives_roles;
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &Problems::new(),
        edited: None,
        gives_roles,
    };
    Ok(Page::new("Add a person", &page).into_response())
}

pub(super) async fn create(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<PersonForm>,
) -> Answer {
    Powers::require_writes(&caller)?;
    let offer = Offer::of(&directory, &caller, &form, None).await?;
    let mut problems = form.problems(&offer);
    let mut status = StatusCode::BAD_REQUEST;
    if problems.is_empty() {
        match directory
            .create_person(
                &caller,
                form.clone().without_idle_calling(&offer).into_draft(None),
            )
            .await
        {
            Ok(person) => {
                return Ok(Redirect::to(&format!("/users/{}?done=created", person.id)).into_response());
            }
            Err(error) => {
                let error = to_mend(error)?;
                status = status_of(error.kind());
                problems.push(("", error.public().to_owned()));
            }
        }
    }
    let gives_roles = Powers::of(&caller).gives_roles;
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &problems,
        edited: None,
        gives_roles,
    };
    Ok(Page::new("Add a person", &page)
        .with_status(status)
        .into_response())
}
