use kit::{Error, Result};
use webex::Role;

use crate::model::rights;
use crate::{Caller, Directory, Organization, OrganizationId};

impl Directory {
    /// The organizations that the caller administers: their own first, then those that a partner's administrator looks
    /// after, by name.
    pub async fn visible_organizations(&self, caller: &Caller) -> Result<Vec<Organization>> {
        rights::require(caller, rights::ORGANIZATIONS_READ, rights::ADMINISTRATORS)?;
        let mut visible: Vec<Organization> = self
            .organization(caller.organization_id)
            .await?
            .into_iter()
            .collect();
        let Some(port) = self.managed_organizations() else {
            return Ok(visible);
        };
        let mut ids = port.of(caller.person_id).await?;
        ids.retain(|id| *id != caller.organization_id);
        visible.extend(self.organizations_among(&ids).await?);
        Ok(visible)
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
