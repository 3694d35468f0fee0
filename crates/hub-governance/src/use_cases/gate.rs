use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{Account, OrganizationId, PersonId};
use hub_oauth::{Client, GateDecision, PolicyGate};
use kit::{Result, Timestamp};
use webex::ScopeSet;

use super::capture_request::capture_request;
use crate::governance::Core;
use crate::store::policies;

/// What the authorization server asks: holds nothing of the authorization server itself, so that the two can be
/// dropped.
pub(crate) struct Gate(pub(crate) Arc<Core>);

#[async_trait]
impl PolicyGate for Gate {
    async fn decide(&self, account: &Account, client: &Client, requested: &ScopeSet) -> Result<GateDecision> {
        if client.built_in {
            return Ok(GateDecision::Allow);
        }
        let standing =
            policies::standing(&self.0.database, account.organization_id, &client.client_id).await?;
        if standing.is_enabled() {
            return Ok(GateDecision::Allow);
        }
        capture_request(&self.0, account, &client.client_id, requested).await
    }

    async fn allows(
        &self,
        organization: OrganizationId,
        _person: PersonId,
        client_id: &str,
        granted_at: Timestamp,
    ) -> Result<bool> {
        Ok(policies::standing(&self.0.database, organization, client_id)
            .await?
            .lets_live(granted_at))
    }
}
