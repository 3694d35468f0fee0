use hub_directory::Caller;
use hub_directory::public_api::{NOT_FOUND, require};
use kit::{Error, Result};

use super::WorkspaceView;
use crate::model::rights::{WORKSPACE_WRITERS, WORKSPACES_WRITE};
use crate::model::{NewWorkspace, WorkspaceDraft};
use crate::store::workspaces;
use crate::{Telephony, WorkspaceId};

impl Telephony {
    /// Makes a workspace, with calling where the draft says so.
    pub(crate) async fn create_workspace(
        &self,
        caller: &Caller,
        draft: WorkspaceDraft,
    ) -> Result<WorkspaceView> {
        require(caller, WORKSPACES_WRITE, WORKSPACE_WRITERS)?;
        let organization_id = caller.organization_id;
        let organization = self
            .directory()
            .organization(organization_id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let new = NewWorkspace {
            id: WorkspaceId::random(self.randomness().as_ref()),
            organization_id,
            domain: &organization.domain,
        };
        let calling = draft.calling.clone();
        let mut workspace = draft.made(&new, self.clock().now())?;
        let mut transaction = self.database().begin().await?;
        if let Some(location_id) = workspace.location_id {
            self.location_held(&mut transaction, organization_id, "locationId", location_id)
                .await?;
        }
        self.settle_calling(&mut transaction, &mut workspace, calling)
            .await?;
        workspaces::insert(&mut transaction, std::slice::from_ref(&workspace)).await?;
        let view = self.workspace_view((&mut transaction).into(), workspace).await?;
        transaction.commit().await?;
        Ok(view)
    }
}
