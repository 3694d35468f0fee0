use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use hub_numbers::Held;
use kit_web::Page;
use webex::{PublicId, ResourceKind};

use super::{may_write, workspace_of};
use crate::Telephony;
use crate::model::{CalendarKind, Workspace};
use crate::pages::shared::{Answer, notice};

#[derive(Template)]
#[template(path = "workspace.html")]
struct WorkspacePage<'a> {
    workspace: &'a Workspace,
    public_id: String,
    location: Option<String>,
    license: Option<String>,
    held: Option<Held>,
    calendar: Option<String>,
    may_write: bool,
    notice: Option<String>,
}

pub(super) async fn show(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let view = workspace_of(&telephony, &caller, &id).await?;
    let workspace = &view.workspace;
    let location = match workspace.location_id {
        Some(id) => {
            let on = telephony.database().into();
            telephony
                .directory()
                .location_of(on, caller.organization_id, id)
                .await?
        }
        None => None,
    };
    let template = WorkspacePage {
        public_id: PublicId::of_uuid(ResourceKind::Place, workspace.id.uuid()).to_string(),
        location: location.map(|location| location.name),
        license: view.license.map(|license| license.name),
        held: view.held,
        calendar: calendar(workspace),
        may_write: may_write(&caller),
        notice: notice(pairs.text("done"), "workspace"),
        workspace,
    };
    Ok(Page::new(workspace.display_name.clone(), &template).into_response())
}

fn calendar(workspace: &Workspace) -> Option<String> {
    let name = match workspace.calendar.kind {
        CalendarKind::None => return None,
        CalendarKind::Google => "Google",
        CalendarKind::Microsoft => "Microsoft",
    };
    let email = workspace.calendar.email.as_deref().unwrap_or_default();
    Some(format!("{name}, {email}"))
}
