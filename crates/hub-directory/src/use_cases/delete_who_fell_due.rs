use std::time::Duration;

use kit::{Result, Timestamp};

use super::record::Doer;
use crate::store::{deactivations, people_read, people_write};
use crate::{Directory, OrganizationId, PersonId};

/// Somebody who stays deactivated for so long is deleted.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// How often somebody looks who is deactivated and was not written down.
const LOOK: Duration = Duration::from_secs(3600);
const AT_ONCE: i64 = 100;

impl Directory {
    /// When a person who is deactivated is deleted, if nobody lets them in again.
    pub async fn deleted_at(
        &self,
        organization_id: OrganizationId,
        person: PersonId,
    ) -> Result<Option<Timestamp>> {
        let since = deactivations::since(self.database(), organization_id, person).await?;
        Ok(since.map(|moment| moment.plus(KEPT)))
    }

    /// Deletes whoever has been deactivated for thirty days; says how many.
    pub async fn delete_who_fell_due(&self) -> Result<u64> {
        let now = self.clock().now();
        deactivations::notice(self.database(), now).await?;
        let mut deleted = 0;
        loop {
            let due = deactivations::before(self.database(), now.minus(KEPT), AT_ONCE).await?;
            let mut refused = 0;
            for (organization_id, person) in &due {
                match self.delete_deactivated(*organization_id, *person, now).await {
                    Ok(true) => deleted += 1,
                    Ok(false) => {}
                    Err(error) => {
                        refused += 1;
                        tracing::warn!(
                            person = %person,
                            chain = error.chain(),
                            "somebody who was deactivated for thirty days could not be deleted; the next pass tries again"
                        );
                    }
                }
            }
            // Whoever could not be deleted stays first in line.
            if due.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX) || refused > 0 {
                return Ok(deleted);
            }
        }
    }

    /// Runs [`Self::delete_who_fell_due`] whenever somebody falls due.
    pub async fn reconcile_deletions(&self) {
        loop {
            if let Err(error) = self.delete_who_fell_due().await {
                tracing::warn!(
                    chain = error.chain(),
                    "whoever was deactivated for thirty days could not be looked up; the next pass tries again"
                );
            }
            let now = self.clock().now();
            let next = deactivations::first_after(self.database(), now.minus(KEPT)).await;
            let look_again = now.plus(LOOK);
            let wake = next.ok().flatten().map_or(look_again, |since| since.plus(KEPT));
            self.clock().sleep_until(wake.min(look_again)).await;
        }
    }

    async fn delete_deactivated(
        &self,
        organization_id: OrganizationId,
        id: PersonId,
        now: Timestamp,
    ) -> Result<bool> {
        let mut transaction = self.database().begin().await?;
        people_write::lock(&mut transaction, organization_id, id).await?;
        // Somebody may have let them in, or deactivated them anew, a moment ago.
        let since = deactivations::since(&mut transaction, organization_id, id).await?;
        let person = people_read::by_id((&mut transaction).into(), organization_id, id).await?;
        let Some(person) = person.filter(|person| !person.login_enabled) else {
            deactivations::end(&mut transaction, organization_id, id).await?;
            transaction.commit().await?;
            return Ok(false);
        };
        if since.is_none_or(|since| since.plus(KEPT) > now) {
            return Ok(false);
        }
        self.remove_person(
            &mut transaction,
            Doer::Rule("thirty days after the deactivation"),
            &person,
        )
        .await?;
        transaction.commit().await?;
        Ok(true)
    }
}
