use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{PersonChange, PersonChangeKind, PersonChanged};
use kit::{Result, SharedClock};
use kit_sql::Transaction;
use webex::Role;

use crate::Identity;
use crate::store::{credentials, epochs, sessions, tickets};

/// Ends what must end when a person changes, inside the transaction that changes them. It needs no [`Identity`],
/// so that the directory can be wired with it before there is one.
pub fn security_listener(clock: SharedClock) -> Arc<dyn PersonChanged> {
    Arc::new(SecurityListener { clock })
}

impl Identity {
    /// See [`security_listener`].
    pub fn listener(&self) -> Arc<dyn PersonChanged> {
        security_listener(self.clock().clone())
    }
}

struct SecurityListener {
    clock: SharedClock,
}

#[async_trait]
impl PersonChanged for SecurityListener {
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        let (person, now) = (change.person_id, self.clock.now());
        match &change.kind {
            PersonChangeKind::Deactivated => {
                epochs::bump_everything(transaction, person, now).await?;
                sessions::end_all(&mut *transaction, person, None, now).await?;
                tickets::remove_of(transaction, person).await?;
            }
            PersonChangeKind::Deleted => {
                epochs::bump_everything(transaction, person, now).await?;
                sessions::end_all(&mut *transaction, person, None, now).await?;
                credentials::remove(transaction, person).await?;
            }
            PersonChangeKind::RolesChanged { lost, gained: _ } => {
                if lost.contains(&Role::FullAdministrator) {
                    epochs::bump_administrative(transaction, person, now).await?;
                }
            }
            // A link that was mailed to an address that is theirs no more must open nothing.
            PersonChangeKind::ProfileChanged => tickets::remove_of(transaction, person).await?,
            PersonChangeKind::Created
            | PersonChangeKind::Reactivated
            | PersonChangeKind::PresenceSharingChanged { .. } => {}
        }
        Ok(())
    }
}
