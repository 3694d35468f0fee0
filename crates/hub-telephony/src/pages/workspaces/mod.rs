//! The pages about workspaces.

mod detail;
mod edit;
mod form;
mod list;
mod remove;

use axum::Router;
use axum::routing::get;
use hub_directory::Caller;
use kit::{Error, Kind, Result};

use crate::model::rights::WORKSPACE_WRITERS;
use crate::use_cases::workspaces::WorkspaceView;
use crate::{Telephony, WorkspaceId};

pub(super) fn router() -> Router<Telephony> {
    Router::new()
        .route("/workspaces", get(list::list))
        .route("/workspaces/new", get(edit::new_form).post(edit::create))
        .route("/workspaces/{workspace_id}", get(detail::show))
        .route(
            "/workspaces/{workspace_id}/edit",
            get(edit::edit_form).post(edit::save),
        )
        .route(
            "/workspaces/{workspace_id}/delete",
            get(remove::ask).post(remove::delete),
        )
}

fn may_write(caller: &Caller) -> bool {
    caller.has_any_role(WORKSPACE_WRITERS)
}

/// Refuses the forms to whoever may only look.
fn require_writes(caller: &Caller) -> Result<()> {
    if may_write(caller) {
        return Ok(());
    }
    Err(Error::forbidden(
        "You can look at workspaces and not change them. A Full Administrator or a Device Administrator can.",
    ))
}

/// The workspace that a path names.
async fn workspace_of(telephony: &Telephony, caller: &Caller, id: &str) -> Result<WorkspaceView> {
    let nothing = || Error::not_found("There is no such workspace in your organization.");
    let id = WorkspaceId::parse(id).map_err(|_| nothing())?;
    match telephony.show_workspace(caller, id).await {
        Err(error) if *error.kind() == Kind::NotFound => Err(nothing()),
        other => other,
    }
}
