use kit::{Error, Result};

use crate::model::rights;
use crate::store::people_read;
use crate::{Caller, Directory, PeopleView, Person, PersonId};

impl Directory {
    /// One person of the caller's organization, and what the caller sees of them.
    pub async fn show_person(
        &self,
        caller: &Caller,
        id: PersonId,
        calling: bool,
    ) -> Result<(Person, PeopleView)> {
        caller.require_any_scope(rights::PEOPLE_READ)?;
        self.shown(caller, id, calling).await
    }

    /// The caller's own profile.
    pub async fn show_me(&self, caller: &Caller, calling: bool) -> Result<(Person, PeopleView)> {
        caller.require_any_scope(rights::OWN_PROFILE)?;
        self.shown(caller, caller.person_id, calling).await
    }

    async fn shown(&self, caller: &Caller, id: PersonId, calling: bool) -> Result<(Person, PeopleView)> {
        let person = people_read::by_id(self.database().into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        Ok((person, self.view(caller, calling, true).await?))
    }
}
