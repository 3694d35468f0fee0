//! Changing one menu of an attendant.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::AdministratorCaller;
use kit::{Error, Result};
use kit_web::{Form, Page, status_of, to_mend};

use super::menu_form::{KeyLine, Sent, last_actions, lines, menu_of, sent_of, value};
use super::{attendant_of, key_of, path_of};
use crate::CallFeatures;
use crate::model::attendant::{Attendant, AttendantDraft};
use crate::model::attendant_menu::{MediaType, Menu, Retries};
use crate::pages::common::{Answer, Choice, require_writes};

/// Which menu.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hours {
    Business,
    After,
}

impl Hours {
    fn parse(text: &str) -> Result<Self> {
        match text {
            "business" => Ok(Self::Business),
            "after" => Ok(Self::After),
            _ => Err(Error::not_found(
                "An auto attendant has a menu for business hours and one for after hours.",
            )),
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Business => "Business hours menu",
            Self::After => "After hours menu",
        }
    }

    const fn of(self, attendant: &Attendant) -> &Menu {
        match self {
            Self::Business => &attendant.business_hours_menu,
            Self::After => &attendant.after_hours_menu,
        }
    }
}

#[derive(Template)]
#[template(path = "attendant_menu_form.html")]
struct MenuPage<'a> {
    name: &'a str,
    path: String,
    title: &'static str,
    custom: bool,
    extension_enabled: bool,
    file_name: &'a str,
    media_types: Vec<Choice>,
    lines: Vec<KeyLine>,
    retries: Vec<Choice>,
    no_input_timer: &'a str,
    last_actions: Vec<Choice>,
    transfer_to: &'a str,
    problem: Option<&'a str>,
}

fn page(attendant: &Attendant, hours: Hours, sent: &Sent, problem: Option<(&str, StatusCode)>) -> Response {
    let template = MenuPage {
        name: &attendant.name,
        path: path_of(attendant),
        title: hours.title(),
        custom: value(sent, "greeting") == "CUSTOM",
        extension_enabled: sent.contains_key("extension_enabled"),
        file_name: value(sent, "file_name"),
        media_types: MediaType::ALL
            .iter()
            .map(|kind| Choice::new(kind.word(), kind.label(), Some(value(sent, "media_type"))))
            .collect(),
        lines: lines(sent),
        retries: Retries::ALL
            .iter()
            .map(|retries| Choice::new(retries.word(), retries.label(), Some(value(sent, "retries"))))
            .collect(),
        no_input_timer: value(sent, "no_input_timer"),
        last_actions: last_actions(sent),
        transfer_to: value(sent, "transfer_to"),
        problem: problem.map(|(sentence, _)| sentence),
    };
    Page::new(format!("{} of {}", hours.title(), attendant.name), &template)
        .with_status(problem.map_or(StatusCode::OK, |(_, status)| status))
        .into_response()
}

pub(super) async fn form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path((id, hours)): Path<(String, String)>,
) -> Answer {
    require_writes(&caller)?;
    let (attendant, _) = attendant_of(&call_features, &caller, &id).await?;
    let hours = Hours::parse(&hours)?;
    Ok(page(&attendant, hours, &sent_of(hours.of(&attendant)), None))
}

pub(super) async fn save(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path((id, hours)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Answer {
    require_writes(&caller)?;
    let (attendant, _) = attendant_of(&call_features, &caller, &id).await?;
    let hours = Hours::parse(&hours)?;
    let outcome = match menu_of(&sent, hours.of(&attendant)) {
        Ok(menu) => {
            let mut draft = AttendantDraft::default();
            match hours {
                Hours::Business => draft.business_hours_menu = Some(menu),
                Hours::After => draft.after_hours_menu = Some(menu),
            }
            call_features
                .update_attendant(&caller, key_of(&attendant), draft)
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=saved", path_of(&attendant))).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let problem = Some((error.public(), status_of(error.kind())));
            Ok(page(&attendant, hours, &sent, problem))
        }
    }
}
