use hub_directory::{Caller, Fate};
use hub_oauth::HangingGrant;
use kit::Result;

use super::Loss;
use crate::governance::Governance;
use crate::model::{Audience, Existing, Rule};
use crate::store::policies;
use crate::use_cases::require_view;

/// What somebody is about to do to the policy of integrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyDeed {
    /// These people may use the integration, and nobody else.
    SetAudience {
        /// Which integration.
        client_id: String,
        /// Who.
        to: Audience,
        /// What becomes of what the others hold.
        existing: Existing,
    },
    /// Everything that was given to the integration ends.
    Revoke {
        /// Which integration.
        client_id: String,
    },
    /// This counts for every integration without an exception.
    SetDefault {
        /// What.
        rule: Rule,
        /// What becomes of what people hold.
        existing: Existing,
    },
    /// Every exception is deleted.
    Reset {
        /// What becomes of what people hold.
        existing: Existing,
    },
}

impl Governance {
    /// Which authorizations of the caller's organization this ends.
    pub async fn blast_radius_of_policy(&self, caller: &Caller, deed: &PolicyDeed) -> Result<Vec<Loss>> {
        require_view(caller)?;
        let organization = caller.organization_id;
        let mut dying: Vec<(HangingGrant, Fate)> = Vec::new();
        for (client_id, lost) in self.who_loses_what(caller, deed).await? {
            let grants = self
                .oauth()?
                .grants_that_hang_on_client(organization, &client_id)
                .await?;
            let losing = grants.into_iter().filter(|grant| lost.permits(grant.person_id));
            dying.extend(losing.map(|grant| (grant, Fate::Dies)));
        }
        self.told(dying).await
    }

    /// Each integration that loses somebody, with whom; nobody where what exists is spared.
    async fn who_loses_what(&self, caller: &Caller, deed: &PolicyDeed) -> Result<Vec<(String, Audience)>> {
        let before = policies::policies(&self.core.database, caller.organization_id).await?;
        let changes: Vec<(String, Audience)> = match deed {
            PolicyDeed::Revoke { client_id } => {
                let client = self.client(client_id).await?;
                return Ok(vec![(client.client_id, Audience::everybody())]);
            }
            PolicyDeed::SetAudience {
                client_id,
                to,
                existing,
            } => {
                let client = self.client(client_id).await?;
                spared(*existing, vec![(client.client_id, to.clone())])
            }
            PolicyDeed::SetDefault { rule, existing } => {
                let clients = self.clients().await?;
                let follows = clients
                    .into_iter()
                    .filter(|client| !before.exceptions.contains_key(&client.client_id));
                spared(
                    *existing,
                    follows
                        .map(|client| (client.client_id, Audience::from(*rule)))
                        .collect(),
                )
            }
            PolicyDeed::Reset { existing } => {
                let default = Audience::from(before.default);
                let exceptions = before.exceptions.keys();
                spared(
                    *existing,
                    exceptions
                        .map(|client_id| (client_id.clone(), default.clone()))
                        .collect(),
                )
            }
        };
        Ok(changes
            .into_iter()
            .map(|(client_id, to)| {
                let lost = before.audience_of(&client_id).minus(&to);
                (client_id, lost)
            })
            .filter(|(_, lost)| !lost.is_nobody())
            .collect())
    }
}

fn spared(existing: Existing, changes: Vec<(String, Audience)>) -> Vec<(String, Audience)> {
    match existing {
        Existing::End => changes,
        Existing::Spare => Vec::new(),
    }
}
