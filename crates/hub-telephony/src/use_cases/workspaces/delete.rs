use hub_directory::Caller;
use hub_directory::public_api::{NOT_FOUND, require};
use kit::{Error, Result};

use crate::model::rights::{WORKSPACE_WRITERS, WORKSPACES_WRITE};
use crate::store::workspaces;
use crate::{Telephony, WorkspaceId};

impl Telephony {
    /// Takes a workspace away; its licence and its numbers are free again.
    pub(crate) async fn delete_workspace(&self, caller: &Caller, id: WorkspaceId) -> Result<()> {
        require(caller, WORKSPACES_WRITE, WORKSPACE_WRITERS)?;
        let mut transaction = self.database().begin().await?;
        let workspace = workspaces::locked(&mut transaction, caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        self.take_calling_away(&mut transaction, &workspace).await?;
        workspaces::delete(&mut transaction, &workspace).await?;
        transaction.commit().await
    }
}
