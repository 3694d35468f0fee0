use kit::{Error, Result};
use suite_tenancy::{Action, Actor, CustomerId};

use crate::model::{Run, RunId};
use crate::store::runs;
use crate::users_synch::UsersSynch;

impl UsersSynch {
    /// One run.
    pub async fn run(&self, actor: &Actor, id: RunId) -> Result<Run> {
        let run = runs::find(self.database(), id).await?.ok_or_else(no_such_run)?;
        actor.require(Action::ViewDirectory, Some(run.customer))?;
        Ok(run)
    }

    /// The customer's run with this number.
    pub async fn run_by_number(&self, actor: &Actor, customer: CustomerId, number: i64) -> Result<Run> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        runs::find_by_number(self.database(), customer, number)
            .await?
            .ok_or_else(no_such_run)
    }

    /// The customer's runs, the newest first; `before` is the number of the last run of the page before.
    pub async fn runs(
        &self,
        actor: &Actor,
        customer: CustomerId,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Run>> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        runs::list(self.database(), customer, before.unwrap_or(i64::MAX), limit).await
    }
}

fn no_such_run() -> Error {
    Error::not_found("There is no such synchronization.")
}
