use hub_directory::Caller;
use kit::Result;

use super::rights::require_decide;
use crate::governance::Governance;
use crate::model::{Deed, Existing, Rule};
use crate::store::{policies, requests};

impl Governance {
    /// Enables or disables one integration for the caller's organization. Enabling answers everybody who waits for it;
    /// disabling ends or spares what people authorized before.
    pub async fn set_status(
        &self,
        caller: &Caller,
        client_id: &str,
        rule: Rule,
        existing: Existing,
    ) -> Result<()> {
        require_decide(caller)?;
        let client = self.client(client_id).await?;
        let actor = self.actor(caller).await?;
        let now = self.core.clock.now();
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        if before.rule_of(&client.client_id) == rule {
            return transaction.commit().await;
        }
        if before.default == rule {
            policies::delete_exception(&mut transaction, organization, &client.client_id).await?;
        } else {
            policies::put_exception(&mut transaction, organization, &client.client_id, rule).await?;
        }
        let concerned = [client.client_id.clone()];
        let (deed, note) = match rule {
            Rule::Allow => {
                let settled =
                    requests::settle_clients(&mut transaction, organization, &concerned, &actor.allows(now))
                        .await?;
                (Deed::Enabled, waiting_note(settled))
            }
            Rule::Block => {
                policies::bound(&mut transaction, organization, &concerned, existing, now).await?;
                (Deed::Disabled, existing_note(existing).to_owned())
            }
        };
        self.write_history(&mut transaction, &actor, Some(&client.client_id), deed, note)
            .await?;
        transaction.commit().await?;
        if rule == Rule::Block && existing == Existing::End {
            self.sweep(organization, &concerned).await?;
        }
        Ok(())
    }

    /// Ends every authorization of one integration in the caller's organization; people may give new ones.
    pub async fn revoke_access(&self, caller: &Caller, client_id: &str) -> Result<()> {
        require_decide(caller)?;
        let client = self.client(client_id).await?;
        let actor = self.actor(caller).await?;
        let mut transaction = policies::lock(&self.core.database, caller.organization_id).await?;
        let concerned = [client.client_id.clone()];
        policies::bound(
            &mut transaction,
            caller.organization_id,
            &concerned,
            Existing::End,
            self.core.clock.now(),
        )
        .await?;
        let note = existing_note(Existing::End).to_owned();
        self.write_history(
            &mut transaction,
            &actor,
            Some(&client.client_id),
            Deed::Revoked,
            note,
        )
        .await?;
        transaction.commit().await?;
        self.sweep(caller.organization_id, &concerned).await
    }
}

pub(crate) fn waiting_note(settled: u64) -> String {
    match settled {
        0 => String::new(),
        1 => "Answered 1 request.".to_owned(),
        many => format!("Answered {many} requests."),
    }
}

pub(crate) const fn existing_note(existing: Existing) -> &'static str {
    match existing {
        Existing::End => "Existing authorizations ended.",
        Existing::Spare => "Existing authorizations live on.",
    }
}
