use std::sync::Arc;

use hub_directory::{Directory, OrganizationId};
use kit::{Result, SharedClock, SharedRandomness};
use kit_sql::Database;

use crate::model::user::{self, Base};
use crate::store::migrations;

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Scim(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    randomness: SharedRandomness,
    directory: Directory,
}

impl Scim {
    /// This slice in this database.
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        directory: Directory,
    ) -> Self {
        Self(Arc::new(Inner {
            database,
            clock,
            randomness,
            directory,
        }))
    }

    /// Brings the tables of this slice up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.0.database.migrate("scim", migrations::STEPS).await
    }

    /// Where this organization's resources stand.
    pub(crate) fn base(&self, organization_id: OrganizationId) -> Base {
        user::base(self.0.directory.public_url(), organization_id)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn randomness(&self) -> &SharedRandomness {
        &self.0.randomness
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }
}
