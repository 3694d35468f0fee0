use hub_directory::OrganizationId;
use kit::{Result, Uuid};
use kit_sql::{Transaction, sql};

use crate::store::{entries, writes};
use crate::{Numbers, OwnerKind};

impl Numbers {
    /// Takes everything from an owner: numbers go back to the stock of their location, extensions are free again.
    /// Whoever listens hears of it, even where nothing was held.
    pub async fn release(&self, transaction: &mut Transaction, kind: OwnerKind, id: Uuid) -> Result<()> {
        self.take_everything(transaction, kind, id).await?;
        self.announce_release(transaction, kind, id).await
    }

    /// The same without a word to anybody; says whether something was held.
    pub(crate) async fn take_everything(
        &self,
        transaction: &mut Transaction,
        kind: OwnerKind,
        id: Uuid,
    ) -> Result<bool> {
        let held = entries::owned_by((&mut *transaction).into(), kind, id).await?;
        let Some(organization_id) = organization_of(transaction, id).await? else {
            return Ok(false);
        };
        for entry in &held {
            writes::give_back(transaction, organization_id, entry).await?;
        }
        Ok(!held.is_empty())
    }
}

async fn organization_of(transaction: &mut Transaction, id: Uuid) -> Result<Option<OrganizationId>> {
    let row = sql("SELECT organization_id FROM telephone_number WHERE owner_id = $1")
        .bind(id)
        .optional(transaction)
        .await?;
    row.map(|row| row.uuid("organization_id").map(OrganizationId::new))
        .transpose()
}
