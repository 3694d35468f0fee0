use std::collections::BTreeMap;

use hub_directory::{Account, PersonId};
use kit::{Result, Timestamp};
use webex::ScopeSet;

use super::authenticate::holding_of;
use crate::model::grant::{Because, Grant, GrantKind};
use crate::store::{codes, grants};
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
        let now = self.now();
        let mut clients: BTreeMap<String, Option<Client>> = BTreeMap::new();
        let mut living = Vec::new();
        for grant in grants::of_person(self.database(), person, now).await? {
            if !clients.contains_key(&grant.client_id) {
                clients.insert(grant.client_id.clone(), self.client(&grant.client_id).await?);
            }
            let Some(Some(client)) = clients.get(&grant.client_id) else {
                continue;
            };
            if self
                .standing(&holding_of(&grant, client.enabled, client.built_in, now))
                .await?
                .is_ok()
            {
                living.push(grant);
            }
        }
        Ok(living)
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

    /// A person takes back everything that they gave an integration, codes that it has not fetched included. Says how
    /// many grants died.
    pub async fn withdraw(&self, person: PersonId, client_id: &str) -> Result<u64> {
        let now = self.now();
        let mut transaction = self.database().begin().await?;
        // Codes first: whoever redeems one at this moment either finds it taken back, or its grant is seen below.
        codes::revoke_of_person(&mut transaction, person, client_id, now).await?;
        let revoked =
            grants::revoke_of_person(&mut transaction, person, client_id, Because::Withdrawn, now).await?;
        transaction.commit().await?;
        Ok(revoked)
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
