use async_trait::async_trait;
use hub_directory::public_api::{ADMINISTRATORS, NOT_FOUND, require};
use hub_directory::{Caller, ManagedOrganizations, Organization, OrganizationId, PersonId};
use kit::{Error, Result};

use crate::Partners;
use crate::store::partnerships;

/// What reading organizations takes.
pub(crate) const ORGANIZATIONS_READ: &[&str] = &["spark-admin:organizations_read"];

impl Partners {
    /// The customers of whom somebody sees something, by name; nobody's where they have no partner role.
    pub async fn customers_of(&self, person: PersonId) -> Result<Vec<Organization>> {
        let Some(administrator) = self.standing_of(person).await? else {
            return Ok(Vec::new());
        };
        let ids = partnerships::customers_of(self.database().into(), &administrator).await?;
        self.directory().organizations_among(&ids).await
    }

    /// The customers of an administrator of the caller's organization: of the caller, where nobody is named.
    pub(crate) async fn list_customers(
        &self,
        caller: &Caller,
        managed_by: Option<PersonId>,
    ) -> Result<Vec<Organization>> {
        require(caller, ORGANIZATIONS_READ, ADMINISTRATORS)?;
        let person = managed_by.unwrap_or(caller.person_id);
        let account = self.directory().account(person).await?;
        if account.is_none_or(|account| account.organization_id != caller.organization_id) {
            return Err(Error::not_found(NOT_FOUND));
        }
        self.customers_of(person).await
    }
}

/// What `GET /v1/organizations` shows beside the caller's own.
pub(crate) struct CustomersOf(pub(crate) Partners);

#[async_trait]
impl ManagedOrganizations for CustomersOf {
    async fn of(&self, person: PersonId) -> Result<Vec<OrganizationId>> {
        let customers = self.0.customers_of(person).await?;
        Ok(customers.into_iter().map(|customer| customer.id).collect())
    }
}
