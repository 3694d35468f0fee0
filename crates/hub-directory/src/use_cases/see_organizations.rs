use kit::{Error, Result};
use webex::Role;

use crate::model::rights;
use crate::{Caller, Directory, Organization, OrganizationId};

impl Directory {
    /// The organizations that the caller administers: their own.
    pub async fn visible_organizations(&self, caller: &Caller) -> Result<Vec<Organization>> {
        rights::require(caller, rights::ORGANIZATIONS_READ, rights::ADMINISTRATORS)?;
        Ok(self
            .organization(caller.organization_id)
            .await?
            .into_iter()
            .collect())
    }

    /// One organization that the caller administers.
    pub async fn visible_organization(&self, caller: &Caller, id: OrganizationId) -> Result<Organization> {
        let visible = self.visible_organizations(caller).await?;
        visible
            .into_iter()
            .find(|organization| organization.id == id)
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))
    }

    /// The administrator roles; the same in every organization.
    pub fn visible_roles(&self, caller: &Caller) -> Result<[Role; 9]> {
        rights::require(caller, rights::ROLES_READ, rights::ADMINISTRATORS)?;
        Ok(Role::ALL)
    }
}
