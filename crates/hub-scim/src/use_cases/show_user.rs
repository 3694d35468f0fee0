use std::collections::BTreeMap;

use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, OrganizationId, PersonId};
use kit::{Error, Result, Uuid};

use crate::Scim;
use crate::model::error::Outcome;
use crate::model::resource::Tree;
use crate::model::user::{self, UserExtra};
use crate::model::{rights, user::GroupOfUser};
use crate::store::{extras, members};

impl Scim {
    /// One user of the organization.
    pub(crate) async fn show_user(&self, caller: &Caller, id: Uuid, with_groups: bool) -> Outcome<Tree> {
        rights::require_user_reader(caller)?;
        let found = self
            .user(caller.organization_id, PersonId::new(id), with_groups)
            .await?;
        Ok(found.ok_or_else(|| Error::not_found(NOT_FOUND))?)
    }

    /// The caller, whoever it is.
    pub(crate) async fn show_own_user(&self, caller: &Caller, with_groups: bool) -> Outcome<Tree> {
        caller.require_any_scope(rights::OWN_USER)?;
        let found = self
            .user(caller.organization_id, caller.person_id, with_groups)
            .await?;
        Ok(found.ok_or_else(|| Error::not_found(NOT_FOUND))?)
    }

    pub(super) async fn user(
        &self,
        organization_id: OrganizationId,
        id: PersonId,
        with_groups: bool,
    ) -> Result<Option<Tree>> {
        Ok(self.users(organization_id, &[id], with_groups).await?.pop())
    }

    /// These people as users, in this order; ids that there is nobody for are left out.
    pub(super) async fn users(
        &self,
        organization_id: OrganizationId,
        ids: &[PersonId],
        with_groups: bool,
    ) -> Result<Vec<Tree>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let database = self.database();
        let people = self
            .directory()
            .people_of(database.into(), organization_id, ids)
            .await?;
        let kept = extras::of_people(database.into(), organization_id, ids).await?;
        let groups = if with_groups {
            Some(members::groups_of(database.into(), organization_id, ids).await?)
        } else {
            None
        };
        let base = self.base(organization_id);
        let (nothing, nowhere) = (UserExtra::default(), Vec::new());
        let trees = people.iter().map(|person| {
            let extra = kept.get(&person.id).unwrap_or(&nothing);
            let groups: Option<&[GroupOfUser]> = groups
                .as_ref()
                .map(|groups: &BTreeMap<_, Vec<_>>| groups.get(&person.id).unwrap_or(&nowhere).as_slice());
            user::tree(person, extra, groups, &base)
        });
        Ok(trees.collect())
    }
}
