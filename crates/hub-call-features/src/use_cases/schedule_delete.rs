use hub_directory::Caller;
use hub_directory::public_api::{FULL_ADMIN, NOT_FOUND, TELEPHONY_WRITE, require};
use kit::{Error, Result};

use crate::CallFeatures;
use crate::model::lines::listed;
use crate::model::schedule::ScheduleKey;
use crate::store::{schedule_names, schedules};

impl CallFeatures {
    /// Takes a schedule away that nobody follows.
    pub(crate) async fn delete_schedule(&self, caller: &Caller, key: &ScheduleKey) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        schedules::lock(&mut transaction, caller.organization_id, key).await?;
        let schedule = schedules::one((&mut transaction).into(), caller.organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let followers = schedule_names::followers((&mut transaction).into(), &schedule).await?;
        if !followers.is_empty() {
            return Err(Error::conflict(format!(
                "The schedule “{}” is used by {}. Give them another schedule first, then delete it.",
                schedule.name,
                listed(&followers)
            )));
        }
        schedules::delete(&mut transaction, schedule.id).await?;
        transaction.commit().await
    }
}
