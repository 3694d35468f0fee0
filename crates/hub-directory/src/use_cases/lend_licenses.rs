use kit::{Error, Result};
use kit_sql::{Handle, Transaction};

use crate::store::{licenses, locations};
use crate::{Directory, License, LicenseId, Location, LocationId, OrganizationId};

/// What other slices do with the organization's licences and locations, inside their own transactions. They have
/// checked the caller's rights.
impl Directory {
    /// The licences of an organization in its order, with their use.
    pub async fn licenses_of(&self, on: Handle<'_>, organization_id: OrganizationId) -> Result<Vec<License>> {
        licenses::of_organization(on, organization_id).await
    }

    /// Takes so many units of a licence for workspaces, or says that they are not left.
    pub async fn take_license(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        id: LicenseId,
        units: i64,
    ) -> Result<()> {
        if licenses::take_for_workspaces(&mut *transaction, organization_id, id, units).await? {
            return Ok(());
        }
        let known = licenses::of_organization(transaction.into(), organization_id).await?;
        let license = known.iter().find(|license| license.id == id);
        let name = license.map_or("this licence", |license| license.name.as_str());
        Err(Error::invalid(format!(
            "No unit of “{name}” is left. Take it away from somebody, or order more."
        )))
    }

    /// Gives so many units back that workspaces held.
    pub async fn give_license_back(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        id: LicenseId,
        units: i64,
    ) -> Result<()> {
        licenses::give_back_from_workspaces(transaction, organization_id, id, units).await
    }

    /// A location as it stays until the transaction ends: nobody disables calling there or takes it away meanwhile.
    pub async fn hold_location(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        id: LocationId,
    ) -> Result<Option<Location>> {
        locations::hold(&mut *transaction, organization_id, id).await?;
        locations::by_id(transaction.into(), organization_id, id).await
    }
}
