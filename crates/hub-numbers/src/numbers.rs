use std::sync::{Arc, PoisonError, RwLock};

use hub_directory::Directory;
use kit::{Result, SharedClock, SharedRandomness, Uuid};
use kit_sql::{Database, Transaction};

use crate::store::migrations;
use crate::{OwnerKind, OwnerReleased};

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Numbers(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    randomness: SharedRandomness,
    directory: Directory,
    release_listeners: RwLock<Vec<Arc<dyn OwnerReleased>>>,
}

impl Numbers {
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
            release_listeners: RwLock::default(),
        }))
    }

    /// Brings the tables of this slice up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.0.database.migrate("numbers", migrations::STEPS).await
    }

    /// Tells `listener` of everybody who loses what they hold. Every clone of this slice knows the listener.
    #[allow(clippy::return_self_not_must_use, reason = "all clones share what was added")]
    pub fn with_release_listener(&self, listener: Arc<dyn OwnerReleased>) -> Self {
        self.0
            .release_listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(listener);
        self.clone()
    }

    pub(crate) async fn announce_release(
        &self,
        transaction: &mut Transaction,
        kind: OwnerKind,
        id: Uuid,
    ) -> Result<()> {
        let listeners = self
            .0
            .release_listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for listener in listeners {
            listener.owner_released(transaction, kind, id).await?;
        }
        Ok(())
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
