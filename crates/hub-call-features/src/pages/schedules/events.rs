//! Adding, changing and deleting events.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::AdministratorCaller;
use kit::{Error, Result};
use kit_web::{Form, NoFields, Page, status_of, to_mend};

use super::event_form::EventForm;
use super::{LIST, path_of, schedule_of};
use crate::CallFeatures;
use crate::model::schedule::{Schedule, ScheduleKey};
use crate::model::schedule_event::Event;
use crate::pages::common::{Answer, Choice, require_writes};
use crate::pages::confirm::Confirm;

#[derive(Template)]
#[template(path = "event_form.html")]
struct FormPage<'a> {
    schedule: &'a str,
    path: String,
    form: &'a EventForm,
    repeats: Vec<Choice>,
    weekdays: Vec<Choice>,
    edited: Option<&'a str>,
    problem: Option<&'a str>,
}

fn page(
    schedule: &Schedule,
    form: &EventForm,
    edited: Option<&str>,
    problem: Option<(&str, StatusCode)>,
) -> Response {
    let title = edited.map_or_else(|| "Add an event".to_owned(), |name| format!("Edit {name}"));
    let template = FormPage {
        schedule: &schedule.name,
        path: path_of(schedule),
        form,
        repeats: form.repeats_choices(),
        weekdays: form.weekday_choices(),
        edited,
        problem: problem.map(|(sentence, _)| sentence),
    };
    Page::new(title, &template)
        .with_status(problem.map_or(StatusCode::OK, |(_, status)| status))
        .into_response()
}

pub(super) async fn new_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    let form = EventForm {
        every_weeks: "1".to_owned(),
        ..EventForm::default()
    };
    Ok(page(&schedule, &form, None, None))
}

pub(super) async fn create(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<EventForm>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    let key = ScheduleKey::Id(schedule.id);
    let outcome = match form.event() {
        Ok(event) => call_features.add_event(&caller, &key, event).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=event-created", path_of(&schedule))).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let problem = Some((error.public(), status_of(error.kind())));
            Ok(page(&schedule, &form, None, problem))
        }
    }
}

fn event_of<'a>(schedule: &'a Schedule, name: &str) -> Result<&'a Event> {
    schedule
        .event(name)
        .ok_or_else(|| Error::not_found("The schedule has no such event. It may have been renamed."))
}

pub(super) async fn edit_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path((id, name)): Path<(String, String)>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    let event = event_of(&schedule, &name)?;
    Ok(page(&schedule, &EventForm::of(event), Some(&event.name), None))
}

pub(super) async fn save(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path((id, name)): Path<(String, String)>,
    Form(form): Form<EventForm>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    event_of(&schedule, &name)?;
    let key = ScheduleKey::Id(schedule.id);
    let outcome = match form.event() {
        Ok(event) => {
            call_features
                .change_event(&caller, &key, &name, |_| Ok(event))
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=saved", path_of(&schedule))).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let problem = Some((error.public(), status_of(error.kind())));
            Ok(page(&schedule, &form, Some(&name), problem))
        }
    }
}

pub(super) async fn ask_to_delete(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path((id, name)): Path<(String, String)>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    let event = event_of(&schedule, &name)?;
    let back = path_of(&schedule);
    let confirm = Confirm {
        name: &event.name,
        trail: vec![("Schedules", LIST), (&schedule.name, &back)],
        consequences: vec![format!(
            "“{}” applies at these times no more. There is no way back.",
            schedule.name
        )],
        back: &back,
        problem: None,
    };
    Ok(confirm.ask())
}

pub(super) async fn delete(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path((id, name)): Path<(String, String)>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    event_of(&schedule, &name)?;
    call_features
        .delete_event(&caller, &ScheduleKey::Id(schedule.id), &name)
        .await?;
    Ok(Redirect::to(&format!("{}?done=event-deleted", path_of(&schedule))).into_response())
}
