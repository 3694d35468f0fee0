use hub_directory::Caller;
use hub_directory::public_api::{NOT_FOUND, TELEPHONY_WRITE, require};
use hub_numbers::OwnerKind;
use kit::{Error, Result};

use crate::model::rights::VIRTUAL_LINE_WRITERS;
use crate::store::virtual_lines;
use crate::{Telephony, VirtualLineId};

impl Telephony {
    /// Takes a virtual line away; its number and extension are free again.
    pub(crate) async fn delete_virtual_line(&self, caller: &Caller, id: VirtualLineId) -> Result<()> {
        require(caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
        let mut transaction = self.database().begin().await?;
        let line = virtual_lines::locked(&mut transaction, caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        self.numbers()
            .release(&mut transaction, OwnerKind::VirtualLine, id.uuid())
            .await?;
        virtual_lines::delete(&mut transaction, &line).await?;
        transaction.commit().await
    }
}
