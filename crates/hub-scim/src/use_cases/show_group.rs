use hub_directory::Caller;
use hub_directory::public_api::NOT_FOUND;
use kit::{Error, Result, Uuid};

use crate::Scim;
use crate::model::error::Outcome;
use crate::model::group::Group;
use crate::model::resource::Tree;
use crate::model::rights;
use crate::store::groups;

impl Scim {
    /// One group, as SCIM shows it.
    pub(crate) async fn show_group(
        &self,
        caller: &Caller,
        id: Uuid,
        with_members: bool,
    ) -> Outcome<(Group, Tree)> {
        let group = self.group(caller, id, rights::SCIM_GROUPS_READ).await?;
        let tree = self.group_tree(&group, with_members).await?;
        Ok((group, tree))
    }

    /// One group without its members.
    pub(crate) async fn group(&self, caller: &Caller, id: Uuid, scopes: &[&str]) -> Result<Group> {
        rights::require_group_reader(caller, scopes)?;
        groups::by_id(self.database().into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }
}
