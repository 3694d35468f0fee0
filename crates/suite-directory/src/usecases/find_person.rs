use kit::{Error, Result, Timestamp};
use suite_tenancy::{Action, Actor, CustomerId};

use crate::model::{PersonRecord, Presence};
use crate::store::{changes, people};
use crate::usecases::RunChange;
use crate::users_synch::UsersSynch;

/// A person of the directory with all that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryPerson {
    pub person_id: String,
    pub record: PersonRecord,
    pub presence: Presence,
    pub first_seen_at: Timestamp,
    pub changed_at: Timestamp,
    /// The number of the run that changed them last.
    pub changed_run: i64,
}

impl UsersSynch {
    /// One person of the customer, present or left.
    pub async fn person(
        &self,
        actor: &Actor,
        customer: CustomerId,
        person_id: &str,
    ) -> Result<DirectoryPerson> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        let found = people::find(self.database(), customer, person_id).await?;
        found.ok_or_else(|| Error::not_found("There is no such person in the directory of this customer."))
    }

    /// What the last runs changed about them, the newest first.
    pub async fn person_history(
        &self,
        actor: &Actor,
        customer: CustomerId,
        person_id: &str,
    ) -> Result<Vec<RunChange>> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        let history = changes::of_person(self.database(), customer, person_id, 50).await?;
        self.with_names_of_locations(customer, history).await
    }
}
