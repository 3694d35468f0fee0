//! The form of an attendant's settings.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use hub_directory::{Caller, Location};
use hub_numbers::Held;
use kit::Result;
use kit_web::Page;
use serde::Deserialize;

use crate::CallFeatures;
use crate::model::attendant::{Attendant, AttendantDraft, CallerIdName, Reach};
use crate::model::schedule::ScheduleKind;
use crate::pages::common::Choice;
use crate::use_cases::schedules_list::ScheduleQuery;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AttendantForm {
    pub(super) location: String,
    pub(super) name: String,
    pub(super) enabled: Option<String>,
    pub(super) number: String,
    pub(super) extension: String,
    pub(super) business_schedule: String,
    pub(super) holiday_schedule: String,
    pub(super) language_code: String,
    pub(super) time_zone: String,
    pub(super) extension_dialing: String,
    pub(super) name_dialing: String,
    pub(super) dial_by_name: String,
    pub(super) caller_id_name: String,
}

impl AttendantForm {
    /// The form of an attendant as it is.
    pub(super) fn of(attendant: &Attendant, held: Option<&Held>) -> Self {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Self {
            location: attendant.location_id.to_string(),
            name: attendant.name.clone(),
            enabled: attendant.enabled.then(|| "on".to_owned()),
            number: text(held.and_then(|held| held.number.as_ref())),
            extension: text(held.and_then(|held| held.extension.as_ref())),
            business_schedule: attendant.business_schedule.name.clone(),
            holiday_schedule: text(attendant.holiday_schedule.as_ref().map(|schedule| &schedule.name)),
            language_code: attendant.language_code.clone(),
            time_zone: attendant.time_zone.clone(),
            extension_dialing: attendant.extension_dialing.word().to_owned(),
            name_dialing: attendant.name_dialing.word().to_owned(),
            dial_by_name: text(attendant.dial_by_name.as_ref()),
            caller_id_name: match &attendant.caller_id_name {
                CallerIdName::DisplayName => String::new(),
                CallerIdName::Custom(name) => name.clone(),
            },
        }
    }

    /// What the attendant shall be; the menus are not part of this form.
    pub(super) fn into_draft(self) -> Result<AttendantDraft> {
        let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        AttendantDraft {
            name: Some(self.name),
            enabled: Some(self.enabled.is_some()),
            number: Some(filled(self.number)),
            extension: Some(filled(self.extension)),
            alternates: None,
            language_code: filled(self.language_code),
            time_zone: filled(self.time_zone),
            business_schedule: Some(self.business_schedule),
            holiday_schedule: Some(filled(self.holiday_schedule)),
            extension_dialing: filled(self.extension_dialing)
                .map(|word| Reach::parse("extensionDialing", &word))
                .transpose()?,
            name_dialing: filled(self.name_dialing)
                .map(|word| Reach::parse("nameDialing", &word))
                .transpose()?,
            business_hours_menu: None,
            after_hours_menu: None,
            first_name: None,
            last_name: None,
            caller_id_name: Some(
                filled(self.caller_id_name).map_or(CallerIdName::DisplayName, CallerIdName::Custom),
            ),
            dial_by_name: Some(filled(self.dial_by_name)),
        }
        .checked()
    }
}

#[derive(Template)]
#[template(path = "attendant_form.html")]
struct FormPage<'a> {
    form: &'a AttendantForm,
    location: &'a str,
    business_schedules: Vec<Choice>,
    holiday_schedules: Vec<Choice>,
    extension_dialing: Vec<Choice>,
    name_dialing: Vec<Choice>,
    /// Name and path of the attendant that is edited.
    edited: Option<(&'a str, String)>,
    problem: Option<&'a str>,
}

/// The form with what the location offers.
pub(super) async fn form_page(
    call_features: &CallFeatures,
    caller: &Caller,
    place: &Location,
    form: &AttendantForm,
    edited: Option<(&str, String)>,
    problem: Option<(&str, StatusCode)>,
) -> Result<Response> {
    let schedules = async |kind, chosen: &str| {
        let query = ScheduleQuery {
            location_id: Some(place.id),
            kind: Some(kind),
            max: 1_000,
            ..ScheduleQuery::default()
        };
        let (entries, _) = call_features.list_schedules(caller, &query).await?;
        let choice = |name: String| Choice::new(name.clone(), name, Some(chosen));
        Result::Ok(
            entries
                .into_iter()
                .map(|entry| choice(entry.name))
                .collect::<Vec<_>>(),
        )
    };
    let reaches = |chosen: &str| {
        Reach::ALL
            .into_iter()
            .map(|reach| Choice::new(reach.word(), reach.label(), Some(chosen)))
            .collect()
    };
    let title = if edited.is_some() {
        "Edit an auto attendant"
    } else {
        "Create an auto attendant"
    };
    let page = FormPage {
        form,
        location: &place.name,
        business_schedules: schedules(ScheduleKind::BusinessHours, &form.business_schedule).await?,
        holiday_schedules: schedules(ScheduleKind::Holidays, &form.holiday_schedule).await?,
        extension_dialing: reaches(&form.extension_dialing),
        name_dialing: reaches(&form.name_dialing),
        edited,
        problem: problem.map(|(sentence, _)| sentence),
    };
    let status = problem.map_or(StatusCode::OK, |(_, status)| status);
    Ok(Page::new(title, &page).with_status(status).into_response())
}
