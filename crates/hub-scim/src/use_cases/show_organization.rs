use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, Organization};
use kit::{Error, Result, Timestamp};

use crate::Scim;
use crate::model::{rights, version};
use crate::store::organization::{self, OrganizationExtra};

/// The organization as the identity service shows it.
#[derive(Clone, Debug)]
pub(crate) struct IdentityOrganization {
    pub(crate) organization: Organization,
    pub(crate) preferred_language: Option<String>,
    pub(crate) last_modified_at: Timestamp,
    pub(crate) version: String,
}

impl Scim {
    /// The caller's organization.
    pub(crate) async fn show_organization(&self, caller: &Caller) -> Result<IdentityOrganization> {
        rights::require_organization_reader(caller)?;
        self.identity_organization(caller).await
    }

    pub(super) async fn identity_organization(&self, caller: &Caller) -> Result<IdentityOrganization> {
        let id = caller.organization_id;
        let organization = self
            .directory()
            .organization(id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let OrganizationExtra {
            preferred_language,
            last_modified_at,
            version,
        } = organization::of(self.database().into(), id).await?;
        Ok(IdentityOrganization {
            preferred_language,
            last_modified_at: last_modified_at.unwrap_or(organization.created_at),
            version: version::of_bytes(format!("{id}:{version}").as_bytes()),
            organization,
        })
    }
}
