use kit::{Result, Timestamp};
use suite_tenancy::{Action, Actor, CustomerId};

use crate::model::Run;
use crate::store::{people, runs};
use crate::users_synch::UsersSynch;

/// Where the synchronization of a customer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynchStatus {
    /// The newest run, running or not.
    pub last: Option<Run>,
    pub last_success: Option<Run>,
    /// When the next run begins by itself; nothing while one runs, or while there is no authorization.
    pub next_at: Option<Timestamp>,
    /// Why there is no connection to the customer's organization.
    pub no_connection: Option<String>,
    /// How many people are present.
    pub people: i64,
}

impl SynchStatus {
    pub fn is_running(&self) -> bool {
        self.last.as_ref().is_some_and(Run::is_running)
    }
}

impl UsersSynch {
    /// The state of the customer's synchronization.
    pub async fn status(&self, actor: &Actor, customer: CustomerId) -> Result<SynchStatus> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        let no_connection = self
            .parts()
            .connections
            .client_for(customer)
            .await
            .err()
            .map(|error| error.public().to_owned());
        let next_at = if no_connection.is_none() {
            self.due(customer).await?
        } else {
            None
        };
        Ok(SynchStatus {
            last: runs::list(self.database(), customer, i64::MAX, 1)
                .await?
                .into_iter()
                .next(),
            last_success: runs::last_success(self.database(), customer).await?,
            next_at,
            no_connection,
            people: people::count_present(self.database(), customer).await?,
        })
    }
}
