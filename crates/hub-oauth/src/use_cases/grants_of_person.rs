use std::collections::BTreeMap;

use hub_directory::{Account, PersonId};
use kit::{Result, Timestamp};
use webex::ScopeSet;

use super::standing::Holding;
use crate::model::grant::{Grant, GrantKind};
use crate::store::grants::{self, WithClient};
use crate::{Client, OAuth};

/// What a person gave one integration, all grants together.
#[derive(Clone, Debug)]
pub struct AuthorizedApplication {
    /// The integration.
    pub client: Client,
    /// Everything that it may do.
    pub scopes: ScopeSet,
    /// Since when it may do something.
    pub since: Timestamp,
    /// The last use of any of it.
    pub last_used_at: Option<Timestamp>,
    /// How many times it was authorized, as far as that lives.
    pub grants: usize,
}

impl OAuth {
    /// Everything that a person gave and that lives at this moment, newest first.
    pub async fn grants_of_person(&self, person: PersonId) -> Result<Vec<Grant>> {
        let found = grants::of_person_with_clients(self.database(), person, self.now()).await?;
        self.living(found).await
    }

    /// Those of these grants that live at this moment.
    pub(super) async fn living(&self, found: Vec<WithClient>) -> Result<Vec<Grant>> {
        let now = self.now();
        let holdings: Vec<Holding> = found
            .iter()
            .map(|one| Holding::of_grant(&one.grant, one.client, now))
            .collect();
        let verdicts = self.standings(&holdings).await?;
        Ok(found
            .into_iter()
            .zip(verdicts)
            .filter_map(|(one, verdict)| verdict.is_ok().then_some(one.grant))
            .collect())
    }

    /// The integrations that a person authorized, by name.
    pub async fn applications_of_person(&self, person: PersonId) -> Result<Vec<AuthorizedApplication>> {
        let mut applications: BTreeMap<String, AuthorizedApplication> = BTreeMap::new();
        for grant in self.grants_of_person(person).await? {
            if grant.kind != GrantKind::Consent {
                continue;
            }
            if let Some(known) = applications.get_mut(&grant.client_id) {
                known.scopes = known.scopes.iter().chain(grant.scopes.iter()).cloned().collect();
                known.since = known.since.min(grant.granted_at);
                known.last_used_at = known.last_used_at.max(grant.last_used_at);
                known.grants += 1;
                continue;
            }
            let Some(client) = self.client(&grant.client_id).await? else {
                continue;
            };
            let application = AuthorizedApplication {
                client,
                scopes: grant.scopes,
                since: grant.granted_at,
                last_used_at: grant.last_used_at,
                grants: 1,
            };
            applications.insert(grant.client_id, application);
        }
        let mut applications: Vec<_> = applications.into_values().collect();
        applications.sort_by_key(|application| kit::search_key(&application.client.name));
        Ok(applications)
    }

    /// Whether the person has given the client all of this before, and it lives.
    pub(super) async fn has_given(
        &self,
        account: &Account,
        client: &Client,
        scopes: &ScopeSet,
    ) -> Result<bool> {
        let living = self.grants_of_person(account.person_id).await?;
        Ok(living
            .iter()
            .any(|grant| grant.client_id == client.client_id && scopes.is_subset_of(&grant.scopes)))
    }
}
