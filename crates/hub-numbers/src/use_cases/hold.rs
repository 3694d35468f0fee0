use hub_directory::OrganizationId;
use kit::{Result, Uuid};
use kit_sql::{Transaction, sql};

use crate::Numbers;

impl Numbers {
    /// Lets these owners keep what they hold until the transaction ends; who holds nothing is passed over. Whoever writes
    /// down that somebody can be called asks this first, before any lock of its own: what takes the numbers away waits then,
    /// and finds what was written.
    pub async fn hold(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        owners: &[Uuid],
    ) -> Result<()> {
        const OWNERS_A_STATEMENT: usize = 500;
        let for_share = transaction.dialect().for_share();
        for chunk in owners.chunks(OWNERS_A_STATEMENT) {
            // In one order for everybody, or two who hold the same people wait for each other.
            sql("SELECT owner_id FROM telephone_number WHERE organization_id = ")
                .push_bind(organization_id.uuid())
                .push(" AND owner_id IN ")
                .push_list(chunk.iter().copied())
                .push(" ORDER BY dial_key")
                .push(for_share)
                .all(&mut *transaction)
                .await?;
        }
        Ok(())
    }
}
