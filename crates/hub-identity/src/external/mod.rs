//! Sign-in at another OpenID Connect provider: Authorization Code flow with PKCE, state, nonce and strict checks.

mod configure;
mod discovery;
mod finish;
mod http;
mod id_token;
mod sealing;
mod send_away;

use std::sync::Arc;

use hub_directory::{Account, PersonId};
use kit::{Error, Result};

pub use configure::ProviderDraft;
pub use finish::{CameBack, ExternalAnswer};
pub use sealing::load_or_create_key;

use crate::Identity;
use crate::model::provider::{IdentityProvider, domain_of};
use crate::store::providers;

/// What sign-in at other providers needs.
#[derive(Clone)]
pub struct ExternalOptions {
    /// Seals the client secrets. It must not lie in the backup of the database.
    pub key: [u8; 32],
    /// Whether providers may stand at private addresses, and be spoken to without TLS.
    pub private_targets: bool,
}

impl std::fmt::Debug for ExternalOptions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ExternalOptions")
            .field("private_targets", &self.private_targets)
            .finish_non_exhaustive()
    }
}

pub(crate) struct External {
    seal: sealing::Seal,
    http: http::Outgoing,
}

impl Identity {
    /// Lets people sign in at other providers. Every clone of this front door knows it; a second call changes nothing.
    pub fn with_external_sign_in(&self, options: &ExternalOptions) -> Result<Self> {
        let external = External {
            seal: sealing::Seal::new(&options.key, self.randomness().clone()),
            http: http::Outgoing::new(options.private_targets)?,
        };
        self.keep_external(Arc::new(external));
        Ok(self.clone())
    }

    /// Whether the person signs in at another provider: then password rules and expiry do not apply, and no password
    /// change ends anything.
    pub async fn signs_in_externally(&self, person: PersonId) -> Result<bool> {
        match self.directory().account(person).await? {
            Some(account) => Ok(self.provider_of(&account).await?.is_some()),
            None => Ok(false),
        }
    }

    /// Where whoever has this address signs in, if it is not here. Whether anybody has the address is not told by that.
    pub(crate) async fn provider_for(&self, email: &str) -> Result<Option<IdentityProvider>> {
        let Some(domain) = domain_of(email) else {
            return Ok(None);
        };
        let Some(provider) = providers::of_domain(self.database(), &domain).await? else {
            return Ok(None);
        };
        if !provider.enabled {
            return Ok(None);
        }
        // Somebody of another organization with an address of this domain is not theirs.
        let account = self.directory().account_by_email(email).await?;
        let foreign = account.is_some_and(|account| account.organization_id != provider.organization_id);
        Ok((!foreign).then_some(provider))
    }

    pub(crate) async fn provider_of(&self, account: &Account) -> Result<Option<IdentityProvider>> {
        let Some(domain) = domain_of(&account.email) else {
            return Ok(None);
        };
        let provider = providers::of_domain(self.database(), &domain).await?;
        Ok(provider
            .filter(|provider| provider.enabled && provider.organization_id == account.organization_id))
    }

    pub(crate) fn external(&self) -> Result<Arc<External>> {
        self.external_parts().ok_or_else(|| {
            Error::unavailable("This Hub was started without sign-in through other providers.")
        })
    }
}
