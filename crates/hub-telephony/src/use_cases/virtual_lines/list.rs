use std::collections::BTreeMap;

use hub_directory::public_api::{TELEPHONY_READ, require, require_own};
use hub_directory::{Caller, Location, LocationId, OrganizationId};
use hub_numbers::{DialledQuery, ExtensionMatch, OwnerKind};
use kit::{Error, Result, Uuid, search_key};

use super::VirtualLineView;
use crate::model::VirtualLine;
use crate::model::rights::VIRTUAL_LINE_READERS;
use crate::store::virtual_lines::{self, VirtualLineColumn, VirtualLineFilter, VirtualLinePage};
use crate::{Telephony, VirtualLineId};

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderBy {
    FirstName,
    LastName,
    DisplayName,
    PhoneNumber,
    Extension,
    LocationName,
}

impl OrderBy {
    const fn column(self) -> VirtualLineColumn {
        match self {
            Self::FirstName => VirtualLineColumn::First,
            Self::LastName => VirtualLineColumn::Last,
            Self::DisplayName => VirtualLineColumn::Display,
            Self::PhoneNumber => VirtualLineColumn::Number,
            Self::Extension => VirtualLineColumn::Extension,
            Self::LocationName => VirtualLineColumn::Place,
        }
    }
}

/// Which virtual lines. Everything that is set must hold; within a list any.
#[derive(Clone, Debug, Default)]
pub(crate) struct VirtualLineQuery {
    /// Must be the caller's own.
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) location_ids: Option<Vec<LocationId>>,
    pub(crate) ids: Option<Vec<VirtualLineId>>,
    /// Parts of names, in any spelling of their letters.
    pub(crate) owner_names: Vec<String>,
    /// Parts of numbers or of extensions.
    pub(crate) phone_numbers: Vec<String>,
    /// Parts of the names of locations.
    pub(crate) location_names: Vec<String>,
    /// A part of a name or of a number, as the console searches.
    pub(crate) text: Option<String>,
    /// Each with whether it descends.
    pub(crate) order: Vec<(OrderBy, bool)>,
    pub(crate) has_device: Option<bool>,
    pub(crate) has_extension: Option<bool>,
    pub(crate) has_number: Option<bool>,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

/// A page of virtual lines.
pub(crate) struct VirtualLinesFound {
    pub(crate) lines: Vec<VirtualLineView>,
    pub(crate) more: bool,
}

impl VirtualLineQuery {
    fn places(&self, locations: &BTreeMap<LocationId, Location>) -> Option<Vec<LocationId>> {
        if self.location_names.is_empty() {
            return self.location_ids.clone();
        }
        let parts: Vec<String> = self.location_names.iter().map(|name| search_key(name)).collect();
        let named = |id: &LocationId| {
            let key = locations.get(id).map(|location| search_key(&location.name));
            key.is_some_and(|key| parts.iter().any(|part| key.contains(part)))
        };
        let candidates = self.location_ids.clone();
        let candidates = candidates.unwrap_or_else(|| locations.keys().copied().collect());
        Some(candidates.into_iter().filter(named).collect())
    }
}

impl Telephony {
    /// Virtual lines in the order asked for, and whether more follow.
    pub(crate) async fn list_virtual_lines(
        &self,
        caller: &Caller,
        query: &VirtualLineQuery,
    ) -> Result<VirtualLinesFound> {
        require(caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
        require_own(caller, query.organization_id)?;
        // No device is registered at this Hub.
        if query.has_device == Some(true) {
            return Ok(VirtualLinesFound {
                lines: Vec::new(),
                more: false,
            });
        }
        let locations = self.locations_by_id(caller.organization_id).await?;
        let filter = self.line_filter(caller, query, &locations).await?;
        let page = VirtualLinePage {
            order: query
                .order
                .iter()
                .map(|(by, descending)| (by.column(), *descending))
                .collect(),
            offset: i64::try_from(query.start).unwrap_or(i64::MAX),
            limit: i64::try_from(query.max.saturating_add(1)).unwrap_or(i64::MAX),
        };
        let found =
            virtual_lines::page(self.database().into(), caller.organization_id, &filter, &page).await?;
        let mut lines = self.line_views(caller, found, &locations).await?;
        let more = lines.len() > query.max;
        lines.truncate(query.max);
        Ok(VirtualLinesFound { lines, more })
    }

    /// How many virtual lines there are in all.
    pub(crate) async fn count_virtual_lines(
        &self,
        caller: &Caller,
        query: &VirtualLineQuery,
    ) -> Result<usize> {
        require(caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
        let locations = self.locations_by_id(caller.organization_id).await?;
        let filter = self.line_filter(caller, query, &locations).await?;
        let count = virtual_lines::count(self.database().into(), caller.organization_id, &filter).await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The stock of numbers says first who has the numbers that are asked for.
    async fn line_filter(
        &self,
        caller: &Caller,
        query: &VirtualLineQuery,
        locations: &BTreeMap<LocationId, Location>,
    ) -> Result<VirtualLineFilter> {
        let mut dialled = None;
        for number in &query.phone_numbers {
            let found = self.lines_dialled(caller, number).await?;
            dialled.get_or_insert_with(Vec::new).extend(found);
        }
        let named_or = match &query.text {
            Some(text) => Some((search_key(text), self.lines_dialled(caller, text).await?)),
            None => None,
        };
        Ok(VirtualLineFilter {
            ids: query.ids.clone(),
            dialled,
            location_ids: query.places(locations),
            name_parts: query.owner_names.iter().map(|name| search_key(name)).collect(),
            named_or,
            has_number: query.has_number,
            has_extension: query.has_extension,
        })
    }

    async fn lines_dialled(&self, caller: &Caller, text: &str) -> Result<Vec<Uuid>> {
        let wanted = DialledQuery {
            kinds: vec![OwnerKind::VirtualLine],
            location_id: None,
            dialled: text.to_owned(),
            extension: ExtensionMatch::Part,
        };
        self.numbers()
            .find_dialled(self.database().into(), caller.organization_id, &wanted)
            .await
    }

    async fn locations_by_id(
        &self,
        organization_id: OrganizationId,
    ) -> Result<BTreeMap<LocationId, Location>> {
        let locations = self.directory().locations_of(organization_id).await?;
        Ok(locations
            .into_iter()
            .map(|location| (location.id, location))
            .collect())
    }

    async fn line_views(
        &self,
        caller: &Caller,
        lines: Vec<VirtualLine>,
        locations: &BTreeMap<LocationId, Location>,
    ) -> Result<Vec<VirtualLineView>> {
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<Uuid> = lines.iter().map(|line| line.id.uuid()).collect();
        let mut held = self
            .numbers()
            .held_by(self.database().into(), caller.organization_id, &ids)
            .await?;
        let view = |line: VirtualLine| {
            let location = locations.get(&line.location_id).cloned();
            Ok(VirtualLineView {
                location: location.ok_or_else(|| Error::internal("a virtual line without its location"))?,
                held: held.remove(&line.id.uuid()),
                line,
            })
        };
        lines.into_iter().map(view).collect()
    }
}
