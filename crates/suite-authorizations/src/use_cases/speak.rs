use std::sync::Arc;

use async_trait::async_trait;
use kit::{Error, ExposeSecret as _, Result, SecretString};
use suite_tenancy::CustomerId;
use webex_client::{TokenError, TokenSource, WebexClient};

use crate::Authorizations;
use crate::model::{Grant, IntegrationKey};
use crate::store::grants;
use crate::store::grants::StoredGrant;

/// The tokens of a customer's authorization, renewed as needed. Whoever authorizes anew replaces what this hands out.
struct StoredTokens {
    authorizations: Authorizations,
    customer: CustomerId,
    integration: IntegrationKey,
}

impl Authorizations {
    /// A client that speaks for the customer's authorization. The caller has asked for its own right before.
    pub async fn client_for(&self, customer: CustomerId, integration: IntegrationKey) -> Result<WebexClient> {
        let grant = self
            .grant(customer, integration)
            .await?
            .ok_or_else(|| Error::conflict(not_authorized(integration)))?;
        if grant.state.is_dead() {
            return Err(Error::conflict(gone(&grant)));
        }
        Ok(self.client_with(self.tokens_of(customer, integration)))
    }

    /// The customer's authorization, if there is one.
    pub async fn grant(&self, customer: CustomerId, integration: IntegrationKey) -> Result<Option<Grant>> {
        Ok(grants::find(&self.parts().database, customer, integration)
            .await?
            .map(|stored| stored.grant))
    }

    pub(crate) fn tokens_of(
        &self,
        customer: CustomerId,
        integration: IntegrationKey,
    ) -> Arc<dyn TokenSource> {
        Arc::new(StoredTokens {
            authorizations: self.clone(),
            customer,
            integration,
        })
    }

    pub(crate) fn client_with(&self, tokens: Arc<dyn TokenSource>) -> WebexClient {
        let parts = self.parts();
        WebexClient::new(
            parts.provider.origins.clone(),
            tokens,
            parts.http.clone(),
            Arc::clone(&parts.clock),
        )
        .with_tracking_prefix(&format!("TRUNKLINE_{}", parts.randomness.uuid()))
    }
}

#[async_trait]
impl TokenSource for StoredTokens {
    async fn access_token(&self) -> Result<SecretString, TokenError> {
        let stored = self.stored().await?;
        let now = self.authorizations.now();
        if stored.grant.renewal_is_due(now) {
            match self.authorizations.renew(&stored).await {
                Ok(renewed) => return self.open(&renewed),
                // A renewal ahead of need may fail: the token that is there still works.
                Err(TokenError::Unavailable(_)) if stored.grant.access_token_lives(now) => {}
                Err(error) => return Err(error),
            }
        }
        self.open(&stored)
    }

    async fn refreshed_after(&self, rejected: &SecretString) -> Result<SecretString, TokenError> {
        let stored = self.stored().await?;
        let present = self.open(&stored)?;
        if present.expose_secret() != rejected.expose_secret() {
            return Ok(present);
        }
        let renewed = self.authorizations.renew(&stored).await?;
        self.open(&renewed)
    }
}

impl StoredTokens {
    async fn stored(&self) -> Result<StoredGrant, TokenError> {
        let found = grants::find(
            &self.authorizations.parts().database,
            self.customer,
            self.integration,
        )
        .await;
        let found = found.map_err(|error| TokenError::Unavailable(error.public().to_owned()))?;
        let stored = found.ok_or_else(|| TokenError::Dead(not_authorized(self.integration)))?;
        if stored.grant.state.is_dead() {
            return Err(TokenError::Dead(gone(&stored.grant)));
        }
        Ok(stored)
    }

    fn open(&self, stored: &StoredGrant) -> Result<SecretString, TokenError> {
        let opened = self
            .authorizations
            .open_token(&stored.grant, "access_token", &stored.access_token);
        opened.map_err(|error| TokenError::Unavailable(error.public().to_owned()))
    }
}

fn not_authorized(integration: IntegrationKey) -> String {
    format!(
        "{} is not authorized for this customer. A Full Admin of the customer must authorize it.",
        integration.integration().name
    )
}

pub(crate) fn gone(grant: &Grant) -> String {
    format!(
        "The authorization of {} is gone. {}",
        grant.integration.integration().name,
        grant.state.reason().unwrap_or_default()
    )
}
