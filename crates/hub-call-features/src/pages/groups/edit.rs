//! Creating a hunt group or a queue, and changing its settings.

use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use hub_directory::{AdministratorCaller, Caller, LocationId};
use kit::{Error, Result, Uuid};
use kit_web::{Form, Page, status_of, to_mend};

use super::Part;
use super::form::{GroupForm, Problems, field_of, form_page};
use crate::CallFeatures;
use crate::model::group::GroupKind;
use crate::pages::common::{Answer, missing, require_writes};

pub(super) async fn new_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let form = GroupForm::fresh();
    let problems = Problems::new();
    let page = form_page(&call_features, &caller, part, &form, &problems, None).await?;
    Ok(Page::new(format!("Create a {}", part.noun()), &page).into_response())
}

pub(super) async fn create(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Form(form): Form<GroupForm>,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let mut problems = form.problems(part, true);
    let mut status = StatusCode::BAD_REQUEST;
    if problems.is_empty() {
        match try_to_create(&call_features, &caller, part, &form).await {
            Ok(id) => return Ok(Redirect::to(&format!("{}/{id}?done=created", part.each())).into_response()),
            Err(error) => {
                let error = to_mend(error)?;
                status = status_of(error.kind());
                problems.push((field_of(&error), error.public().to_owned()));
            }
        }
    }
    let page = form_page(&call_features, &caller, part, &form, &problems, None).await?;
    Ok(Page::new(format!("Create a {}", part.noun()), &page)
        .with_status(status)
        .into_response())
}

async fn try_to_create(
    call_features: &CallFeatures,
    caller: &Caller,
    part: Part,
    form: &GroupForm,
) -> Result<Uuid> {
    const NOWHERE: &str = "There is no such location with calling in your organization.";
    let place = Uuid::parse_str(&form.location).map_err(|_| Error::invalid(NOWHERE))?;
    let kind = match part {
        Part::HuntGroups => GroupKind::HuntGroup,
        Part::Queues => GroupKind::queue(form.customer_assist.is_some()),
    };
    call_features
        .create_group(caller, LocationId::new(place), kind, &form.body(part, true))
        .await
        .map_err(|error| missing(error, NOWHERE))
}

pub(super) async fn edit_form(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let view = part.group(&call_features, &caller, &id).await?;
    let form = GroupForm::of(&view);
    let problems = Problems::new();
    let page = form_page(&call_features, &caller, part, &form, &problems, Some(&view)).await?;
    Ok(Page::new(format!("Edit {}", view.group.name), &page).into_response())
}

pub(super) async fn save(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    Path(id): Path<String>,
    Form(form): Form<GroupForm>,
) -> Answer {
    require_writes(&caller)?;
    let part = Part::of(&uri);
    let view = part.group(&call_features, &caller, &id).await?;
    let mut problems = form.problems(part, false);
    let mut status = StatusCode::BAD_REQUEST;
    if problems.is_empty() {
        let body = form.body(part, false);
        let id = view.group.id;
        match call_features
            .change_group(&caller, None, part.kinds(), id, &body)
            .await
        {
            Ok(()) => return Ok(Redirect::to(&format!("{}/{id}?done=saved", part.each())).into_response()),
            Err(error) => {
                let error = to_mend(error)?;
                status = status_of(error.kind());
                problems.push((field_of(&error), error.public().to_owned()));
            }
        }
    }
    let page = form_page(&call_features, &caller, part, &form, &problems, Some(&view)).await?;
    Ok(Page::new(format!("Edit {}", view.group.name), &page)
        .with_status(status)
        .into_response())
}
