use kit::{Error, Result};

use crate::store::customers;
use crate::usecases::add_customer::taken_organization;
use crate::{Action, Actor, AuditEntry, CustomerId, Tenancy, organization_uuid};

impl Tenancy {
    /// Says once and for all which Webex organization the customer is. Pinning the same again is no change; another
    /// one is refused.
    pub async fn pin_organization(&self, actor: &Actor, id: CustomerId, organization_id: &str) -> Result<()> {
        actor.require(Action::AuthorizeIntegration, Some(id))?;
        let organization = organization_uuid(organization_id)?;
        let mut transaction = self.parts().database.begin().await?;
        let Some(customer) = customers::find(&mut transaction, id).await? else {
            return Err(Error::not_found(
                "There is no such customer, or you may not see it.",
            ));
        };
        if customer.organization_id.as_ref() == Some(&organization) {
            return Ok(());
        }
        if let Some(other) = customers::find_by_organization(&mut transaction, &organization).await? {
            // Its name is not for everybody: a guest, or a user of this customer alone, may not know the other.
            if actor.may(Action::ViewCustomer, Some(other.id)) {
                return Err(taken_organization(&other));
            }
            return Err(Error::conflict(
                "Another customer of this Suite is this organization already. Ask whoever invited you, or an administrator of the Suite.",
            ));
        }
        if !customers::pin(&mut transaction, id, &organization).await? {
            return Err(Error::conflict(format!(
                "The customer “{}” is another organization.",
                customer.name
            )));
        }
        let detail = format!("Its organization is {organization} from now on.");
        let entry = AuditEntry {
            actor,
            customer: Some(id),
            verb: "customer.organization_pinned",
            subject: customer.name,
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await
    }
}
