use std::collections::{BTreeMap, BTreeSet};

use hub_directory::{OrganizationId, PersonId};
use kit::{Error, Result, Timestamp};
use webex::ScopeSet;

use crate::OAuth;
use crate::model::grant::{Because, Grant, GrantId, GrantKind};
use crate::store::{codes, grants};

/// Somebody who uses an integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopter {
    /// Who.
    pub person_id: PersonId,
    /// Their latest authorization that lives.
    pub granted_at: Timestamp,
    /// What it allows.
    pub scopes: ScopeSet,
    /// Its last use.
    pub last_used_at: Option<Timestamp>,
}

impl OAuth {
    /// How many people of an organization use each integration, by client id. What nobody uses is not listed.
    /// Policy is not asked: what it blocks is what the reader of these figures wants to know.
    pub async fn adoption(&self, organization: OrganizationId) -> Result<Vec<(String, u64)>> {
        let mut people: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
        for grant in self.given_in(organization, None).await? {
            people.entry(grant.client_id).or_default().insert(grant.person_id);
        }
        Ok(people
            .into_iter()
            .map(|(client_id, people)| (client_id, people.len() as u64))
            .collect())
    }

    /// Who of an organization uses an integration, by person.
    pub async fn people_using(&self, organization: OrganizationId, client_id: &str) -> Result<Vec<Adopter>> {
        let mut adopters: BTreeMap<PersonId, Adopter> = BTreeMap::new();
        for grant in self.given_in(organization, Some(client_id)).await? {
            let before = adopters
                .get(&grant.person_id)
                .and_then(|adopter| adopter.last_used_at);
            let adopter = Adopter {
                person_id: grant.person_id,
                granted_at: grant.granted_at,
                scopes: grant.scopes,
                last_used_at: grant.last_used_at.max(before),
            };
            // The store answers the oldest first, so the latest one stays.
            adopters.insert(adopter.person_id, adopter);
        }
        Ok(adopters.into_values().collect())
    }

    async fn given_in(&self, organization: OrganizationId, client_id: Option<&str>) -> Result<Vec<Grant>> {
        let found = grants::of_organization(self.database(), organization, client_id, self.now()).await?;
        let people: BTreeSet<PersonId> = found.iter().map(|grant| grant.person_id).collect();
        let epochs = self
            .identity()
            .epochs_of(&people.into_iter().collect::<Vec<_>>())
            .await?;
        Ok(found
            .into_iter()
            .filter(|grant| grant.kind == GrantKind::Consent)
            .filter(|grant| {
                let now = epochs.get(&grant.person_id).copied().unwrap_or_default();
                grant.epochs.still_hold(now, grant.scopes.is_administrative())
            })
            .collect())
    }

    /// Revokes everything that people of an organization gave an integration; says how many grants died. The caller
    /// has checked who asks.
    pub async fn revoke_client_in(&self, organization: OrganizationId, client_id: &str) -> Result<u64> {
        let now = self.now();
        let mut transaction = self.database().begin().await?;
        codes::revoke_of_organization(&mut transaction, organization, client_id, now).await?;
        let revoked = grants::revoke_of_organization(
            &mut transaction,
            organization,
            client_id,
            Because::Administrator,
            now,
        )
        .await?;
        transaction.commit().await?;
        Ok(revoked)
    }

    /// Revokes one grant with all its tokens. The caller has checked who asks.
    pub async fn revoke_grant(&self, id: GrantId) -> Result<()> {
        if grants::find(self.database(), id).await?.is_none() {
            return Err(Error::not_found("There is no such authorization."));
        }
        grants::revoke(self.database(), id, Because::Administrator, self.now()).await?;
        Ok(())
    }
}
