//! What changes elsewhere and matters here: people, locations, and who still has a number.

use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{
    LocationChangeKind, LocationChanged, LocationId, OrganizationId, PersonChange, PersonChangeKind,
    PersonChanged,
};
use hub_numbers::{OwnerKind, OwnerReleased};
use kit::{Error, Result, Uuid};
use kit_sql::Transaction;

use crate::CallFeatures;
use crate::store::{agents, attendants, groups, schedules};

impl CallFeatures {
    /// Takes people who leave out of everything that they are an agent of.
    pub fn listener(&self) -> Arc<dyn PersonChanged> {
        Arc::new(Listener)
    }

    /// The same for whoever loses their number: people without calling, virtual lines and workspaces that go.
    pub fn release_listener(&self) -> Arc<dyn OwnerReleased> {
        Arc::new(Listener)
    }

    /// Keeps a location that still has features.
    pub fn location_listener(&self) -> Arc<dyn LocationChanged> {
        Arc::new(Listener)
    }
}

/// Everything that it needs is in the transaction.
struct Listener;

#[async_trait]
impl PersonChanged for Listener {
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        if change.kind == PersonChangeKind::Deleted {
            agents::remove_everywhere(transaction, change.person_id.uuid()).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl OwnerReleased for Listener {
    async fn owner_released(&self, transaction: &mut Transaction, kind: OwnerKind, id: Uuid) -> Result<()> {
        match kind {
            OwnerKind::Person | OwnerKind::Workspace | OwnerKind::VirtualLine => {
                agents::remove_everywhere(transaction, id).await.map(|_| ())
            }
            OwnerKind::HuntGroup | OwnerKind::CallQueue | OwnerKind::AutoAttendant => Ok(()),
        }
    }
}

#[async_trait]
impl LocationChanged for Listener {
    async fn location_changed(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        location_id: LocationId,
        kind: LocationChangeKind,
    ) -> Result<()> {
        if kind == LocationChangeKind::Changed {
            return Ok(());
        }
        let mut names: Vec<String> = groups::names_at(transaction, organization_id, location_id)
            .await?
            .into_iter()
            .map(|(kind, name)| format!("the {} “{name}”", kind.noun()))
            .collect();
        names.extend(attendants::names_at(transaction, organization_id, location_id).await?);
        match names.pop() {
            None => schedules::delete_at(transaction, organization_id, location_id).await,
            Some(last) => Err(Error::conflict(format!(
                "This location still has {}. Delete them first.",
                if names.is_empty() {
                    last
                } else {
                    format!("{} and {last}", names.join(", "))
                }
            ))),
        }
    }
}
