use kit::{Error, Result};

use crate::store::customers::{self, Filter};
use crate::{Action, Actor, Customer, CustomerId, Tenancy};

/// A page of customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerSearch {
    /// A part of the name, or an organization id; empty for all.
    pub text: String,
    pub offset: i64,
    pub limit: i64,
}

impl Tenancy {
    /// The customers that the actor may see, by name, and how many there are.
    pub async fn search_customers(
        &self,
        actor: &Actor,
        search: &CustomerSearch,
    ) -> Result<(Vec<Customer>, i64)> {
        let visible = actor.visible_customers();
        let filter = Filter {
            visible: visible.as_deref(),
            search: &search.text,
        };
        let total = customers::count(&self.parts().database, &filter).await?;
        let found = customers::list(&self.parts().database, &filter, search.offset, search.limit).await?;
        Ok((found, total))
    }

    /// Every customer that the actor may see, by name.
    pub async fn customers(&self, actor: &Actor) -> Result<Vec<Customer>> {
        let search = CustomerSearch {
            limit: i64::MAX,
            ..CustomerSearch::default()
        };
        Ok(self.search_customers(actor, &search).await?.0)
    }

    /// One customer that the actor may see.
    pub async fn customer(&self, actor: &Actor, id: CustomerId) -> Result<Customer> {
        // A guest knows the one customer that the invitation names.
        if !actor.may(Action::AuthorizeIntegration, Some(id)) {
            actor.require(Action::ViewCustomer, Some(id))?;
        }
        let found = customers::find(&self.parts().database, id).await?;
        found.ok_or_else(|| Error::not_found("There is no such customer, or you may not see it."))
    }
}
