use kit::Result;
use suite_tenancy::{Action, Actor, CustomerId};

use crate::model::LocationRecord;
use crate::store::{locations, people};
use crate::users_synch::UsersSynch;

impl UsersSynch {
    /// The customer's locations, by name.
    pub async fn locations(&self, actor: &Actor, customer: CustomerId) -> Result<Vec<LocationRecord>> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        locations::list(self.database(), customer).await
    }

    /// The customer's departments, by name; at most 500.
    pub async fn departments(&self, actor: &Actor, customer: CustomerId) -> Result<Vec<String>> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        people::departments(self.database(), customer, 500).await
    }
}
