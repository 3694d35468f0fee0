use hub_directory::Caller;
use kit::Result;

use super::rights::{require_decide, require_view};
use super::set_status::{existing_note, waiting_note};
use crate::governance::Governance;
use crate::model::{Deed, Existing, Rule};
use crate::store::policies::Policies;
use crate::store::{policies, requests};

/// What a page says about an organization's policy before somebody changes it.
#[derive(Clone, Debug)]
pub struct PolicyPreview {
    /// The policy of integrations without an exception.
    pub default: Rule,
    /// Names and rules of the exceptions, by name.
    pub exceptions: Vec<(String, Rule)>,
    /// How many integrations the other default would enable or disable.
    pub would_change: usize,
}

impl Governance {
    /// The organization's policy, with what changing it would do.
    pub async fn policy(&self, caller: &Caller) -> Result<PolicyPreview> {
        require_view(caller)?;
        let clients = self.clients().await?;
        let policies = policies::policies(&self.core.database, caller.organization_id).await?;
        let mut exceptions: Vec<(String, Rule)> = clients
            .iter()
            .filter_map(|client| {
                policies
                    .exceptions
                    .get(&client.client_id)
                    .map(|rule| (client.name.clone(), *rule))
            })
            .collect();
        exceptions.sort_by_key(|(name, _)| kit::search_key(name));
        let ids = clients.into_iter().map(|client| client.client_id);
        let would_change = follows_default(&policies, ids).len();
        Ok(PolicyPreview {
            default: policies.default,
            exceptions,
            would_change,
        })
    }

    /// Sets the policy of every integration without an exception. Exceptions that say the same end: they are kept only
    /// while they differ.
    pub async fn set_default(&self, caller: &Caller, rule: Rule, existing: Existing) -> Result<()> {
        require_decide(caller)?;
        let ids: Vec<String> = self
            .clients()
            .await?
            .into_iter()
            .map(|client| client.client_id)
            .collect();
        let actor = self.actor(caller).await?;
        let now = self.core.clock.now();
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        if before.default == rule {
            return transaction.commit().await;
        }
        let changed = follows_default(&before, ids);
        policies::put_default(&mut transaction, organization, rule).await?;
        policies::delete_exceptions_equal_to(&mut transaction, organization, rule).await?;
        let (deed, consequence) = match rule {
            Rule::Allow => {
                let settled =
                    requests::settle_clients(&mut transaction, organization, &changed, &actor.allows(now))
                        .await?;
                (Deed::AllowedByDefault, waiting_note(settled))
            }
            Rule::Block => {
                policies::bound(&mut transaction, organization, &changed, existing, now).await?;
                (Deed::BlockedByDefault, existing_note(existing).to_owned())
            }
        };
        let note = format!(
            "{} {} changed. {consequence}",
            changed.len(),
            if changed.len() == 1 {
                "integration"
            } else {
                "integrations"
            }
        );
        self.write_history(&mut transaction, &actor, None, deed, note.trim_end().to_owned())
            .await?;
        transaction.commit().await?;
        if rule == Rule::Block && existing == Existing::End {
            self.sweep(organization, &changed).await?;
        }
        Ok(())
    }
}

/// The integrations whose status follows the default.
fn follows_default(policies: &Policies, client_ids: impl IntoIterator<Item = String>) -> Vec<String> {
    client_ids
        .into_iter()
        .filter(|client_id| !policies.exceptions.contains_key(client_id))
        .collect()
}
