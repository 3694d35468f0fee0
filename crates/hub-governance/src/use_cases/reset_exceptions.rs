use hub_directory::{Caller, OrganizationId};
use hub_events::{AuditCategory, AuditEntry};
use hub_oauth::Client;
use kit::{Result, Uuid};
use kit_sql::Transaction;

use super::actor::Actor;
use super::change_audience::{AudienceChange, Holders};
use super::rights::require_decide;
use super::set_default::organization_target;
use super::set_status::{existing_note, waiting_note};
use crate::governance::Governance;
use crate::model::{Audience, Deed, Existing, Reset};
use crate::store::{policies, resets};

impl Governance {
    /// “Force Reset”: deletes every exception; from then on the organization's policy alone counts. What was deleted is
    /// kept for thirty days, so that it can be undone: answers the id of the reset, or nothing where there was no exception.
    #[expect(
        clippy::too_many_lines,
        reason = "one transaction, told from its beginning to its end"
    )]
    pub async fn reset_exceptions(&self, caller: &Caller, existing: Existing) -> Result<Option<Uuid>> {
        require_decide(caller)?;
        let actor = self.actor(caller).await?;
        let clients = self.clients().await?;
        let organization = caller.organization_id;
        let mut held = Vec::new();
        for client in clients {
            // The default may be anything by the time of the transaction: both are looked at.
            let holders = self
                .holders(organization, &client.client_id, &Audience::everybody())
                .await?;
            held.push((client, holders));
        }
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        if before.exceptions.is_empty() {
            transaction.commit().await?;
            return Ok(None);
        }
        let id = self.core.randomness.uuid();
        let reset = Reset {
            id,
            at: self.now(),
            actor_name: actor.name().to_owned(),
            default: before.default,
            revision: 0,
            undone: None,
            exceptions: before
                .exceptions
                .iter()
                .map(|(client_id, exception)| (client_id.clone(), exception.audience.clone()))
                .collect(),
        };
        let changes = held
            .iter()
            .filter(|(client, _)| before.exceptions.contains_key(&client.client_id))
            .map(|(client, holders)| (client, holders, Audience::from(before.default)))
            .collect();
        let (lost, answered) = self
            .change_many(&mut transaction, &actor, organization, changes, existing)
            .await?;
        // Exceptions of integrations that do not exist any more go without a word.
        for client_id in before.exceptions.keys() {
            policies::delete_exception(&mut transaction, organization, client_id).await?;
        }
        let revision = policies::next_revision(&mut transaction, organization).await?;
        resets::insert(&mut transaction, organization, &Reset { revision, ..reset }).await?;
        let deleted = before.exceptions.len();
        let consequence = if lost.is_empty() {
            waiting_note(answered)
        } else {
            existing_note(existing).to_owned()
        };
        let word = if deleted == 1 { "exception" } else { "exceptions" };
        let note = format!("{deleted} {word} deleted. {consequence}")
            .trim_end()
            .to_owned();
        self.audit_reset(
            &mut transaction,
            &actor,
            organization,
            "Integration exceptions reset",
            &note,
        )
        .await?;
        self.write_history(&mut transaction, &actor, organization, None, Deed::Reset, note)
            .await?;
        transaction.commit().await?;
        self.sweep_many(organization, existing, &lost).await?;
        Ok(Some(id))
    }

    /// Several integrations inside one decision: who lost what, and how many requests were answered.
    pub(crate) async fn change_many(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        changes: Vec<(&Client, &Holders, Audience)>,
        existing: Existing,
    ) -> Result<(Vec<(String, Audience)>, usize)> {
        let (mut lost, mut answered) = (Vec::new(), 0);
        for (client, holders, to) in changes {
            let before = policies::policies(&mut *transaction, organization).await?;
            let change = AudienceChange { client, to, existing };
            let changed = self
                .change_audience(transaction, actor, organization, &before, holders, change)
                .await?;
            if let Some(changed) = changed {
                answered += changed.answered.len();
                if !changed.lost.is_nobody() {
                    lost.push((client.client_id.clone(), changed.lost));
                }
            }
        }
        Ok((lost, answered))
    }

    pub(crate) async fn sweep_many(
        &self,
        organization: OrganizationId,
        existing: Existing,
        lost: &[(String, Audience)],
    ) -> Result<()> {
        if existing == Existing::End {
            for (client_id, lost) in lost {
                self.sweep(organization, client_id, lost).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn audit_reset(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        description: &str,
        note: &str,
    ) -> Result<()> {
        let entry = AuditEntry {
            organization_id: organization,
            actor: actor.audited(),
            category: AuditCategory::Integrations,
            description: description.to_owned(),
            action_text: format!("{}: {note}", actor.name()),
            target: Some(organization_target(organization)),
            setting: None,
            previous_value: None,
            new_value: None,
        };
        self.recorder().audit(transaction, &entry).await
    }
}
