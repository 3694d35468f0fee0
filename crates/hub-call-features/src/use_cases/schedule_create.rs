use hub_directory::public_api::{FULL_ADMIN, TELEPHONY_WRITE, require};
use hub_directory::{Caller, LocationId};
use kit::{Error, Result};

use crate::CallFeatures;
use crate::model::schedule::{Schedule, ScheduleDraft};
use crate::store::schedules;

impl CallFeatures {
    /// Makes a schedule at a location.
    pub(crate) async fn create_schedule(
        &self,
        caller: &Caller,
        location_id: LocationId,
        draft: ScheduleDraft,
    ) -> Result<Schedule> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let ScheduleDraft { kind, name, events } = draft;
        let mut transaction = self.database().begin().await?;
        self.calling_location(&mut transaction, caller.organization_id, location_id)
            .await?;
        let schedule = Schedule {
            id: self.randomness().uuid(),
            organization_id: caller.organization_id,
            location_id,
            kind,
            name,
            events,
        };
        schedule.check_events()?;
        if schedules::has_rival(&mut transaction, &schedule).await? {
            return Err(name_taken(&schedule));
        }
        schedules::insert(
            &mut transaction,
            std::slice::from_ref(&schedule),
            self.clock().now(),
        )
        .await?;
        transaction.commit().await?;
        Ok(schedule)
    }
}

pub(super) fn name_taken(schedule: &Schedule) -> Error {
    Error::conflict(format!(
        "The location has another schedule of type {} with the name “{}”. Choose another name.",
        schedule.kind.word(),
        schedule.name
    ))
}
