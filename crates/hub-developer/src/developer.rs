use std::sync::Arc;

use hub_directory::Directory;
use hub_oauth::OAuth;
use kit::{Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::Database;

use crate::store::MIGRATIONS;

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Developer(Arc<Parts>);

struct Parts {
    database: Database,
    clock: SharedClock,
    randomness: SharedRandomness,
    directory: Directory,
    oauth: OAuth,
}

impl Developer {
    /// The slice on these parts.
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        directory: Directory,
        oauth: OAuth,
    ) -> Self {
        Self(Arc::new(Parts {
            database,
            clock,
            randomness,
            directory,
            oauth,
        }))
    }

    /// Brings the tables of this slice up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.database().migrate("developer", MIGRATIONS).await
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(crate) fn randomness(&self) -> &SharedRandomness {
        &self.0.randomness
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }

    pub(crate) fn oauth(&self) -> &OAuth {
        &self.0.oauth
    }
}
