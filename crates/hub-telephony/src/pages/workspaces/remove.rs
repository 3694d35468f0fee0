use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use hub_directory::AdministratorCaller;
use kit_web::{Form, NoFields, Page, status_of, to_mend};

use super::{require_writes, workspace_of};
use crate::Telephony;
use crate::pages::shared::{Answer, freed};
use crate::use_cases::workspaces::WorkspaceView;

#[derive(Template)]
#[template(path = "workspace_delete.html")]
struct DeletePage<'a> {
    name: &'a str,
    id: String,
    consequences: Vec<String>,
    problem: Option<String>,
}

pub(super) async fn ask(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let view = workspace_of(&telephony, &caller, &id).await?;
    Ok(Page::new("Delete a workspace", &page(&view, None)).into_response())
}

pub(super) async fn delete(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    require_writes(&caller)?;
    let view = workspace_of(&telephony, &caller, &id).await?;
    match telephony.delete_workspace(&caller, view.workspace.id).await {
        Ok(()) => Ok(Redirect::to("/workspaces?done=deleted").into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let page = page(&view, Some(error.public().to_owned()));
            Ok(Page::new("Delete a workspace", &page)
                .with_status(status_of(error.kind()))
                .into_response())
        }
    }
}

fn page(view: &WorkspaceView, problem: Option<String>) -> DeletePage<'_> {
    let mut consequences = vec!["The workspace goes. There is no way back.".to_owned()];
    if let Some(license) = &view.license {
        consequences.push(format!("One unit of “{}” is free again.", license.name));
    }
    consequences.extend(freed(view.held.as_ref()));
    DeletePage {
        name: &view.workspace.display_name,
        id: view.workspace.id.to_string(),
        consequences,
        problem,
    }
}
