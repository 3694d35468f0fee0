use hub_directory::OrganizationId;
use kit::Result;

use crate::governance::Governance;
use crate::model::{Audience, Deed, FIVE, OTHERS};
use crate::store::history::{self, NewEntry};
use crate::store::policies;

impl Governance {
    /// Gives a newly seeded organization the policies that a living one has: some integrations are blocked, among them
    /// `blocked_client`. Changes nothing in an organization that has policies already.
    pub async fn seed_policies(
        &self,
        organization: OrganizationId,
        blocked_client: Option<&str>,
    ) -> Result<()> {
        let now = self.core.clock.now();
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        if !policies::policies(&mut transaction, organization)
            .await?
            .exceptions
            .is_empty()
        {
            return transaction.commit().await;
        }
        for entry in FIVE.iter().chain(OTHERS) {
            let client_id = entry.client_id();
            if entry.enabled_at_first && blocked_client != Some(client_id.as_str()) {
                continue;
            }
            policies::put_exception(
                &mut transaction,
                organization,
                &client_id,
                &Audience::nobody(),
                now,
            )
            .await?;
            let entry = NewEntry {
                id: self.core.randomness.uuid(),
                organization_id: organization,
                client_id: Some(&client_id),
                deed: Deed::Disabled,
                note: String::new(),
                actor_id: None,
                actor_name: "Set-up",
                at: now,
            };
            history::write(&mut transaction, entry).await?;
        }
        transaction.commit().await
    }
}
