use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use hub_directory::AdministratorCaller;
use kit_web::{Form, Page};

use super::form::{Offer, WorkspaceForm};
use super::{require_writes, workspace_of};
use crate::Telephony;
use crate::pages::shared::{Answer, Problems, attempt, problem_at};

/// The form, for a new workspace and for one that is there.
#[derive(Template)]
#[template(path = "workspace_form.html")]
struct FormPage<'a> {
    form: &'a WorkspaceForm,
    offer: &'a Offer,
    problems: &'a Problems,
    /// Name and id of the workspace that is edited.
    edited: Option<(&'a str, String)>,
}

impl FormPage<'_> {
    fn problem_at(&self, field: &str) -> Option<&str> {
        problem_at(self.problems, field)
    }
}

pub(super) async fn new_form(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
) -> Answer {
    require_writes(&caller)?;
    let form = WorkspaceForm {
        calling: "freeCalling".to_owned(),
        ..WorkspaceForm::default()
    };
    let page = FormPage {
        offer: &Offer::of(&telephony, &caller, &form, None).await?,
        form: &form,
        problems: &Problems::new(),
        edited: None,
    };
    Ok(Page::new("Add a workspace", &page).into_response())
}

pub(super) async fn create(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<WorkspaceForm>,
) -> Answer {
    require_writes(&caller)?;
    let offer = Offer::of(&telephony, &caller, &form, None).await?;
    let mut problems = form.problems(&offer);
    let made = attempt(&mut problems, async {
        let draft = form.clone().into_draft(None)?;
        telephony.create_workspace(&caller, draft).await
    });
    let status = match made.await? {
        Ok(view) => {
            let path = format!("/workspaces/{}?done=created", view.workspace.id);
            return Ok(Redirect::to(&path).into_response());
        }
        Err(status) => status,
    };
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &problems,
        edited: None,
    };
    Ok(Page::new("Add a workspace", &page)
        .with_status(status)
        .into_response())
}

pub(super) async fn edit_form(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let view = workspace_of(&telephony, &caller, &id).await?;
    let form = WorkspaceForm::of(&view);
    let page = FormPage {
        offer: &Offer::of(&telephony, &caller, &form, Some(&view)).await?,
        form: &form,
        problems: &Problems::new(),
        edited: Some((&view.workspace.display_name, view.workspace.id.to_string())),
    };
    Ok(Page::new("Edit a workspace", &page).into_response())
}

pub(super) async fn save(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<WorkspaceForm>,
) -> Answer {
    require_writes(&caller)?;
    let view = workspace_of(&telephony, &caller, &id).await?;
    let id = view.workspace.id;
    let offer = Offer::of(&telephony, &caller, &form, Some(&view)).await?;
    let mut problems = form.problems(&offer);
    let saved = attempt(&mut problems, async {
        let draft = form.clone().into_draft(Some(&view))?;
        telephony.update_workspace(&caller, id, draft).await
    });
    let status = match saved.await? {
        Ok(_) => return Ok(Redirect::to(&format!("/workspaces/{id}?done=saved")).into_response()),
        Err(status) => status,
    };
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &problems,
        edited: Some((&view.workspace.display_name, id.to_string())),
    };
    Ok(Page::new("Edit a workspace", &page)
        .with_status(status)
        .into_response())
}
