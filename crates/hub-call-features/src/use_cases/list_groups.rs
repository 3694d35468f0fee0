use std::collections::BTreeMap;

use hub_directory::public_api::{TELEPHONY_READ, TELEPHONY_READERS, require};
use hub_directory::{Caller, LocationId, OrganizationId};
use hub_numbers::{DialledQuery, ExtensionMatch, Held};
use kit::{Result, Uuid};

use crate::CallFeatures;
use crate::model::group::{Group, GroupKind};
use crate::store::groups::{self, GroupFilter};

/// Which groups, by name.
#[derive(Clone, Debug)]
pub(crate) struct GroupQuery {
    pub(crate) kinds: &'static [GroupKind],
    pub(crate) location_id: Option<LocationId>,
    /// A part of the name.
    pub(crate) name: Option<String>,
    /// A part of the number, or the extension.
    pub(crate) dialled: Option<String>,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

/// A group as lists show it.
#[derive(Clone, Debug)]
pub(crate) struct GroupLine {
    pub(crate) group: Group,
    pub(crate) held: Option<Held>,
    pub(crate) location_name: String,
}

impl CallFeatures {
    /// One page, and whether there is another one.
    pub(crate) async fn list_groups(
        &self,
        caller: &Caller,
        query: &GroupQuery,
    ) -> Result<(Vec<GroupLine>, bool)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let mut filter = self.group_filter(caller.organization_id, query).await?;
        filter.offset = bounded(query.start);
        filter.limit = bounded(query.max.saturating_add(1));
        let mut found = groups::list(self.database().into(), caller.organization_id, &filter).await?;
        let more = found.len() > query.max;
        found.truncate(query.max);
        let ids: Vec<Uuid> = found.iter().map(|group| group.id).collect();
        let mut held = self
            .numbers()
            .held_by(self.database().into(), caller.organization_id, &ids)
            .await?;
        let names = self.location_names(caller.organization_id).await?;
        let lines = found
            .into_iter()
            .map(|group| GroupLine {
                held: held.remove(&group.id),
                location_name: names.get(&group.location_id).cloned().unwrap_or_default(),
                group,
            })
            .collect();
        Ok((lines, more))
    }

    /// How many there are.
    pub(crate) async fn count_groups(&self, caller: &Caller, query: &GroupQuery) -> Result<usize> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let filter = self.group_filter(caller.organization_id, query).await?;
        let count = groups::count(self.database().into(), caller.organization_id, &filter).await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    async fn group_filter(&self, organization_id: OrganizationId, query: &GroupQuery) -> Result<GroupFilter> {
        let ids = match &query.dialled {
            None => None,
            Some(dialled) => Some(self.who_is_dialled(organization_id, query, dialled).await?),
        };
        Ok(GroupFilter {
            kinds: query.kinds,
            location_id: query.location_id,
            name: query.name.clone(),
            ids,
            offset: 0,
            limit: 0,
        })
    }

    async fn who_is_dialled(
        &self,
        organization_id: OrganizationId,
        query: &GroupQuery,
        dialled: &str,
    ) -> Result<Vec<Uuid>> {
        let mut kinds: Vec<_> = query.kinds.iter().map(|kind| kind.owner()).collect();
        kinds.dedup();
        let wanted = DialledQuery {
            kinds,
            location_id: query.location_id,
            dialled: dialled.to_owned(),
            extension: ExtensionMatch::Whole,
        };
        self.numbers()
            .find_dialled(self.database().into(), organization_id, &wanted)
            .await
    }

    /// The names of an organization's locations.
    pub(crate) async fn location_names(
        &self,
        organization_id: OrganizationId,
    ) -> Result<BTreeMap<LocationId, String>> {
        let locations = self.directory().locations_of(organization_id).await?;
        Ok(locations
            .into_iter()
            .map(|location| (location.id, location.name))
            .collect())
    }
}

pub(super) fn bounded(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
