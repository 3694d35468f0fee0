use async_trait::async_trait;
use kit::{Result, Uuid};
use kit_sql::Transaction;

use crate::OwnerKind;

/// Told inside the transaction in which somebody loses everything they hold: whoever refers to them (agents, members,
/// who is monitored) removes the reference.
#[async_trait]
pub trait OwnerReleased: Send + Sync {
    /// Does whatever depends on it.
    async fn owner_released(&self, transaction: &mut Transaction, kind: OwnerKind, id: Uuid) -> Result<()>;
}
