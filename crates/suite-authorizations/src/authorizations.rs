use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kit::{Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::Database;
use suite_tenancy::{Action, Tenancy};
use webex_client::TokenEndpoint;

use crate::model::{GrantId, Provider};
use crate::store::MIGRATIONS;
use crate::vault::Vault;

/// What the slice needs from outside.
pub struct AuthorizationsParts {
    pub database: Database,
    pub clock: SharedClock,
    pub randomness: SharedRandomness,
    pub tenancy: Tenancy,
    pub vault: Vault,
    pub provider: Provider,
    /// Must not follow redirects: see [`webex_client::http_client`].
    pub http: reqwest::Client,
    /// Pages of other rooms that belong to a customer, in the order of their buttons.
    pub customer_links: Vec<CustomerLink>,
}

/// A page of another room to which the customer's page leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerLink {
    pub label: &'static str,
    /// An icon's name, without `icon-`.
    pub icon: &'static str,
    /// Below `/customers/{id}/`.
    pub path: &'static str,
    /// Shown to whoever may do this.
    pub action: Action,
}

/// The front door of the slice; cheap to clone. Its use cases stand in `use_cases/`, one verb a file.
#[derive(Clone)]
pub struct Authorizations(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) database: Database,
    pub(crate) clock: SharedClock,
    pub(crate) randomness: SharedRandomness,
    pub(crate) tenancy: Tenancy,
    pub(crate) vault: Vault,
    pub(crate) provider: Provider,
    pub(crate) http: reqwest::Client,
    pub(crate) token_endpoint: TokenEndpoint,
    pub(crate) customer_links: Vec<CustomerLink>,
    /// One queue for each grant that is renewed in this process; the lease in the database is for the others.
    renewals: Mutex<HashMap<GrantId, Arc<tokio::sync::Mutex<()>>>>,
}

impl Authorizations {
    pub fn new(parts: AuthorizationsParts) -> Self {
        let AuthorizationsParts {
            database,
            clock,
            randomness,
            tenancy,
            vault,
            provider,
            http,
            customer_links,
        } = parts;
        let token_endpoint = TokenEndpoint::new(
            provider.token_url.clone(),
            provider.revoke_url.clone(),
            http.clone(),
        );
        Self(Arc::new(Inner {
            database,
            clock,
            randomness,
            tenancy,
            vault,
            provider,
            http,
            token_endpoint,
            customer_links,
            renewals: Mutex::default(),
        }))
    }

    /// Brings the slice's tables up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.0.database.migrate("suite_authorizations", MIGRATIONS).await
    }

    /// The Webex side.
    pub fn provider(&self) -> &Provider {
        &self.0.provider
    }

    pub(crate) fn parts(&self) -> &Inner {
        &self.0
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The queue in which this process's renewals of one grant stand.
    pub(crate) fn renewal_queue(&self, id: GrantId) -> Arc<tokio::sync::Mutex<()>> {
        let mut renewals = self.0.renewals.lock().unwrap_or_else(PoisonError::into_inner);
        // Queues in which nobody stands belong to grants of the past, or cost nothing to make again.
        renewals.retain(|_, queue| Arc::strong_count(queue) > 1);
        Arc::clone(renewals.entry(id).or_default())
    }
}
