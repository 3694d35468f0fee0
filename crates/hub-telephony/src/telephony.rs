use std::sync::Arc;

use hub_directory::{Directory, SeedOrganization};
use hub_numbers::Numbers;
use kit::{Result, SharedClock, SharedRandomness};
use kit_sql::Database;

use crate::store::migrations;

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Telephony(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    randomness: SharedRandomness,
    directory: Directory,
    numbers: Numbers,
}

impl Telephony {
    /// This slice in this database.
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        directory: Directory,
        numbers: Numbers,
    ) -> Self {
        Self(Arc::new(Inner {
            database,
            clock,
            randomness,
            directory,
            numbers,
        }))
    }

    /// Brings the tables of this slice up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.0.database.migrate("telephony", migrations::STEPS).await
    }

    /// Adds what an invented organization has of this; what is there already is left as it is.
    pub async fn seed(&self, organization: &SeedOrganization) -> Result<()> {
        self.seed_workspaces_and_lines(organization).await
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

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }
}
