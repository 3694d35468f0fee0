use std::sync::Arc;

use hub_directory::Directory;
use hub_identity::Identity;
use kit::{Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::Database;
use kit_web::{PublicUrl, Quota, RateLimiter};
use tokio::sync::OnceCell;

use crate::PolicyGate;
use crate::batches::Batches;
use crate::store::clients::Found;
use crate::store::keys;
use crate::store::migrations::MIGRATIONS;
use crate::store::signing_keys::{self, SigningKey};
use crate::use_cases::{Bearer, Outcome, RefreshFacts, RefreshJob};

/// The front door of this slice; cheap to clone.
#[derive(Clone)]
pub struct OAuth(Arc<Parts>);

struct Parts {
    database: Database,
    clock: SharedClock,
    randomness: SharedRandomness,
    directory: Directory,
    identity: Identity,
    public_url: PublicUrl,
    gate: Arc<dyn PolicyGate>,
    signing_key: OnceCell<SigningKey>,
    successor_key: OnceCell<keys::SuccessorKey>,
    bearers: Arc<Batches<String, Option<Bearer>>>,
    refreshes: Arc<Batches<String, Option<RefreshFacts>>>,
    clients: Arc<Batches<String, Option<Found>>>,
    writes: Arc<Batches<RefreshJob, Outcome>>,
    device_guesses: RateLimiter<String>,
}

impl OAuth {
    /// The slice on these parts.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is one capability, handed over once by the composition"
    )]
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        directory: Directory,
        identity: Identity,
        public_url: PublicUrl,
        gate: Arc<dyn PolicyGate>,
    ) -> Self {
        let device_guesses = RateLimiter::new(Quota::per_seconds(10, 300), clock.clone());
        Self(Arc::new(Parts {
            database,
            clock,
            randomness,
            directory,
            identity,
            public_url,
            gate,
            signing_key: OnceCell::new(),
            successor_key: OnceCell::new(),
            bearers: Batches::of_readers(),
            refreshes: Batches::of_readers(),
            clients: Batches::of_readers(),
            writes: Batches::of_one_writer(),
            device_guesses,
        }))
    }

    /// Brings this slice's tables up to date, and makes what it needs at its first start: the keys and the client that
    /// personal access tokens belong to.
    pub async fn migrate(&self) -> Result<()> {
        self.database().migrate("hub_oauth", MIGRATIONS).await?;
        self.signing_key().await?;
        self.successor_key().await?;
        self.register_developer_portal().await
    }

    /// The issuer: the hub's public URL (RFC 9207, OpenID Connect).
    pub fn issuer(&self) -> &str {
        self.0.public_url.as_str()
    }

    pub(crate) async fn signing_key(&self) -> Result<&SigningKey> {
        self.0
            .signing_key
            .get_or_try_init(|| signing_keys::load_or_make(self))
            .await
    }

    /// The key from which the successors of rotating refresh tokens are derived.
    pub(crate) async fn successor_key(&self) -> Result<&keys::SuccessorKey> {
        self.0
            .successor_key
            .get_or_try_init(|| keys::load_or_make_successor_key(self))
            .await
    }

    pub(crate) fn bearers(&self) -> &Arc<Batches<String, Option<Bearer>>> {
        &self.0.bearers
    }

    pub(crate) fn refreshes(&self) -> &Arc<Batches<String, Option<RefreshFacts>>> {
        &self.0.refreshes
    }

    pub(crate) fn clients_by_id(&self) -> &Arc<Batches<String, Option<Found>>> {
        &self.0.clients
    }

    /// How often codes of devices may be typed, by address: they are short.
    pub(crate) fn device_guesses(&self) -> &RateLimiter<String> {
        &self.0.device_guesses
    }

    pub(crate) fn writes(&self) -> &Arc<Batches<RefreshJob, Outcome>> {
        &self.0.writes
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

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(crate) fn public_url(&self) -> &PublicUrl {
        &self.0.public_url
    }

    pub(crate) fn gate(&self) -> &dyn PolicyGate {
        &*self.0.gate
    }
}
