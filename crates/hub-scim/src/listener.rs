use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{PersonChange, PersonChangeKind, PersonChanged};
use kit::Result;
use kit_sql::Transaction;

use crate::Scim;
use crate::store::{extras, members};

/// Lets what is kept of a person go with the person.
struct Listener(Scim);

impl Scim {
    /// What the directory must tell of its changes.
    pub fn listener(&self) -> Arc<dyn PersonChanged> {
        Arc::new(Listener(self.clone()))
    }
}

#[async_trait]
impl PersonChanged for Listener {
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        if change.kind != PersonChangeKind::Deleted {
            return Ok(());
        }
        members::forget(transaction, change.person_id, self.0.clock().now()).await?;
        extras::remove(transaction, change.organization_id, change.person_id).await
    }
}
