use std::sync::Arc;

use kit::{Result, SharedClock, SharedRandomness};
use kit_sql::{Database, Transaction};
use tokio::sync::Notify;

use crate::store::{MIGRATIONS, audit, letters, outbox, sign_ins};
use crate::{AuditEntry, Letter, SecurityEvent, SignInEvent, WebhookNews};

/// Brings the tables of this slice up to date. Whoever records calls it before its own.
pub async fn migrate(database: &Database) -> Result<()> {
    database.migrate("hub_events", MIGRATIONS).await
}

/// Takes down what happened, inside the transaction of its cause; cheap to clone. Nothing here speaks to the network.
#[derive(Clone)]
pub struct Recorder(Arc<Parts>);

struct Parts {
    clock: SharedClock,
    randomness: SharedRandomness,
    bell: Arc<Notify>,
}

impl Recorder {
    /// A recorder on these parts.
    pub fn new(clock: SharedClock, randomness: SharedRandomness) -> Self {
        Self(Arc::new(Parts {
            clock,
            randomness,
            bell: Arc::default(),
        }))
    }

    /// What is rung when something may have been recorded and committed.
    pub(crate) fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.0.bell)
    }

    /// A line in the admin audit, with the moment, and with the address, the browser and the tracking id of the request that is being answered.
    pub async fn audit(&self, transaction: &mut Transaction, entry: &AuditEntry) -> Result<()> {
        audit::insert(transaction, self.0.randomness.uuid(), self.0.clock.now(), entry).await
    }

    /// A security event for every stream that may hear of it.
    pub async fn announce(&self, transaction: &mut Transaction, event: &SecurityEvent) -> Result<()> {
        outbox::insert_security_event(transaction, self.0.randomness.uuid(), self.0.clock.now(), event).await
    }

    /// News for every webhook that may hear of it.
    pub async fn tell_webhooks(&self, transaction: &mut Transaction, news: &WebhookNews) -> Result<()> {
        outbox::insert_webhook_news(transaction, self.0.randomness.uuid(), self.0.clock.now(), news).await
    }

    /// A line in the security audit: somebody signed in or out, or was refused.
    pub async fn sign_in_event(&self, transaction: &mut Transaction, event: &SignInEvent) -> Result<()> {
        sign_ins::insert(transaction, self.0.randomness.uuid(), self.0.clock.now(), event).await
    }

    /// A mail to be sent.
    pub async fn send(&self, transaction: &mut Transaction, letter: &Letter) -> Result<()> {
        letters::insert(transaction, self.0.randomness.uuid(), self.0.clock.now(), letter).await
    }
}
