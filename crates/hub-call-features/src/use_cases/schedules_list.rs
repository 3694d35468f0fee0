use std::collections::BTreeMap;

use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require,
};
use hub_directory::{Caller, Location, LocationId, OrganizationId};
use kit::{Error, Result, search_key};
use kit_sql::Handle;

use crate::CallFeatures;
use crate::model::schedule::{Schedule, ScheduleEntry, ScheduleKey, ScheduleKind};
use crate::store::schedule_names;
use crate::store::schedules::{self, ScheduleFilter};

/// Which schedules.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScheduleQuery {
    pub(crate) location_id: Option<LocationId>,
    pub(crate) kind: Option<ScheduleKind>,
    /// A part of the name, in any spelling of its letters.
    pub(crate) name: Option<String>,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

impl ScheduleQuery {
    fn filter(&self) -> ScheduleFilter {
        ScheduleFilter {
            location_id: self.location_id,
            kind: self.kind,
            name_part: self.name.as_deref().map(search_key).filter(|key| !key.is_empty()),
            offset: i64::try_from(self.start).unwrap_or(i64::MAX),
            limit: i64::try_from(self.max.saturating_add(1)).unwrap_or(i64::MAX),
        }
    }
}

impl CallFeatures {
    /// Schedules by name, and whether more follow.
    pub(crate) async fn list_schedules(
        &self,
        caller: &Caller,
        query: &ScheduleQuery,
    ) -> Result<(Vec<ScheduleEntry>, bool)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        if let Some(id) = query.location_id {
            self.calling_place(self.database().into(), caller.organization_id, id)
                .await?;
        }
        let mut found =
            schedules::list(self.database().into(), caller.organization_id, &query.filter()).await?;
        let more = found.len() > query.max;
        found.truncate(query.max);
        Ok((found, more))
    }

    /// How many schedules a query finds.
    pub(crate) async fn count_schedules(&self, caller: &Caller, query: &ScheduleQuery) -> Result<usize> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let count = schedules::count(self.database().into(), caller.organization_id, &query.filter()).await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// One schedule with its events.
    pub(crate) async fn show_schedule(&self, caller: &Caller, key: &ScheduleKey) -> Result<Schedule> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        schedules::one(self.database().into(), caller.organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }

    /// The same for whoever may change it and perhaps not read it: what is not there is said before anything else.
    pub(crate) async fn show_schedule_as_writer(
        &self,
        caller: &Caller,
        key: &ScheduleKey,
    ) -> Result<Schedule> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        schedules::one(self.database().into(), caller.organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }

    /// Who follows a schedule, in words.
    pub(crate) async fn schedule_followers(
        &self,
        caller: &Caller,
        schedule: &Schedule,
    ) -> Result<Vec<String>> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        schedule_names::followers(self.database().into(), schedule).await
    }

    /// A location with calling; any other does not exist here.
    pub(crate) async fn calling_place(
        &self,
        on: Handle<'_>,
        organization_id: OrganizationId,
        id: LocationId,
    ) -> Result<Location> {
        self.directory()
            .location_of(on, organization_id, id)
            .await?
            .filter(|location| location.calling.is_some())
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }

    /// The names of these locations.
    pub(crate) async fn place_names(
        &self,
        organization_id: OrganizationId,
        ids: impl Iterator<Item = LocationId>,
    ) -> Result<BTreeMap<LocationId, String>> {
        let mut names = BTreeMap::new();
        for id in ids {
            if names.contains_key(&id) {
                continue;
            }
            let location = self
                .directory()
                .location_of(self.database().into(), organization_id, id)
                .await?;
            names.insert(id, location.map(|location| location.name).unwrap_or_default());
        }
        Ok(names)
    }
}
