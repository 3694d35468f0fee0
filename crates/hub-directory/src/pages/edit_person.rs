use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use kit_web::{Form, Page, status_of};

use super::forms::{Offer, PersonForm, Problems};
use super::new_person::FormPage;
use super::outcome::{Answer, Powers, person_of, to_mend};
use crate::AdministratorCaller;
use crate::Directory;

pub(super) async fn form(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    Powers::require_writes(&caller)?;
    let person = person_of(&directory, &caller, &id).await?;
    let form = PersonForm::of(&person);
    let offer = Offer::of(&directory, &caller, &form, Some(&person)).await?;
    let edited = Some((person.display_name.as_str(), person.id.to_string()));
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &Problems::new(),
        edited,
        gives_roles: false,
    };
    Ok(Page::new(format!("Edit {}", person.display_name), &page).into_response())
}

pub(super) async fn save(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<PersonForm>,
) -> Answer {
    Powers::require_writes(&caller)?;
    let person = person_of(&directory, &caller, &id).await?;
    let offer = Offer::of(&directory, &caller, &form, Some(&person)).await?;
    let mut problems = form.problems(&offer);
    let mut status = StatusCode::BAD_REQUEST;
    if problems.is_empty() {
        let draft = form
            .clone()
            .without_idle_calling(&offer)
            .into_draft(Some(&person));
        match directory.update_person(&caller, person.id, draft).await {
            Ok(_) => return Ok(Redirect::to(&format!("/users/{}?done=saved", person.id)).into_response()),
            Err(error) => {
                let error = to_mend(error)?;
                status = status_of(error.kind());
                problems.push(("", error.public().to_owned()));
            }
        }
    }
    let edited = Some((person.display_name.as_str(), person.id.to_string()));
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &problems,
        edited,
        gives_roles: false,
    };
    Ok(Page::new(format!("Edit {}", person.display_name), &page)
        .with_status(status)
        .into_response())
}
