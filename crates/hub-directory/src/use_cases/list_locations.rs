use kit::{Error, Result, search_key};

use crate::model::rights;
use crate::store::locations::{self, LocationFilter};
use crate::{Caller, Directory, Location, LocationId, OrganizationId};

/// Which locations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocationQuery {
    /// A part of the name, in any spelling of its letters.
    pub name: Option<String>,
    /// This one.
    pub id: Option<LocationId>,
    /// Must be the caller's own.
    pub organization_id: Option<OrganizationId>,
    /// How many a page.
    pub max: usize,
    /// The search key of the last name on the page before.
    pub after: Option<String>,
    /// How many to pass over.
    pub start: usize,
    /// From Z to A.
    pub descending: bool,
}

impl Directory {
    /// Locations by name, and whether more follow.
    pub async fn list_locations(
        &self,
        caller: &Caller,
        query: &LocationQuery,
    ) -> Result<(Vec<Location>, bool)> {
        rights::require(caller, rights::LOCATIONS_READ, rights::ADMINISTRATORS)?;
        self.found_locations(caller, query, false).await
    }

    /// One location.
    pub async fn show_location(&self, caller: &Caller, id: LocationId) -> Result<Location> {
        rights::require(caller, rights::LOCATIONS_READ, rights::ADMINISTRATORS)?;
        locations::by_id(self.database().into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))
    }

    /// Locations that are enabled for calling, by name, and whether more follow.
    pub async fn list_calling_locations(
        &self,
        caller: &Caller,
        query: &LocationQuery,
    ) -> Result<(Vec<Location>, bool)> {
        rights::require(caller, rights::TELEPHONY_READ, rights::TELEPHONY_READERS)?;
        self.found_locations(caller, query, true).await
    }

    /// One location that is enabled for calling.
    pub async fn show_calling_location(&self, caller: &Caller, id: LocationId) -> Result<Location> {
        rights::require(caller, rights::TELEPHONY_READ, rights::TELEPHONY_READERS)?;
        locations::by_id(self.database().into(), caller.organization_id, id)
            .await?
            .filter(|location| location.calling.is_some())
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))
    }

    async fn found_locations(
        &self,
        caller: &Caller,
        query: &LocationQuery,
        calling_only: bool,
    ) -> Result<(Vec<Location>, bool)> {
        rights::require_own(caller, query.organization_id)?;
        let filter = LocationFilter {
            name_part: query
                .name
                .as_deref()
                .map(search_key)
                .filter(|key| !key.is_empty()),
            id: query.id,
            calling_only,
            descending: query.descending,
            after: query.after.clone(),
            offset: i64::try_from(query.start).unwrap_or(i64::MAX),
            limit: i64::try_from(query.max + 1).unwrap_or(i64::MAX),
        };
        let mut found = locations::list(self.database().into(), caller.organization_id, &filter).await?;
        let more = found.len() > query.max;
        found.truncate(query.max);
        Ok((found, more))
    }
}
