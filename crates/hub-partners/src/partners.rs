use std::sync::Arc;

use hub_directory::Directory;
use kit::{Result, SharedClock, Timestamp};
use kit_sql::Database;

use crate::store::STEPS;

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Partners(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    directory: Directory,
}

impl Partners {
    /// This slice in this database.
    pub fn new(database: Database, clock: SharedClock, directory: Directory) -> Self {
        Self(Arc::new(Inner {
            database,
            clock,
            directory,
        }))
    }

    /// Brings the tables of this slice up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.0.database.migrate("partners", STEPS).await
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
}
