use kit::{Error, Result};

use crate::model::rights;
use crate::store::locations;
use crate::{Caller, Directory, LocationChangeKind, LocationId};

impl Directory {
    /// Takes a location away. Calling must have been disabled there before.
    pub async fn delete_location(&self, caller: &Caller, id: LocationId) -> Result<()> {
        rights::require(caller, rights::LOCATIONS_WRITE, rights::FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        locations::lock(&mut transaction, caller.organization_id, id).await?;
        let location = locations::by_id((&mut transaction).into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        if location.calling.is_some() {
            return Err(Error::conflict(format!(
                "The location “{}” is enabled for calling. Disable calling there first, then delete it.",
                location.name
            )));
        }
        let kind = LocationChangeKind::Deleted;
        self.announce_location(&mut transaction, caller.organization_id, id, kind)
            .await?;
        locations::delete(&mut transaction, &location).await?;
        transaction.commit().await
    }
}
