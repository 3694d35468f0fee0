use async_trait::async_trait;
use hub_directory::{PersonChange, PersonChangeKind, PersonChanged};
use kit::Result;
use kit_sql::Transaction;

use crate::store::requests;

/// Deletes the requests of people who are deleted, together with them.
pub(crate) struct ForgetPeople;

#[async_trait]
impl PersonChanged for ForgetPeople {
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        match change.kind {
            PersonChangeKind::Deleted => requests::forget_person(transaction, change.person_id).await,
            PersonChangeKind::Created
            | PersonChangeKind::ProfileChanged
            | PersonChangeKind::Deactivated
            | PersonChangeKind::Reactivated
            | PersonChangeKind::RolesChanged { .. }
            | PersonChangeKind::PresenceSharingChanged { .. } => Ok(()),
        }
    }
}
