use std::sync::Arc;
use std::time::Duration;

use kit::{Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::Database;
use suite_tenancy::Tenancy;
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinSet;

use crate::connection::Connections;
use crate::store::MIGRATIONS;

/// How often people are synchronized where nobody says otherwise.
const DEFAULT_PERIOD: Duration = Duration::from_secs(6 * 3600);

/// The front door of the slice; cheap to clone.
#[derive(Clone)]
pub struct UsersSynch(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) database: Database,
    pub(crate) clock: SharedClock,
    pub(crate) randomness: SharedRandomness,
    pub(crate) connections: Arc<dyn Connections>,
    pub(crate) tenancy: Tenancy,
    pub(crate) period: Duration,
    /// Wakes the reconciler before its time.
    pub(crate) nudge: Arc<Notify>,
    /// Becomes true when the program stops.
    pub(crate) stop: Arc<watch::Sender<bool>>,
    pub(crate) running: Arc<Mutex<JoinSet<()>>>,
}

impl UsersSynch {
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        connections: Arc<dyn Connections>,
        tenancy: Tenancy,
    ) -> Self {
        Self(Arc::new(Parts {
            database,
            clock,
            randomness,
            connections,
            tenancy,
            period: DEFAULT_PERIOD,
            nudge: Arc::default(),
            stop: Arc::new(watch::Sender::new(false)),
            running: Arc::default(),
        }))
    }

    /// Synchronizes every customer this often.
    #[must_use]
    pub fn every(self, period: Duration) -> Self {
        let Parts {
            database,
            clock,
            randomness,
            connections,
            tenancy,
            period: _,
            nudge,
            stop,
            running,
        } = &*self.0;
        Self(Arc::new(Parts {
            database: database.clone(),
            clock: Arc::clone(clock),
            randomness: Arc::clone(randomness),
            connections: Arc::clone(connections),
            tenancy: tenancy.clone(),
            period,
            nudge: Arc::clone(nudge),
            stop: Arc::clone(stop),
            running: Arc::clone(running),
        }))
    }

    /// Brings the slice's tables up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.0.database.migrate("suite_directory", MIGRATIONS).await
    }

    /// How often customers are synchronized by themselves.
    pub fn period(&self) -> Duration {
        self.0.period
    }

    /// Ends the runs of this process, which are recorded as interrupted, and the reconciler.
    pub async fn stop(&self) {
        self.0.stop.send_replace(true);
        let mut running = self.0.running.lock().await;
        while running.join_next().await.is_some() {}
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
}
