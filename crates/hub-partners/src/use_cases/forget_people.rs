use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{ManagedOrganizations, PersonChange, PersonChangeKind, PersonChanged};
use kit::Result;
use kit_sql::Transaction;

use super::CustomersOf;
use crate::Partners;
use crate::store::partnerships;

impl Partners {
    /// What the directory tells of people who go.
    pub fn listener(&self) -> Arc<dyn PersonChanged> {
        Arc::new(ForgetPeople)
    }

    /// What the directory asks whose organizations somebody sees.
    pub fn managed_organizations(&self) -> Arc<dyn ManagedOrganizations> {
        Arc::new(CustomersOf(self.clone()))
    }
}

/// A partner role goes with its holder.
pub(crate) struct ForgetPeople;

#[async_trait]
impl PersonChanged for ForgetPeople {
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        if change.kind == PersonChangeKind::Deleted {
            partnerships::forget(transaction, change.person_id).await?;
        }
        Ok(())
    }
}
