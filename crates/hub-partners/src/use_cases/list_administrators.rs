use hub_directory::public_api::{ADMINISTRATORS, NOT_FOUND, require};
use hub_directory::{Account, Caller, OrganizationId};
use kit::{Error, Result, search_key};

use super::list_customers::ORGANIZATIONS_READ;
use crate::store::partnerships;
use crate::{PartnerRole, Partners};

/// Somebody of a partner who looks after a customer.
#[derive(Clone, Debug)]
pub(crate) struct AdministratorView {
    pub(crate) account: Account,
    pub(crate) role: PartnerRole,
}

impl Partners {
    /// Who of the caller's organization looks after this customer, by name.
    pub(crate) async fn administrators_of(
        &self,
        caller: &Caller,
        customer: OrganizationId,
    ) -> Result<Vec<AdministratorView>> {
        require(caller, ORGANIZATIONS_READ, ADMINISTRATORS)?;
        self.require_customer(caller, customer).await?;
        let found = partnerships::administrators_of_customer(
            self.database().into(),
            caller.organization_id,
            customer,
        )
        .await?;
        let mut views = Vec::with_capacity(found.len());
        for administrator in found {
            if let Some(account) = self.directory().account(administrator.person_id).await?
                && administrator.role.stands_on(&account.roles)
            {
                views.push(AdministratorView {
                    account,
                    role: administrator.role,
                });
            }
        }
        views.sort_by_key(|view| (search_key(&view.account.display_name), view.account.person_id));
        Ok(views)
    }

    /// A customer with whom the caller has nothing to do does not exist for them.
    pub(super) async fn require_customer(&self, caller: &Caller, customer: OrganizationId) -> Result<()> {
        match self.acting_for(caller, customer).await? {
            Some(_) => Ok(()),
            None => Err(Error::not_found(NOT_FOUND)),
        }
    }
}
