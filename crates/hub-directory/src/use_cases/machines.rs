use kit::Result;
use kit_sql::Transaction;

use crate::model::Machine;
use crate::store::machines;
use crate::{Directory, OrganizationId, PersonId};

impl Directory {
    /// Makes the account of a Service App in an organization. The slice above has checked who asks.
    pub async fn add_machine(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        client_id: &str,
        display_name: &str,
    ) -> Result<Machine> {
        let machine = Machine {
            id: PersonId::new(self.randomness().uuid()),
            organization_id,
            client_id: client_id.to_owned(),
            display_name: display_name.to_owned(),
            created_at: self.clock().now(),
        };
        machines::insert(transaction, &machine).await?;
        Ok(machine)
    }

    /// Calls the accounts of a Service App by another name.
    pub async fn rename_machines(
        &self,
        transaction: &mut Transaction,
        client_id: &str,
        display_name: &str,
    ) -> Result<()> {
        machines::rename(transaction, client_id, display_name).await
    }

    /// Removes the account of a Service App: whatever it held is dead from here on.
    pub async fn remove_machine(&self, transaction: &mut Transaction, id: PersonId) -> Result<()> {
        machines::delete(transaction, id).await
    }

    /// The Service App behind an account that is not a person's.
    pub async fn machine(&self, id: PersonId) -> Result<Option<Machine>> {
        machines::by_id(self.database().into(), id).await
    }
}
