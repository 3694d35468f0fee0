use std::time::Duration;

use hub_directory::{Caller, OrganizationId};
use kit::Result;

use super::rights::require_decide;
use crate::governance::Governance;
use crate::store::adoption;

/// How old the adoption list gets at the most.
const PERIOD: Duration = Duration::from_secs(15 * 60);

impl Governance {
    /// Counts now who uses what in the caller's organization.
    pub async fn refresh_adoption(&self, caller: &Caller) -> Result<()> {
        require_decide(caller)?;
        self.count_adoption(caller.organization_id).await
    }

    /// Counts in every organization, then again after a period or a nudge, until it is dropped. Idempotent: what a
    /// failed pass left out, the next brings.
    pub async fn reconcile_adoption(&self) {
        loop {
            if let Err(error) = self.count_everywhere().await {
                tracing::warn!(
                    chain = error.chain(),
                    "the adoption list was not refreshed; the next pass tries again"
                );
            }
            tokio::select! {
                () = self.core.clock.sleep(PERIOD) => {}
                () = self.nudged() => {}
            }
        }
    }

    /// One pass over every organization.
    pub async fn count_everywhere(&self) -> Result<()> {
        for organization in self.core.directory.organizations().await? {
            self.count_adoption(organization.id).await?;
        }
        Ok(())
    }

    async fn count_adoption(&self, organization: OrganizationId) -> Result<()> {
        let now = self.core.clock.now();
        let counts: Vec<(String, i64)> = self
            .oauth()?
            .adoption(organization)
            .await?
            .into_iter()
            .map(|(client_id, people)| (client_id, i64::try_from(people).unwrap_or(i64::MAX)))
            .collect();
        adoption::replace(&self.core.database, organization, &counts, now).await
    }
}
