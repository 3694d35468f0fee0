use kit::{Error, Result};
use kit_sql::Transaction;

use super::change_person::require_another_full_admin;
use super::record::Doer;
use crate::model::rights;
use crate::store::{people_read, people_write};
use crate::{Caller, Directory, Person, PersonChange, PersonChangeKind, PersonId};

impl Directory {
    /// Takes a person out of the organization. There is no way back.
    pub async fn delete_person(&self, caller: &Caller, id: PersonId) -> Result<Person> {
        rights::require(caller, rights::PEOPLE_WRITE, rights::PEOPLE_WRITERS)?;
        let mut transaction = self.database().begin().await?;
        let person = self.delete_person_within(&mut transaction, caller, id).await?;
        transaction.commit().await?;
        Ok(person)
    }

    /// The same inside the transaction of another slice, which looks at the person first and commits.
    pub async fn delete_person_within(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        id: PersonId,
    ) -> Result<Person> {
        rights::require(caller, rights::PEOPLE_WRITE, rights::PEOPLE_WRITERS)?;
        people_write::lock(&mut *transaction, caller.organization_id, id).await?;
        let person = people_read::by_id((&mut *transaction).into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        rights::require_rank(caller, Some(&person), None)?;
        if person.is_acting_full_admin() {
            require_another_full_admin(transaction, &person).await?;
        }
        self.remove_person(transaction, Doer::Caller(caller), &person)
            .await?;
        Ok(person)
    }

    /// Takes the person out, whoever wants it.
    pub(super) async fn remove_person(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        person: &Person,
    ) -> Result<()> {
        let change = PersonChange {
            person_id: person.id,
            organization_id: person.organization_id,
            actor: doer.person_id(),
            kind: PersonChangeKind::Deleted,
        };
        // Before the row goes: a listener may want to look at the person, and the actor may be the person.
        self.record_deleted(transaction, doer, person).await?;
        self.announce(transaction, &change).await?;
        people_write::delete(transaction, person).await
    }
}
