use hub_directory::Caller;
use hub_directory::public_api::{ADMINISTRATORS, NOT_FOUND, require};
use kit::{Error, Result};
use kit_sql::Handle;

use super::WorkspaceView;
use crate::model::Workspace;
use crate::model::rights::WORKSPACES_READ;
use crate::store::workspaces;
use crate::{Telephony, WorkspaceId};

impl Telephony {
    /// One workspace.
    pub(crate) async fn show_workspace(&self, caller: &Caller, id: WorkspaceId) -> Result<WorkspaceView> {
        require(caller, WORKSPACES_READ, ADMINISTRATORS)?;
        let on = self.database();
        let workspace = workspaces::by_id(on.into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        self.workspace_view(on.into(), workspace).await
    }

    /// Refuses where the caller's organization has no such workspace. Whether the caller may know is asked before.
    pub(crate) async fn require_workspace(&self, caller: &Caller, id: WorkspaceId) -> Result<()> {
        match workspaces::by_id(self.database().into(), caller.organization_id, id).await? {
            Some(_) => Ok(()),
            None => Err(Error::not_found(NOT_FOUND)),
        }
    }

    /// The workspace with what others keep of it; inside a transaction as it is at that point.
    pub(crate) async fn workspace_view(
        &self,
        mut on: Handle<'_>,
        workspace: Workspace,
    ) -> Result<WorkspaceView> {
        let Some(license_id) = workspace.calling.license_id() else {
            return Ok(WorkspaceView {
                workspace,
                license: None,
                held: None,
            });
        };
        let organization_id = workspace.organization_id;
        let licenses = self
            .directory()
            .licenses_of(on.reborrow(), organization_id)
            .await?;
        let id = workspace.id.uuid();
        let mut held = self.numbers().held_by(on, organization_id, &[id]).await?;
        Ok(WorkspaceView {
            license: licenses.into_iter().find(|license| license.id == license_id),
            held: held.remove(&id),
            workspace,
        })
    }
}
