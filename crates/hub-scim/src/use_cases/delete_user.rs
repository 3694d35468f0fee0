use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, PersonId};
use kit::{Error, Uuid};

use crate::Scim;
use crate::model::error::Outcome;
use crate::model::rights;

impl Scim {
    /// Takes a person out of the organization, for good. What this slice keeps of them goes by its listener.
    pub(crate) async fn delete_user(&self, caller: &Caller, id: Uuid, if_match: Option<&str>) -> Outcome<()> {
        rights::require_user_writer(caller)?;
        if let Some(if_match) = if_match {
            let present = self
                .user(caller.organization_id, PersonId::new(id), false)
                .await?;
            let present = present.ok_or_else(|| Error::not_found(NOT_FOUND))?;
            crate::model::version::require(Some(if_match), crate::model::user::version_of(&present))?;
        }
        let writer = rights::towards_the_directory(caller)?;
        self.directory().delete_person(&writer, PersonId::new(id)).await?;
        Ok(())
    }
}
