use kit::{Error, Result};
use kit_sql::Handle;

use crate::model::rights;
use crate::store::people_read;
use crate::{Caller, Directory, Person, PersonId};

impl Directory {
    /// The person, if the caller may reset their password and their access. A lesser administrator cannot touch a greater
    /// one: whoever holds a role is a Full Admin's affair.
    pub async fn person_to_secure(
        &self,
        on: Handle<'_>,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Person> {
        rights::require_people_writer(caller)?;
        let person = people_read::by_id(on, caller.organization_id, person)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        if !caller.is_full_admin() && !person.roles.is_empty() {
            return Err(Error::forbidden(
                "Only a Full Administrator can reset the password or the access of an administrator.",
            ));
        }
        Ok(person)
    }
}
