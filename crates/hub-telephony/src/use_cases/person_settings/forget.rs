use std::sync::Arc;

use async_trait::async_trait;
use hub_numbers::{OwnerKind, OwnerReleased};
use kit::{Result, Uuid};
use kit_sql::Transaction;

use crate::Telephony;
use crate::store::person_settings::{forget_person, forget_target};

/// Lets the settings follow who has calling.
struct Forget;

impl Telephony {
    /// What the stock of numbers tells of everybody who loses calling.
    pub fn release_listener(&self) -> Arc<dyn OwnerReleased> {
        Arc::new(Forget)
    }
}

#[async_trait]
impl OwnerReleased for Forget {
    async fn owner_released(&self, transaction: &mut Transaction, kind: OwnerKind, id: Uuid) -> Result<()> {
        if kind == OwnerKind::Person {
            forget_person(transaction, id).await?;
        }
        forget_target(transaction, kind, id).await
    }
}
