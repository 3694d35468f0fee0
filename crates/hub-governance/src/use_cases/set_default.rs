use hub_directory::{Caller, OrganizationId};
use hub_events::{AuditCategory, AuditEntry, SecurityEvent, SecurityEventKind, Subject, Target};
use hub_oauth::Client;
use kit::Result;
use kit_sql::Transaction;
use webex::{PublicId, ResourceKind};

use super::actor::Actor;
use super::rights::{require_decide, require_view};
use super::set_status::{existing_note, waiting_note};
use crate::governance::Governance;
use crate::model::{Audience, Deed, Existing, Reset, Rule, UNDO_LIFE};
use crate::store::policies::Policies;
use crate::store::{policies, resets};

/// What a page says about an organization's policy before somebody changes it.
#[derive(Clone, Debug)]
pub struct PolicyPreview {
    /// The policy of integrations without an exception.
    pub default: Rule,
    /// Client ids, names and audiences of the exceptions, by name.
    pub exceptions: Vec<(String, String, Audience)>,
    /// How many integrations the other default would enable or disable.
    pub would_change: usize,
    /// The resets of the last thirty days, the latest first.
    pub resets: Vec<Reset>,
}

impl Governance {
    /// The organization's policy, with what changing it would do.
    pub async fn policy(&self, caller: &Caller) -> Result<PolicyPreview> {
        require_view(caller)?;
        let clients = self.clients().await?;
        let policies = policies::policies(&self.core.database, caller.organization_id).await?;
        let since = self.now().minus(UNDO_LIFE);
        let resets = resets::since(&self.core.database, caller.organization_id, since).await?;
        let mut exceptions: Vec<(String, String, Audience)> = clients
            .iter()
            .filter_map(|client| {
                let exception = policies.exceptions.get(&client.client_id)?;
                Some((
                    client.client_id.clone(),
                    client.name.clone(),
                    exception.audience.clone(),
                ))
            })
            .collect();
        exceptions.sort_by_cached_key(|(_, name, _)| kit::search_key(name));
        let would_change = follows_default(&policies, clients).len();
        Ok(PolicyPreview {
            default: policies.default,
            exceptions,
            would_change,
            resets,
        })
    }

    /// Sets the policy of every integration without an exception. Exceptions that say the same end: they are kept only
    /// while they differ.
    pub async fn set_default(&self, caller: &Caller, rule: Rule, existing: Existing) -> Result<()> {
        self.set_named_default(caller, rule, existing, "").await
    }

    /// The same under a name, for those who list policies.
    pub(crate) async fn set_named_default(
        &self,
        caller: &Caller,
        rule: Rule,
        existing: Existing,
        name: &str,
    ) -> Result<()> {
        require_decide(caller)?;
        let clients = self.clients().await?;
        let actor = self.actor(caller).await?;
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        let now = self.now();
        policies::put_default(&mut transaction, organization, rule, name, now).await?;
        if before.default == rule {
            return transaction.commit().await;
        }
        policies::next_revision(&mut transaction, organization).await?;
        for (client_id, exception) in &before.exceptions {
            if exception.audience == Audience::from(rule) {
                policies::delete_exception(&mut transaction, organization, client_id).await?;
            }
        }
        let changed = follows_default(&before, clients);
        let answered = self
            .follow_default(&mut transaction, &actor, organization, &changed, rule, existing)
            .await?;
        self.audit_default(&mut transaction, &actor, organization, before.default, rule)
            .await?;
        let (deed, consequence) = match rule {
            Rule::Allow => (Deed::AllowedByDefault, waiting_note(answered)),
            Rule::Block => (Deed::BlockedByDefault, existing_note(existing).to_owned()),
        };
        let word = if changed.len() == 1 {
            "integration"
        } else {
            "integrations"
        };
        let note = format!("{} {word} changed. {consequence}", changed.len());
        self.write_history(
            &mut transaction,
            &actor,
            organization,
            None,
            deed,
            note.trim_end().to_owned(),
        )
        .await?;
        transaction.commit().await?;
        if rule == Rule::Block && existing == Existing::End {
            for client in &changed {
                self.sweep(organization, &client.client_id, &Audience::everybody())
                    .await?;
            }
        }
        Ok(())
    }

    /// What a new default does to the integrations that follow it; says how many requests were answered.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    async fn follow_default(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        changed: &[Client],
        rule: Rule,
        existing: Existing,
    ) -> Result<usize> {
        let (from, to) = match rule {
            Rule::Allow => (Audience::nobody(), Audience::everybody()),
            Rule::Block => (Audience::everybody(), Audience::nobody()),
        };
        let lost = from.minus(&to);
        let mut answered = 0;
        for client in changed {
            self.shut_out(
                transaction,
                organization,
                &client.client_id,
                &from,
                &lost,
                existing,
            )
            .await?;
            answered += self
                .answer_the_permitted(transaction, actor, organization, client, &to)
                .await?
                .len();
            let event = SecurityEvent {
                organization_id: organization,
                subject: Subject::Client {
                    client_id: client.client_id.clone(),
                },
                kind: match (rule, existing) {
                    (Rule::Allow, _) => SecurityEventKind::IntegrationAllowed,
                    (Rule::Block, Existing::End) => SecurityEventKind::IntegrationBlocked,
                    (Rule::Block, Existing::Spare) => SecurityEventKind::IntegrationBlockedForNew,
                },
                initiator: actor.initiator(),
                reason: format!(
                    "{} changed the integration policy of the organization.",
                    actor.name()
                ),
            };
            self.recorder().announce(transaction, &event).await?;
        }
        Ok(answered)
    }

    async fn audit_default(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        before: Rule,
        after: Rule,
    ) -> Result<()> {
        let entry = AuditEntry {
            organization_id: organization,
            actor: actor.audited(),
            category: AuditCategory::Integrations,
            description: "Default integration policy changed".to_owned(),
            action_text: format!(
                "{} set the policy of integrations without an exception to {}.",
                actor.name(),
                after.word()
            ),
            target: Some(organization_target(organization)),
            setting: Some("defaultIntegrationPolicy".to_owned()),
            previous_value: Some(before.word().to_owned()),
            new_value: Some(after.word().to_owned()),
        };
        self.recorder().audit(transaction, &entry).await
    }
}

pub(crate) fn organization_target(organization: OrganizationId) -> Target {
    Target {
        kind: "ORGANIZATION",
        id: PublicId::text_of_uuid(ResourceKind::Organization, organization.uuid()),
        name: String::new(),
    }
}

/// The integrations whose status follows the default.
fn follows_default(policies: &Policies, clients: Vec<Client>) -> Vec<Client> {
    clients
        .into_iter()
        .filter(|client| !policies.exceptions.contains_key(&client.client_id))
        .collect()
}
