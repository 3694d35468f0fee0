use std::sync::Arc;

use hub_directory::Directory;
use kit::{Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::Database;
use kit_web::PublicUrl;

use crate::password_hash::Passwords;
use crate::store::MIGRATIONS;

/// The front door of this slice; cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Parts>);

struct Parts {
    database: Database,
    clock: SharedClock,
    randomness: SharedRandomness,
    directory: Directory,
    passwords: Passwords,
}

impl Identity {
    /// The slice on these parts. `directory` must be wired with [`crate::security_listener`], or nothing dies.
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        directory: Directory,
    ) -> Self {
        let passwords = Passwords::new(randomness.clone());
        Self(Arc::new(Parts {
            database,
            clock,
            randomness,
            directory,
            passwords,
        }))
    }

    /// Brings this slice's tables up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.database().migrate("hub_identity", MIGRATIONS).await
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
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

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub(crate) fn public_url(&self) -> &PublicUrl {
        self.0.directory.public_url()
    }
}
