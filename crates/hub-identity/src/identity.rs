use std::sync::{Arc, OnceLock};

use hub_directory::Directory;
use kit::{Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::Database;
use kit_web::{PublicUrl, Quota, RateLimiter};

use crate::external::External;
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
    limits: LinkLimits,
    external: OnceLock<Arc<External>>,
}

/// How often links to new passwords may be asked for.
pub(crate) struct LinkLimits {
    pub(crate) by_source: RateLimiter<String>,
    pub(crate) by_account: RateLimiter<String>,
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
        let limits = LinkLimits {
            by_source: RateLimiter::new(Quota::per_seconds(20, 3600), clock.clone()),
            by_account: RateLimiter::new(Quota::per_seconds(3, 3600), clock.clone()),
        };
        Self(Arc::new(Parts {
            database,
            clock,
            randomness,
            directory,
            passwords,
            limits,
            external: OnceLock::new(),
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

    pub(crate) fn limits(&self) -> &LinkLimits {
        &self.0.limits
    }

    pub(crate) fn keep_external(&self, external: Arc<External>) {
        // Whoever comes second finds it done.
        let _ = self.0.external.set(external);
    }

    pub(crate) fn external_parts(&self) -> Option<Arc<External>> {
        self.0.external.get().cloned()
    }

    pub(crate) fn public_url(&self) -> &PublicUrl {
        self.0.directory.public_url()
    }
}
