use kit::{Error, Result};
use kit_sql::Transaction;

use super::record::Doer;
use crate::model::{Surroundings, rights, settle};
use crate::store::{deactivations, licenses, locations, people_read, people_write};
use crate::{
    Caller, Directory, License, Location, OrganizationId, Person, PersonChange, PersonChangeKind,
    PersonDraft, PersonId,
};

impl Directory {
    /// Makes a person in the caller's organization.
    pub async fn create_person(&self, caller: &Caller, draft: PersonDraft) -> Result<Person> {
        rights::require_people_writer(caller)?;
        let mut transaction = self.database().begin().await?;
        let person = self.create_person_within(&mut transaction, caller, draft).await?;
        transaction.commit().await?;
        Ok(person)
    }

    /// The same inside the transaction of another slice, which keeps something beside the person and commits.
    pub async fn create_person_within(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        draft: PersonDraft,
    ) -> Result<Person> {
        rights::require_people_writer(caller)?;
        let known = Known::of(transaction, caller.organization_id, &draft, None).await?;
        let around = known.surroundings(caller.organization_id, self.clock().now());
        let person = settle(None, PersonId::random(self.randomness().as_ref()), draft, &around)?;
        rights::require_rank(caller, None, Some(&person))?;
        people_write::require_free(transaction, &person).await?;
        people_write::insert(transaction, &person, &known.licenses).await?;
        if !person.login_enabled {
            let (organization_id, now) = (person.organization_id, person.created_at);
            deactivations::begin(transaction, organization_id, person.id, now).await?;
        }
        self.record_created(transaction, Doer::Caller(caller), &person, &known.licenses)
            .await?;
        let change = PersonChange {
            person_id: person.id,
            organization_id: person.organization_id,
            actor: Some(caller.person_id),
            kind: PersonChangeKind::Created,
        };
        self.announce(transaction, &change).await?;
        Ok(person)
    }
}

/// What a draft refers to, read inside the transaction that applies it.
pub(super) struct Known {
    pub(super) licenses: Vec<License>,
    location: Option<Location>,
    manager: Option<Person>,
}

impl Known {
    pub(super) async fn of(
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        draft: &PersonDraft,
        before: Option<&Person>,
    ) -> Result<Self> {
        let licenses = licenses::of_organization((&mut *transaction).into(), organization_id).await?;
        let location_id = draft
            .calling
            .location_id
            .or_else(|| before.and_then(|person| person.location_id));
        let location = match location_id {
            Some(id) => {
                locations::hold(&mut *transaction, organization_id, id).await?;
                locations::by_id((&mut *transaction).into(), organization_id, id).await?
            }
            None => None,
        };
        let manager = match draft.manager_id {
            Some(id) if before.is_some_and(|person| person.id == id) => {
                return Err(Error::invalid("Nobody is their own manager."));
            }
            Some(id) => Some(
                people_read::by_id((&mut *transaction).into(), organization_id, id)
                    .await?
                    .ok_or_else(|| Error::invalid("managerId names nobody of this organization."))?,
            ),
            None => None,
        };
        Ok(Self {
            licenses,
            location,
            manager,
        })
    }

    pub(super) fn surroundings(
        &self,
        organization_id: OrganizationId,
        now: kit::Timestamp,
    ) -> Surroundings<'_> {
        Surroundings {
            organization_id,
            licenses: &self.licenses,
            location: self.location.as_ref(),
            manager: self.manager.as_ref(),
            now,
        }
    }
}
