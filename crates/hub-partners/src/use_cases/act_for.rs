use hub_directory::{Caller, OrganizationId, PersonId};
use kit::Result;

use crate::store::partnerships::{self, Administrator};
use crate::{PartnerRole, Partners};

impl Partners {
    /// The caller as they act for this customer, with the role in which they do; `None` where they have nothing to do
    /// with it. Asked anew on each request: who lost the role acts no more.
    pub async fn acting_for(
        &self,
        caller: &Caller,
        customer: OrganizationId,
    ) -> Result<Option<(Caller, PartnerRole)>> {
        let Some(administrator) = self.standing_of(caller.person_id).await? else {
            return Ok(None);
        };
        if administrator.partner_id != caller.organization_id {
            return Ok(None);
        }
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
        Ok(self.standing_of(caller.person_id).await?.map(|found| found.role))
    }

    /// The partner role that somebody has and whose ground they still stand on. Computed on each request: a role that is taken
    /// away at home takes its worth at the customers along.
    pub(super) async fn standing_of(&self, person: PersonId) -> Result<Option<Administrator>> {
        let Some(found) = partnerships::administrator_of(self.database().into(), person).await? else {
            return Ok(None);
        };
        let account = self.directory().account(person).await?;
        let stands = account.is_some_and(|account| {
            account.login_enabled
                && account.organization_id == found.partner_id
                && found.role.stands_on(&account.roles)
        });
        Ok(stands.then_some(found))
    }
}
