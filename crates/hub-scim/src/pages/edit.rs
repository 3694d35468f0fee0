use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use hub_directory::AdministratorCaller;
use kit::Error;
use kit_web::{Form, NoFields, Page, status_of, to_mend};
use serde::Deserialize;

use super::{Answer, group_of, require_writes};
use crate::Scim;
use crate::model::group::Group;
use crate::model::rights;
use crate::use_cases::GroupEdit;

/// What the form says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GroupForm {
    name: String,
    description: String,
}

impl GroupForm {
    fn edit(&self) -> GroupEdit {
        GroupEdit {
            display_name: Some(self.name.clone()),
            description: Some(self.description.clone()),
            ..GroupEdit::default()
        }
    }
}

#[derive(Template)]
#[template(path = "group_form.html")]
struct FormPage<'a> {
    form: &'a GroupForm,
    edited: Option<&'a Group>,
    problem: Option<String>,
}

fn page(form: &GroupForm, edited: Option<&Group>, problem: Option<&Error>) -> axum::response::Response {
    let title = edited.map_or("Add a group", |_| "Edit group");
    let status = problem.map_or(StatusCode::OK, |error| status_of(error.kind()));
    let template = FormPage {
        form,
        edited,
        // The sentence is the API's, which knows the name as `displayName`.
        problem: problem.map(|error| error.public().replace("displayName", "name")),
    };
    Page::new(title, &template).with_status(status).into_response()
}

pub(super) async fn new_form(AdministratorCaller(caller): AdministratorCaller) -> Answer {
    require_writes(&caller)?;
    Ok(page(&GroupForm::default(), None, None))
}

pub(super) async fn create(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<GroupForm>,
) -> Answer {
    require_writes(&caller)?;
    match scim.add_group(&caller, &form.edit(), &BTreeSet::new()).await {
        Ok(group) => Ok(Redirect::to(&format!("/groups/{}?done=created", group.id)).into_response()),
        Err(error) => Ok(page(&form, None, Some(&to_mend(error)?))),
    }
}

pub(super) async fn form(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let group = group_of(&scim, &caller, &id).await?;
    let form = GroupForm {
        name: group.display_name.clone(),
        description: group.description.clone().unwrap_or_default(),
    };
    Ok(page(&form, Some(&group), None))
}

pub(super) async fn save(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<GroupForm>,
) -> Answer {
    require_writes(&caller)?;
    let group = group_of(&scim, &caller, &id).await?;
    match scim.edit_group(&caller, group.id, &form.edit()).await {
        Ok(group) => Ok(Redirect::to(&format!("/groups/{}?done=saved", group.id)).into_response()),
        Err(error) => Ok(page(&form, Some(&group), Some(&to_mend(error)?))),
    }
}

#[derive(Template)]
#[template(path = "group_delete.html")]
struct Confirm<'a> {
    group: &'a Group,
}

pub(super) async fn ask_to_delete(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let group = group_of(&scim, &caller, &id).await?;
    Ok(Page::new("Delete group", &Confirm { group: &group }).into_response())
}

pub(super) async fn delete(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    require_writes(&caller)?;
    let group = group_of(&scim, &caller, &id).await?;
    scim.delete_group(&caller, group.id, None, rights::GROUPS_WRITE)
        .await
        .map_err(Error::from)?;
    Ok(Redirect::to("/groups?done=deleted").into_response())
}
