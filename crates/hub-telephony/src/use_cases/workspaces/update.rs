use hub_directory::Caller;
use hub_directory::public_api::{NOT_FOUND, require};
use kit::{Error, Result};

use super::WorkspaceView;
use crate::model::WorkspaceDraft;
use crate::model::rights::{WORKSPACE_WRITERS, WORKSPACES_WRITE};
use crate::store::workspaces;
use crate::{Telephony, WorkspaceId};

impl Telephony {
    /// Replaces a workspace by what the draft describes.
    pub(crate) async fn update_workspace(
        &self,
        caller: &Caller,
        id: WorkspaceId,
        draft: WorkspaceDraft,
    ) -> Result<WorkspaceView> {
        require(caller, WORKSPACES_WRITE, WORKSPACE_WRITERS)?;
        let organization_id = caller.organization_id;
        let mut transaction = self.database().begin().await?;
        let before = workspaces::locked(&mut transaction, organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let calling = draft.calling.clone();
        let mut workspace = draft.applied(&before, self.clock().now())?;
        if let Some(location_id) = workspace.location_id.filter(|_| before.location_id.is_none()) {
            self.location_held(&mut transaction, organization_id, "locationId", location_id)
                .await?;
        }
        self.settle_calling(&mut transaction, &mut workspace, calling)
            .await?;
        workspaces::update(&mut transaction, &workspace).await?;
        let view = self.workspace_view((&mut transaction).into(), workspace).await?;
        transaction.commit().await?;
        Ok(view)
    }
}
