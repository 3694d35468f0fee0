use hub_directory::Caller;
use hub_directory::public_api::{FULL_ADMIN, NOT_FOUND, TELEPHONY_WRITE, require};
use kit::{Error, Result};

use super::schedule_create::name_taken;
use crate::CallFeatures;
use crate::model::schedule::{Schedule, ScheduleKey};
use crate::model::schedule_event::Event;
use crate::store::{schedule_names, schedules};

impl CallFeatures {
    /// Changes name and events. Whoever follows the schedule follows it under its new name.
    pub(crate) async fn change_schedule(
        &self,
        caller: &Caller,
        key: &ScheduleKey,
        change: impl FnOnce(&mut Schedule) -> Result<()> + Send,
    ) -> Result<Schedule> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        schedules::lock(&mut transaction, caller.organization_id, key).await?;
        let before = schedules::one((&mut transaction).into(), caller.organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let mut schedule = before.clone();
        change(&mut schedule)?;
        schedule.check_events()?;
        if schedules::has_rival(&mut transaction, &schedule).await? {
            return Err(name_taken(&schedule));
        }
        schedules::update(&mut transaction, &schedule, self.clock().now()).await?;
        if schedule.name != before.name {
            schedule_names::follow(&mut transaction, &before, &schedule.name).await?;
        }
        transaction.commit().await?;
        Ok(schedule)
    }

    /// Adds an event; answers its name.
    pub(crate) async fn add_event(&self, caller: &Caller, key: &ScheduleKey, event: Event) -> Result<String> {
        let name = event.name.clone();
        self.change_schedule(caller, key, |schedule| {
            schedule.events.push(event);
            Ok(())
        })
        .await?;
        Ok(name)
    }

    /// Changes one event; answers the name that it has then.
    pub(crate) async fn change_event(
        &self,
        caller: &Caller,
        key: &ScheduleKey,
        name: &str,
        change: impl FnOnce(&Event) -> Result<Event> + Send,
    ) -> Result<String> {
        let mut new_name = name.to_owned();
        let known = &mut new_name;
        self.change_schedule(caller, key, |schedule| {
            let event = schedule
                .events
                .iter_mut()
                .find(|event| event.name == name)
                .ok_or_else(|| Error::not_found(NOT_FOUND))?;
            *event = change(event)?;
            known.clone_from(&event.name);
            Ok(())
        })
        .await?;
        Ok(new_name)
    }

    /// Takes one event away.
    pub(crate) async fn delete_event(&self, caller: &Caller, key: &ScheduleKey, name: &str) -> Result<()> {
        self.change_schedule(caller, key, |schedule| {
            let before = schedule.events.len();
            schedule.events.retain(|event| event.name != name);
            if schedule.events.len() == before {
                return Err(Error::not_found(NOT_FOUND));
            }
            Ok(())
        })
        .await
        .map(|_| ())
    }
}
