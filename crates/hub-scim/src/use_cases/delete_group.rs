use hub_directory::Caller;
use hub_directory::public_api::NOT_FOUND;
use kit::{Error, Uuid};

use crate::Scim;
use crate::model::error::Outcome;
use crate::model::{rights, version};
use crate::store::groups;

impl Scim {
    /// Removes a group. Its members stay in the organization.
    pub(crate) async fn delete_group(
        &self,
        caller: &Caller,
        id: Uuid,
        if_match: Option<&str>,
        scopes: &[&str],
    ) -> Outcome<()> {
        rights::require_group_writer(caller, scopes)?;
        let mut transaction = self.database().begin().await?;
        let group = groups::hold(&mut transaction, caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        version::require(if_match, &group.tag())?;
        groups::delete(&mut transaction, &group).await?;
        transaction.commit().await?;
        Ok(())
    }
}
