use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::{AdministratorCaller, Person};
use kit::Kind;
use kit_web::{Form, Page, PageError, status_of};

use super::form::{SettingsForm, in_words_of_the_page};
use super::person_of;
use crate::Telephony;
use crate::model::person_settings::rights::ADMIN_WRITE;

#[derive(Template)]
#[template(path = "person_calling_form.html")]
struct FormPage<'a> {
    person: &'a Person,
    form: SettingsForm,
    problem: Option<(&'static str, String)>,
}

impl FormPage<'_> {
    fn problem_at(&self, field: &str) -> Option<&str> {
        let (at, sentence) = self.problem.as_ref()?;
        (*at == field).then_some(sentence.as_str())
    }
}

pub(super) async fn form(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    ADMIN_WRITE.require(&caller, caller.person_id)?;
    let person = person_of(&telephony, &caller, &id).await?;
    let form = SettingsForm::of(
        telephony.show_setting(&caller, person.id, ADMIN_WRITE).await?,
        telephony.show_setting(&caller, person.id, ADMIN_WRITE).await?,
        &telephony.show_setting(&caller, person.id, ADMIN_WRITE).await?,
        &telephony.show_setting(&caller, person.id, ADMIN_WRITE).await?,
    );
    Ok(page(&person, form, None, StatusCode::OK))
}

pub(super) async fn save(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<SettingsForm>,
) -> Result<Response, PageError> {
    ADMIN_WRITE.require(&caller, caller.person_id)?;
    let person = person_of(&telephony, &caller, &id).await?;
    match telephony
        .change_together(&caller, person.id, form.changes())
        .await
    {
        Ok(()) => Ok(Redirect::to(&format!("/users/{}/calling?done=saved", person.id)).into_response()),
        Err(error) if *error.kind() == Kind::Invalid => {
            let problem = in_words_of_the_page(error.public());
            Ok(page(&person, form, Some(problem), status_of(error.kind())))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(
    person: &Person,
    form: SettingsForm,
    problem: Option<(&'static str, String)>,
    status: StatusCode,
) -> Response {
    let template = FormPage {
        person,
        form,
        problem,
    };
    Page::new(
        format!("Edit the call settings of {}", person.display_name),
        &template,
    )
    .with_status(status)
    .into_response()
}
