use hub_directory::Caller;
use kit::Result;

use super::rights::require_decide;
use super::set_status::{existing_note, waiting_note};
use crate::governance::Governance;
use crate::model::{Deed, Existing, Rule};
use crate::store::{policies, requests};

impl Governance {
    /// “Force Reset”: deletes every exception; from then on the organization's policy alone counts. Cannot be undone.
    pub async fn reset_exceptions(&self, caller: &Caller, existing: Existing) -> Result<()> {
        require_decide(caller)?;
        let actor = self.actor(caller).await?;
        let now = self.core.clock.now();
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        if before.exceptions.is_empty() {
            return transaction.commit().await;
        }
        let concerned: Vec<String> = before.exceptions.into_keys().collect();
        policies::delete_exceptions(&mut transaction, organization).await?;
        let consequence = match before.default {
            Rule::Allow => waiting_note(
                requests::settle_clients(&mut transaction, organization, &concerned, &actor.allows(now))
                    .await?,
            ),
            Rule::Block => {
                policies::bound(&mut transaction, organization, &concerned, existing, now).await?;
                existing_note(existing).to_owned()
            }
        };
        let deleted = concerned.len();
        let note = format!(
            "{deleted} {} deleted. {consequence}",
            if deleted == 1 { "exception" } else { "exceptions" }
        );
        self.write_history(
            &mut transaction,
            &actor,
            None,
            Deed::Reset,
            note.trim_end().to_owned(),
        )
        .await?;
        transaction.commit().await?;
        if before.default == Rule::Block && existing == Existing::End {
            self.sweep(organization, &concerned).await?;
        }
        Ok(())
    }
}
