use kit::{Error, Result};

use crate::model::customer_name;
use crate::store::customers;
use crate::{Action, Actor, AuditEntry, CustomerId, Tenancy};

impl Tenancy {
    /// Gives a customer another name.
    pub async fn rename_customer(&self, actor: &Actor, id: CustomerId, name: &str) -> Result<()> {
        actor.require(Action::ManageCustomers, Some(id))?;
        let name = customer_name(name)?;
        let mut transaction = self.parts().database.begin().await?;
        let Some(before) = customers::find(&mut transaction, id).await? else {
            return Err(Error::not_found(
                "There is no such customer, or you may not see it.",
            ));
        };
        if customers::find_by_name(&mut transaction, &name)
            .await?
            .is_some_and(|other| other.id != id)
        {
            return Err(Error::conflict(format!(
                "There is a customer named “{name}” already."
            )));
        }
        customers::rename(&mut transaction, id, &name).await?;
        let detail = format!("It was named “{}”.", before.name);
        let entry = AuditEntry {
            actor,
            customer: Some(id),
            verb: "customer.renamed",
            subject: name,
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await
    }
}
