use std::collections::BTreeMap;

use hub_directory::{OrganizationId, PersonId};
use kit::{Error, Result, Timestamp};
use kit_sql::Transaction;

use crate::OAuth;
use crate::model::grant::{Because, GrantId};
use crate::store::adoption::{self, Given};
use crate::store::{codes, grants};

/// Of how many people the grants are looked at together.
const PEOPLE_AT_ONCE: i64 = 1_000;

/// Somebody who uses an integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopter {
    /// Who.
    pub person_id: PersonId,
    /// Their first authorization that lives.
    pub first_granted_at: Timestamp,
    /// Their latest authorization that lives.
    pub granted_at: Timestamp,
    /// The last use of any.
    pub last_used_at: Option<Timestamp>,
}

impl OAuth {
    /// How many people of an organization use each integration, by client id. What nobody uses is not listed.
    /// Policy is not asked: what it blocks is what the reader of these figures wants to know. The database adds up a
    /// person's grants; what is held in memory does not grow with the organization.
    pub async fn adoption(&self, organization: OrganizationId) -> Result<Vec<(String, u64)>> {
        let mut people: BTreeMap<String, u64> = BTreeMap::new();
        let mut after = None;
        loop {
            let (given, next) = self.given_from(organization, None, after).await?;
            let mut last: Option<(PersonId, String)> = None;
            for one in given {
                let key = (one.person_id, one.client_id);
                if last.as_ref() != Some(&key) {
                    *people.entry(key.1.clone()).or_default() += 1;
                    last = Some(key);
                }
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(people.into_iter().collect()),
            }
        }
    }

    /// Who of an organization uses an integration, by person: those behind `after`, a bounded number of them, and
    /// after whom to go on (nothing at the end). A part may be empty although more follow.
    pub async fn people_using_from(
        &self,
        organization: OrganizationId,
        client_id: &str,
        after: Option<PersonId>,
    ) -> Result<(Vec<Adopter>, Option<PersonId>)> {
        let (given, next) = self.given_from(organization, Some(client_id), after).await?;
        let mut adopters: Vec<Adopter> = Vec::new();
        for one in given {
            match adopters.last_mut() {
                Some(adopter) if adopter.person_id == one.person_id => {
                    adopter.first_granted_at = adopter.first_granted_at.min(one.first_granted_at);
                    adopter.granted_at = adopter.granted_at.max(one.granted_at);
                    adopter.last_used_at = adopter.last_used_at.max(one.last_used_at);
                }
                _ => adopters.push(Adopter {
                    person_id: one.person_id,
                    first_granted_at: one.first_granted_at,
                    granted_at: one.granted_at,
                    last_used_at: one.last_used_at,
                }),
            }
        }
        Ok((adopters, next))
    }

    /// Who of an organization uses an integration, everybody, by person.
    pub async fn people_using(&self, organization: OrganizationId, client_id: &str) -> Result<Vec<Adopter>> {
        let (mut adopters, mut next) = self.people_using_from(organization, client_id, None).await?;
        while next.is_some() {
            let (more, after) = self.people_using_from(organization, client_id, next).await?;
            adopters.extend(more);
            next = after;
        }
        Ok(adopters)
    }

    /// What the next people of an organization gave that events did not kill.
    async fn given_from(
        &self,
        organization: OrganizationId,
        client_id: Option<&str>,
        after: Option<PersonId>,
    ) -> Result<(Vec<Given>, Option<PersonId>)> {
        let (now, database) = (self.now(), self.database());
        let people =
            adoption::people_after(database, organization, client_id, after, PEOPLE_AT_ONCE, now).await?;
        let is_full = i64::try_from(people.len()).is_ok_and(|found| found == PEOPLE_AT_ONCE);
        let next = people.last().copied().filter(|_| is_full);
        let mut given = adoption::given_by(database, organization, client_id, &people, now).await?;
        let epochs = self.identity().epochs_of(&people).await?;
        given.retain(|one| {
            let now = epochs.get(&one.person_id).copied().unwrap_or_default();
            one.epochs.still_hold(now, one.is_administrative)
        });
        Ok((given, next))
    }

    /// The ids of the grants of an integration that these people gave and nobody revoked, with whose they are.
    pub async fn grants_given_by(
        &self,
        organization: OrganizationId,
        client_id: &str,
        people: &[PersonId],
    ) -> Result<Vec<(GrantId, PersonId)>> {
        adoption::grants_of(self.database(), organization, client_id, people, self.now()).await
    }

    /// Revokes everything that people of an organization gave an integration; says how many grants died. The caller
    /// has checked who asks.
    pub async fn revoke_client_in(&self, organization: OrganizationId, client_id: &str) -> Result<u64> {
        let mut transaction = self.database().begin().await?;
        let revoked = self
            .revoke_client_within(&mut transaction, organization, client_id)
            .await?;
        transaction.commit().await?;
        Ok(revoked)
    }

    /// The same inside the transaction of its cause.
    pub async fn revoke_client_within(
        &self,
        transaction: &mut Transaction,
        organization: OrganizationId,
        client_id: &str,
    ) -> Result<u64> {
        let now = self.now();
        codes::revoke_of_organization(transaction, organization, client_id, now).await?;
        grants::revoke_of_organization(transaction, organization, client_id, Because::Administrator, now)
            .await
    }

    /// Revokes what these people gave an integration; says how many grants died. The caller has checked who asks, and
    /// that policy refuses them: a code on its way finds a closed gate.
    pub async fn revoke_client_of(&self, people: &[PersonId], client_id: &str) -> Result<u64> {
        let now = self.now();
        let mut revoked = 0;
        for chunk in people.chunks(500) {
            let mut transaction = self.database().begin().await?;
            for person in chunk {
                let died = grants::revoke_of_person(
                    &mut transaction,
                    *person,
                    client_id,
                    Because::Administrator,
                    now,
                )
                .await?;
                revoked += died.len() as u64;
            }
            transaction.commit().await?;
        }
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
