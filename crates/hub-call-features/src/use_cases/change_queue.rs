use hub_directory::public_api::{FULL_ADMIN, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require};
use hub_directory::{Caller, LocationId};
use kit::{Error, Result, Uuid};
use kit_sql::Handle;
use serde_json::Value;

use crate::CallFeatures;
use crate::model::fields::Fields;
use crate::model::group::{Group, GroupKind, Routing};
use crate::model::queue_policies::QueuePolicies;
use crate::model::schedule::ScheduleKind;
use crate::store::groups;
use crate::store::schedules::{self, ScheduleFilter};

impl CallFeatures {
    /// The services of a queue, and the names of the schedules at its location.
    pub(crate) async fn show_queue_policies(
        &self,
        caller: &Caller,
        location_id: LocationId,
        id: Uuid,
        kind: ScheduleKind,
    ) -> Result<(QueuePolicies, Vec<String>)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let view = self
            .show_group(caller, Some(location_id), GroupKind::QUEUES, id)
            .await?;
        let names = schedule_names(self.database().into(), &view.group, kind).await?;
        match view.group.settings.routing {
            Routing::Queue(settings) => Ok((settings.policies, names)),
            Routing::HuntGroup(_) => Err(Error::internal("a queue with the settings of a hunt group")),
        }
    }

    /// Changes one of the services of a queue.
    pub(crate) async fn change_queue_policies(
        &self,
        caller: &Caller,
        location_id: LocationId,
        id: Uuid,
        body: &Value,
        change: fn(&mut QueuePolicies, &Fields<'_>) -> Result<()>,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let mut transaction = self.database().begin().await?;
        let mut group = self
            .group_to_change(&mut transaction, caller, Some(location_id), GroupKind::QUEUES, id)
            .await?;
        let Routing::Queue(settings) = &mut group.settings.routing else {
            return Err(Error::internal("a queue with the settings of a hunt group"));
        };
        let before = settings.policies.clone();
        change(&mut settings.policies, &body)?;
        let after = settings.policies.clone();
        let new = |before: &Option<String>, after: &Option<String>| after.clone().filter(|_| before != after);
        let named = [
            (
                "holidayScheduleName",
                ScheduleKind::Holidays,
                new(
                    &before.holiday.holiday_schedule_name,
                    &after.holiday.holiday_schedule_name,
                ),
            ),
            (
                "businessHoursName",
                ScheduleKind::BusinessHours,
                new(
                    &before.night.business_hours_name,
                    &after.night.business_hours_name,
                ),
            ),
        ];
        for (member, kind, name) in named {
            let Some(name) = name else { continue };
            if !schedule_names((&mut transaction).into(), &group, kind)
                .await?
                .contains(&name)
            {
                return Err(Error::invalid(format!(
                    "{member}: there is no schedule “{name}” of this kind at the queue's location. Make it first, or name another one."
                )));
            }
        }
        groups::update(&mut transaction, &group, self.clock().now()).await?;
        transaction.commit().await
    }
}

async fn schedule_names(on: Handle<'_>, group: &Group, kind: ScheduleKind) -> Result<Vec<String>> {
    let filter = ScheduleFilter {
        location_id: Some(group.location_id),
        kind: Some(kind),
        limit: 2_000,
        ..ScheduleFilter::default()
    };
    let found = schedules::list(on, group.organization_id, &filter).await?;
    Ok(found.into_iter().map(|schedule| schedule.name).collect())
}
