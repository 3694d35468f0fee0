//! Creating, renaming and deleting a schedule.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::{AdministratorCaller, Caller, LocationId};
use kit::{Error, Result, Uuid};
use kit_web::{Form, NoFields, Page, status_of, to_mend};
use serde::Deserialize;

use super::{LIST, path_of, schedule_of};
use crate::CallFeatures;
use crate::model::schedule::{Schedule, ScheduleDraft, ScheduleKey, ScheduleKind, schedule_name};
use crate::pages::common::{Answer, Choice, location_choices, require_writes};
use crate::pages::confirm::Confirm;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ScheduleForm {
    location: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
}

#[derive(Template)]
#[template(path = "schedule_form.html")]
struct FormPage<'a> {
    name: &'a str,
    locations: Vec<Choice>,
    kinds: Vec<Choice>,
    /// Name and path of the schedule that is renamed.
    edited: Option<(&'a str, String)>,
    problem: Option<&'a str>,
}

async fn new_page(
    call_features: &CallFeatures,
    caller: &Caller,
    form: &ScheduleForm,
    problem: Option<(&str, StatusCode)>,
) -> Result<Response> {
    let page = FormPage {
        name: &form.name,
        locations: location_choices(call_features, caller, Some(&form.location)).await?,
        kinds: ScheduleKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.word(), kind.label(), Some(&form.kind)))
            .collect(),
        edited: None,
        problem: problem.map(|(sentence, _)| sentence),
    };
    Ok(Page::new("Create a schedule", &page)
        .with_status(problem.map_or(StatusCode::OK, |(_, status)| status))
        .into_response())
}

pub(super) async fn new_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
) -> Answer {
    require_writes(&caller)?;
    Ok(new_page(&call_features, &caller, &ScheduleForm::default(), None).await?)
}

pub(super) async fn create(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<ScheduleForm>,
) -> Answer {
    require_writes(&caller)?;
    match try_to_create(&call_features, &caller, &form).await {
        Ok(schedule) => Ok(Redirect::to(&format!("{}?done=created", path_of(&schedule))).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let problem = Some((error.public(), status_of(error.kind())));
            Ok(new_page(&call_features, &caller, &form, problem).await?)
        }
    }
}

async fn try_to_create(
    call_features: &CallFeatures,
    caller: &Caller,
    form: &ScheduleForm,
) -> Result<Schedule> {
    let location = Uuid::parse_str(&form.location).map_err(|_| Error::invalid("Choose a location."))?;
    let kind = ScheduleKind::parse(&form.kind).ok_or_else(|| Error::invalid("Choose a type."))?;
    let draft = ScheduleDraft {
        kind,
        name: schedule_name(Some(form.name.clone()))?,
        events: Vec::new(),
    };
    call_features
        .create_schedule(caller, LocationId::new(location), draft)
        .await
}

fn rename_page(schedule: &Schedule, name: &str, problem: Option<(&str, StatusCode)>) -> Response {
    let page = FormPage {
        name,
        locations: Vec::new(),
        kinds: Vec::new(),
        edited: Some((&schedule.name, path_of(schedule))),
        problem: problem.map(|(sentence, _)| sentence),
    };
    Page::new(format!("Rename {}", schedule.name), &page)
        .with_status(problem.map_or(StatusCode::OK, |(_, status)| status))
        .into_response()
}

pub(super) async fn edit_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    Ok(rename_page(&schedule, &schedule.name, None))
}

pub(super) async fn save(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<ScheduleForm>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    let renamed = match schedule_name(Some(form.name.clone())) {
        Ok(name) => {
            let rename = |schedule: &mut Schedule| {
                schedule.name = name;
                Ok(())
            };
            call_features
                .change_schedule(&caller, &ScheduleKey::Id(schedule.id), rename)
                .await
        }
        Err(error) => Err(error),
    };
    match renamed {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=saved", path_of(&schedule))).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let problem = Some((error.public(), status_of(error.kind())));
            Ok(rename_page(&schedule, &form.name, problem))
        }
    }
}

pub(super) async fn ask_to_delete(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    Ok(confirm(&schedule, &path_of(&schedule)).ask())
}

pub(super) async fn delete(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    require_writes(&caller)?;
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    match call_features
        .delete_schedule(&caller, &ScheduleKey::Id(schedule.id))
        .await
    {
        Ok(()) => Ok(Redirect::to(&format!("{LIST}?done=deleted")).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            Ok(confirm(&schedule, &path_of(&schedule)).refused(&error))
        }
    }
}

fn confirm<'a>(schedule: &'a Schedule, back: &'a str) -> Confirm<'a> {
    Confirm {
        name: &schedule.name,
        trail: vec![("Schedules", LIST), (&schedule.name, back)],
        consequences: vec!["The schedule and its events are gone. There is no way back.".to_owned()],
        back,
        problem: None,
    }
}
