use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{LocationChangeKind, LocationChanged, LocationId, OrganizationId};
use kit::{Error, Result};
use kit_sql::Transaction;

use super::assign::holder_of;
use crate::Numbers;
use crate::model::NumberLocation;
use crate::store::{entries, locations, writes};

/// Lets the stock follow what the directory makes of locations.
struct Locations(Numbers);

impl Numbers {
    /// What the directory tells of locations' changes.
    pub fn location_listener(&self) -> Arc<dyn LocationChanged> {
        Arc::new(Locations(self.clone()))
    }

    async fn follow_location(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        id: LocationId,
    ) -> Result<()> {
        let location = self
            .directory()
            .location_of((&mut *transaction).into(), organization_id, id)
            .await?;
        let Some((location, calling)) =
            location.and_then(|location| location.calling.clone().map(|calling| (location, calling)))
        else {
            return Ok(());
        };
        let known = NumberLocation::from(&location);
        locations::keep(transaction, std::slice::from_ref(&known)).await?;
        self.keep_main_number(transaction, &known, calling.main_number.as_deref())
            .await
    }

    /// The numbers of a location without calling are nobody's and nowhere; while somebody has one, calling stays.
    async fn leave_location(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        id: LocationId,
    ) -> Result<()> {
        let owned = entries::owned_at((&mut *transaction).into(), organization_id, id).await?;
        if let Some(entry) = owned.first() {
            let others = match owned.len() {
                1 => String::new(),
                _ => " and others".to_owned(),
            };
            return Err(Error::conflict(format!(
                "Numbers or extensions of this location belong to {}{others}. Delete them or take their numbers away first.",
                holder_of(entry)
            )));
        }
        writes::delete_at(transaction, organization_id, id).await?;
        locations::forget(transaction, id).await
    }
}

#[async_trait]
impl LocationChanged for Locations {
    async fn location_changed(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        location_id: LocationId,
        kind: LocationChangeKind,
    ) -> Result<()> {
        let Self(numbers) = self;
        match kind {
            LocationChangeKind::Changed => {
                numbers
                    .follow_location(transaction, organization_id, location_id)
                    .await
            }
            LocationChangeKind::CallingDisabled | LocationChangeKind::Deleted => {
                numbers
                    .leave_location(transaction, organization_id, location_id)
                    .await
            }
        }
    }
}
