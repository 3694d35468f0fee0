use hub_directory::Caller;
use hub_directory::public_api::{NOT_FOUND, TELEPHONY_WRITE, require};
use kit::{Error, Result};

use crate::model::rights::VIRTUAL_LINE_WRITERS;
use crate::store::virtual_lines;
use crate::{Telephony, VirtualLineId};

impl Telephony {
    /// Shows a virtual line to colleagues who search the directory, or hides it.
    pub(crate) async fn set_directory_search(
        &self,
        caller: &Caller,
        id: VirtualLineId,
        enabled: bool,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
        let mut transaction = self.database().begin().await?;
        let mut line = virtual_lines::locked(&mut transaction, caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        line.directory_search = enabled;
        line.last_modified_at = self.clock().now();
        virtual_lines::update(&mut transaction, &line).await?;
        transaction.commit().await
    }
}
