use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, PersonId};
use kit::{Error, Uuid};

use crate::Scim;
use crate::model::error::Outcome;
use crate::model::{rights, user, version};
use crate::store::extras;

impl Scim {
    /// Takes a person out of the organization, for good. What this slice keeps of them goes by its listener.
    pub(crate) async fn delete_user(&self, caller: &Caller, id: Uuid, if_match: Option<&str>) -> Outcome<()> {
        rights::require_user_writer(caller)?;
        let (id, organization_id) = (PersonId::new(id), caller.organization_id);
        let mut transaction = self.database().begin().await?;
        // Held, so that whoever is deleted is still the one whom If-Match names.
        let person = self
            .directory()
            .hold_person(&mut transaction, organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let extra = extras::of_person((&mut transaction).into(), organization_id, id).await?;
        let present = user::tree(&person, &extra, None, &self.base(organization_id));
        version::require(if_match, user::version_of(&present))?;
        let writer = rights::towards_the_directory(caller)?;
        self.directory()
            .delete_person_within(&mut transaction, &writer, id)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}
