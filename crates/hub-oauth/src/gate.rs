use async_trait::async_trait;
use hub_directory::{Account, OrganizationId, PersonId};
use kit::{Result, Timestamp};
use webex::ScopeSet;

use crate::Client;

/// What an organization's policy says about a person and an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateDecision {
    /// On to consent.
    Allow,
    /// The person reads that their administrator denied access. The gate has captured the request.
    Deny,
}

/// The question that this slice asks about policy; the slice above answers it, the composition wires the two.
#[async_trait]
pub trait PolicyGate: Send + Sync {
    /// Asked after sign-in and before consent. A denial captures the request, so that administrators hear of it.
    async fn decide(&self, account: &Account, client: &Client, requested: &ScopeSet) -> Result<GateDecision>;

    /// Asked whenever something that was granted at `granted_at` is used. Captures nothing.
    async fn allows(
        &self,
        organization: OrganizationId,
        person: PersonId,
        client_id: &str,
        granted_at: Timestamp,
    ) -> Result<bool>;
}
