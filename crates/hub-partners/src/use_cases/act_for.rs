use hub_directory::{Caller, OrganizationId};
use kit::Result;

use crate::store::partnerships;
use crate::{PartnerRole, Partners};

impl Partners {
    /// The caller as they act for this customer, with the role in which they do; `None` where they have nothing to do
    /// with it. Asked anew on each request: who lost the role acts no more.
    pub async fn acting_for(
        &self,
        caller: &Caller,
        customer: OrganizationId,
    ) -> Result<Option<(Caller, PartnerRole)>> {
        let found = partnerships::administrator_of(self.database().into(), caller.person_id).await?;
        let Some(administrator) = found.filter(|found| found.partner_id == caller.organization_id) else {
            return Ok(None);
        };
        let customers = partnerships::customers_of(self.database().into(), &administrator).await?;
        if !customers.contains(&customer) {
            return Ok(None);
        }
        let acting = Caller {
            organization_id: customer,
            roles: administrator.role.roles_at_customers(),
            ..caller.clone()
        };
        Ok(Some((acting, administrator.role)))
    }

    /// The partner role of the caller.
    pub async fn role_of(&self, caller: &Caller) -> Result<Option<PartnerRole>> {
        let found = partnerships::administrator_of(self.database().into(), caller.person_id).await?;
        Ok(found.map(|found| found.role))
    }
}
