use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use hub_directory::{Caller, CallerOrigin, Directory, OrganizationId};
use kit::{Error, Result, SharedClock, Timestamp};
use kit_sql::Database;

use crate::store::STEPS;

/// Whether a customer's policy lets this caller's integration reach the customer. Policies are kept elsewhere; the composition
/// wires this.
#[async_trait]
pub trait CustomerPolicy: Send + Sync {
    /// Asked on each request of a program that acts for a customer.
    async fn allows(&self, caller: &Caller, customer: OrganizationId) -> Result<bool>;
}

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Partners(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    directory: Directory,
    policy: OnceLock<Arc<dyn CustomerPolicy>>,
}

impl Partners {
    /// This slice in this database.
    pub fn new(database: Database, clock: SharedClock, directory: Directory) -> Self {
        Self(Arc::new(Inner {
            database,
            clock,
            directory,
            policy: OnceLock::new(),
        }))
    }

    /// Says whom to ask about the policies of customers; without it no program acts for one.
    pub fn with_policy(&self, policy: Arc<dyn CustomerPolicy>) -> Result<()> {
        let bound = self.0.policy.set(policy);
        bound.map_err(|_| Error::internal("partners were told twice whom to ask about policies"))
    }

    pub(crate) async fn policy_allows(&self, caller: &Caller, customer: OrganizationId) -> Result<bool> {
        match (&caller.origin, self.0.policy.get()) {
            // A person at a browser is no integration.
            (CallerOrigin::Session, _) => Ok(true),
            (CallerOrigin::Token { .. }, Some(policy)) => policy.allows(caller, customer).await,
            (CallerOrigin::Token { .. }, None) => Ok(false),
        }
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
