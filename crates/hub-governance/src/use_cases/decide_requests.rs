use hub_directory::Caller;
use kit::{Error, Result, Uuid};

use super::rights::require_decide;
use crate::governance::Governance;
use crate::model::Deed;
use crate::store::{policies, requests};

impl Governance {
    /// Puts every open request for an integration aside; it stays blocked. Who tries again asks again.
    pub async fn dismiss_requests(&self, caller: &Caller, client_id: &str) -> Result<()> {
        require_decide(caller)?;
        let client_id = self.client(client_id).await?.client_id;
        let actor = self.actor(caller).await?;
        let mut transaction = policies::lock(&self.core.database, caller.organization_id).await?;
        let settlement = actor.dismisses(self.core.clock.now());
        let concerned = [client_id.clone()];
        let settled =
            requests::settle_clients(&mut transaction, caller.organization_id, &concerned, &settlement)
                .await?;
        if settled == 0 {
            return transaction.commit().await;
        }
        let note = format!("{settled} {}.", if settled == 1 { "request" } else { "requests" });
        self.write_history(&mut transaction, &actor, Some(&client_id), Deed::Dismissed, note)
            .await?;
        transaction.commit().await
    }

    /// Puts one person's open request aside.
    pub async fn dismiss_request(&self, caller: &Caller, client_id: &str, request_id: Uuid) -> Result<()> {
        require_decide(caller)?;
        let actor = self.actor(caller).await?;
        let mut transaction = policies::lock(&self.core.database, caller.organization_id).await?;
        let settlement = actor.dismisses(self.core.clock.now());
        if !requests::settle_one(
            &mut transaction,
            caller.organization_id,
            client_id,
            request_id,
            &settlement,
        )
        .await?
        {
            return Err(Error::not_found(
                "This request is not open any more: somebody decided it already.",
            ));
        }
        self.write_history(
            &mut transaction,
            &actor,
            Some(client_id),
            Deed::Dismissed,
            "1 request.".to_owned(),
        )
        .await?;
        transaction.commit().await
    }
}
