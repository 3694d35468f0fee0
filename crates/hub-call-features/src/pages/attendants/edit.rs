//! Creating an attendant, and changing its settings.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use hub_directory::public_api::Pairs;
use hub_directory::{AdministratorCaller, Caller, Location, LocationId};
use kit::{Error, Result, Uuid};
use kit_web::{Form, Page, status_of, to_mend};

use super::form::{AttendantForm, form_page};
use super::{LIST, NEW, attendant_of, key_of, path_of};
use crate::CallFeatures;
use crate::model::attendant_menu::Menu;
use crate::pages::common::{Answer, Choice, location_choices, missing, require_writes};

/// Schedules and numbers depend on the location: it is chosen first.
#[derive(Template)]
#[template(path = "feature_location.html")]
struct ChooseLocation {
    title: &'static str,
    trail: (&'static str, &'static str),
    action: &'static str,
    locations: Vec<Choice>,
}

pub(super) async fn new_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    require_writes(&caller)?;
    let Some(location) = pairs.text("location") else {
        let page = ChooseLocation {
            title: "Create an auto attendant",
            trail: ("Auto attendants", LIST),
            action: NEW,
            locations: location_choices(&call_features, &caller, None).await?,
        };
        return Ok(Page::new("Create an auto attendant", &page).into_response());
    };
    let place = place_of(&call_features, &caller, location).await?;
    let form = AttendantForm {
        location: place.id.to_string(),
        enabled: Some("on".to_owned()),
        ..AttendantForm::default()
    };
    Ok(form_page(&call_features, &caller, &place, &form, None, None).await?)
}

pub(super) async fn create(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<AttendantForm>,
) -> Answer {
    require_writes(&caller)?;
    let place = place_of(&call_features, &caller, &form.location).await?;
    match try_to_create(&call_features, &caller, &place, form.clone()).await {
        Ok(path) => Ok(Redirect::to(&format!("{path}?done=created")).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let problem = Some((error.public(), status_of(error.kind())));
            Ok(form_page(&call_features, &caller, &place, &form, None, problem).await?)
        }
    }
}

async fn try_to_create(
    call_features: &CallFeatures,
    caller: &Caller,
    place: &Location,
    form: AttendantForm,
) -> Result<String> {
    let mut draft = form.into_draft()?;
    draft.business_hours_menu = Some(Menu::first());
    draft.after_hours_menu = Some(Menu::first());
    let id = call_features.create_attendant(caller, place.id, draft).await?;
    Ok(format!("{LIST}/{id}"))
}

pub(super) async fn edit_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let (attendant, held) = attendant_of(&call_features, &caller, &id).await?;
    let place = place_of(&call_features, &caller, &attendant.location_id.to_string()).await?;
    let form = AttendantForm::of(&attendant, held.as_ref());
    let edited = Some((attendant.name.as_str(), path_of(&attendant)));
    Ok(form_page(&call_features, &caller, &place, &form, edited, None).await?)
}

pub(super) async fn save(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<AttendantForm>,
) -> Answer {
    require_writes(&caller)?;
    let (attendant, _) = attendant_of(&call_features, &caller, &id).await?;
    let outcome = match form.clone().into_draft() {
        Ok(draft) => {
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
            let place = place_of(&call_features, &caller, &attendant.location_id.to_string()).await?;
            let edited = Some((attendant.name.as_str(), path_of(&attendant)));
            let problem = Some((error.public(), status_of(error.kind())));
            Ok(form_page(&call_features, &caller, &place, &form, edited, problem).await?)
        }
    }
}

async fn place_of(call_features: &CallFeatures, caller: &Caller, id: &str) -> Result<Location> {
    const NONE: &str = "There is no such location with calling in your organization.";
    let id = Uuid::parse_str(id).map_err(|_| Error::not_found(NONE))?;
    call_features
        .calling_place(
            call_features.database().into(),
            caller.organization_id,
            LocationId::new(id),
        )
        .await
        .map_err(|error| missing(error, NONE))
}
