use hub_directory::public_api::{FULL_ADMIN, TELEPHONY_WRITE, require};
use hub_directory::{Caller, LocationId};
use kit::{Result, Uuid};

use crate::CallFeatures;
use crate::model::group::GroupKind;
use crate::store::{forwarding, groups};

impl CallFeatures {
    /// Takes a group away; its number goes back to the stock of its location.
    pub(crate) async fn delete_group(
        &self,
        caller: &Caller,
        location_id: Option<LocationId>,
        kinds: &[GroupKind],
        id: Uuid,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        let group = self
            .group_to_change(&mut transaction, caller, location_id, kinds, id)
            .await?;
        self.numbers()
            .release(&mut transaction, group.kind.owner(), id)
            .await?;
        forwarding::forget(&mut transaction, id).await?;
        groups::delete(&mut transaction, id).await?;
        transaction.commit().await
    }
}
