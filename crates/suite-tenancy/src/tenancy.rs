use std::sync::Arc;

use kit::{Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::Database;
use kit_web::PublicUrl;

use crate::passwords::Passwords;
use crate::store::MIGRATIONS;

/// The cookie that carries a session's token.
pub const SESSION_COOKIE: &str = "trunkline_suite_session";

/// The front door of the slice; cheap to clone. Its use cases stand in `usecases/`, one verb a file.
#[derive(Clone)]
pub struct Tenancy(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) database: Database,
    pub(crate) clock: SharedClock,
    pub(crate) randomness: SharedRandomness,
    pub(crate) public_url: PublicUrl,
    pub(crate) passwords: Passwords,
}

impl Tenancy {
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        public_url: PublicUrl,
    ) -> Self {
        let passwords = Passwords::new(Arc::clone(&randomness));
        Self(Arc::new(Parts {
            database,
            clock,
            randomness,
            public_url,
            passwords,
        }))
    }

    /// Brings the slice's tables up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.0.database.migrate("suite_tenancy", MIGRATIONS).await
    }

    /// Where people reach the Suite.
    pub fn public_url(&self) -> &PublicUrl {
        &self.0.public_url
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
}
