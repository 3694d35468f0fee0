use async_trait::async_trait;
use hub_directory::{Caller, CallerOrigin, OrganizationId};
use hub_governance::Governance;
use hub_oauth::{GrantKind, OAuth};
use hub_partners::CustomerPolicy;
use kit::Result;

/// A customer's policy about the integration with which somebody of a partner comes: what the customer blocked or revoked
/// reaches it from no other organization either.
pub(crate) struct PoliciesOfCustomers {
    pub(crate) oauth: OAuth,
    pub(crate) governance: Governance,
}

#[async_trait]
impl CustomerPolicy for PoliciesOfCustomers {
    async fn allows(&self, caller: &Caller, customer: OrganizationId) -> Result<bool> {
        let CallerOrigin::Token {
            client_id, grant_id, ..
        } = &caller.origin
        else {
            return Ok(true);
        };
        let grants = self.oauth.grants_that_hang_on(caller.person_id).await?;
        let Some(grant) = grants.into_iter().find(|grant| grant.id.uuid() == *grant_id) else {
            return Ok(false);
        };
        if grant.kind == GrantKind::Personal {
            // No integration: the person's own token, which is under no policy at home either.
            return Ok(true);
        }
        let gate = self.governance.gate();
        gate.allows(customer, caller.person_id, client_id, grant.granted_at)
            .await
    }
}
