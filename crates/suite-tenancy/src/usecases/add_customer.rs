use kit::{Error, Result};

use crate::model::customer_name;
use crate::store::customers;
use crate::{Action, Actor, AuditEntry, Customer, CustomerId, Tenancy, organization_uuid};

impl Tenancy {
    /// Adds a customer. The organization id may be empty; the first authorization then pins it.
    pub async fn add_customer(&self, actor: &Actor, name: &str, organization_id: &str) -> Result<Customer> {
        actor.require(Action::ManageCustomers, None)?;
        let name = customer_name(name)?;
        let organization_id = match organization_id.trim() {
            "" => None,
            typed => Some(organization_uuid(typed)?),
        };
        let id = CustomerId::random(&*self.parts().randomness);
        let customer = Customer {
            id,
            name,
            organization_id,
            created_at: self.now(),
        };
        let mut transaction = self.parts().database.begin().await?;
        if customers::find_by_name(&mut transaction, &customer.name)
            .await?
            .is_some()
        {
            return Err(Error::conflict(format!(
                "There is a customer named “{}” already.",
                customer.name
            )));
        }
        if let Some(organization) = &customer.organization_id
            && let Some(other) = customers::find_by_organization(&mut transaction, organization).await?
        {
            return Err(taken_organization(&other));
        }
        customers::insert(&mut transaction, &customer).await?;
        let detail = customer.organization_id.as_ref().map_or_else(
            || "Its organization is pinned by the first authorization.".to_owned(),
            |organization| format!("Its organization is {organization}."),
        );
        let entry = AuditEntry {
            actor,
            customer: Some(id),
            verb: "customer.added",
            subject: customer.name.clone(),
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(customer)
    }
}

pub(super) fn taken_organization(other: &Customer) -> Error {
    Error::conflict(format!(
        "The customer “{}” is this organization already; two customers cannot share one.",
        other.name
    ))
}
