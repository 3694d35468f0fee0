use hub_directory::Caller;
use hub_events::{AuditCategory, AuditEntry, SecurityEvent, SecurityEventKind, Subject};
use kit::Result;

use super::change_audience::{AudienceChange, target};
use super::rights::require_decide;
use crate::governance::Governance;
use crate::model::{Audience, Deed, Existing, Rule};
use crate::store::policies;

impl Governance {
    /// Allows or blocks one integration for everybody in the caller's organization. Allowing answers everybody who waits
    /// for it; blocking ends or spares what people authorized before.
    pub async fn set_status(
        &self,
        caller: &Caller,
        client_id: &str,
        rule: Rule,
        existing: Existing,
    ) -> Result<()> {
        let deed = match rule {
            Rule::Allow => Deed::Enabled,
            Rule::Block => Deed::Disabled,
        };
        self.set_audience(caller, client_id, Audience::from(rule), existing, deed)
            .await
    }

    /// Says who may use one integration from now on.
    pub(crate) async fn set_audience(
        &self,
        caller: &Caller,
        client_id: &str,
        to: Audience,
        existing: Existing,
        deed: Deed,
    ) -> Result<()> {
        require_decide(caller)?;
        let client = self.client(client_id).await?;
        let actor = self.actor(caller).await?;
        let organization = caller.organization_id;
        let holders = self.holders(organization, &client.client_id, &to).await?;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        let unchanged = to.clone();
        let change = AudienceChange {
            client: &client,
            to,
            existing,
        };
        let Some(changed) = self
            .change_audience(&mut transaction, &actor, organization, &before, &holders, change)
            .await?
        else {
            // It is so already, perhaps for a time only: from now on for good.
            self.forget_expiries(&mut transaction, organization, &client.client_id, &unchanged)
                .await?;
            return transaction.commit().await;
        };
        let mut note = waiting_note(changed.answered.len());
        if !changed.lost.is_nobody() {
            note = format!("{} {note}", existing_note(existing));
        }
        self.write_history(
            &mut transaction,
            &actor,
            organization,
            Some(&client.client_id),
            deed,
            note.trim().to_owned(),
        )
        .await?;
        transaction.commit().await?;
        if existing == Existing::End {
            self.sweep(organization, &client.client_id, &changed.lost).await?;
        }
        Ok(())
    }

    /// Ends every authorization of one integration in the caller's organization; people may give new ones.
    pub async fn revoke_access(&self, caller: &Caller, client_id: &str) -> Result<()> {
        require_decide(caller)?;
        let client = self.client(client_id).await?;
        let actor = self.actor(caller).await?;
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let everybody = Audience::everybody();
        self.shut_out(
            &mut transaction,
            organization,
            &client.client_id,
            &everybody,
            &everybody,
            Existing::End,
        )
        .await?;
        self.write_history(
            &mut transaction,
            &actor,
            organization,
            Some(&client.client_id),
            Deed::Revoked,
            existing_note(Existing::End).to_owned(),
        )
        .await?;
        let sentence = format!("{} revoked everybody's access to {}.", actor.name(), client.name);
        let entry = AuditEntry {
            organization_id: organization,
            actor: actor.audited(),
            category: AuditCategory::Integrations,
            description: "Integration access revoked".to_owned(),
            action_text: sentence.clone(),
            target: Some(target(&client)),
            setting: None,
            previous_value: None,
            new_value: None,
        };
        self.recorder().audit(&mut transaction, &entry).await?;
        let event = SecurityEvent {
            organization_id: organization,
            subject: Subject::Client {
                client_id: client.client_id.clone(),
            },
            kind: SecurityEventKind::IntegrationRevoked,
            initiator: actor.initiator(),
            reason: sentence,
        };
        self.recorder().announce(&mut transaction, &event).await?;
        transaction.commit().await?;
        self.sweep(organization, &client.client_id, &everybody).await
    }
}

pub(crate) fn waiting_note(answered: usize) -> String {
    match answered {
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
