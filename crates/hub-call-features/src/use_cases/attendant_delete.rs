use hub_directory::Caller;
use hub_directory::public_api::{FULL_ADMIN, NOT_FOUND, TELEPHONY_WRITE, require};
use hub_numbers::OwnerKind;
use kit::{Error, Result};

use crate::CallFeatures;
use crate::model::attendant::AttendantKey;
use crate::store::{attendants, forwarding};

impl CallFeatures {
    /// Takes an attendant away; its number goes back to the stock of the location.
    pub(crate) async fn delete_attendant(&self, caller: &Caller, key: AttendantKey) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        attendants::lock(&mut transaction, caller.organization_id, key.id).await?;
        attendants::one((&mut transaction).into(), caller.organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        self.numbers()
            .release(&mut transaction, OwnerKind::AutoAttendant, key.id.uuid())
            .await?;
        forwarding::forget(&mut transaction, key.id.uuid()).await?;
        attendants::delete(&mut transaction, key.id).await?;
        transaction.commit().await
    }
}
