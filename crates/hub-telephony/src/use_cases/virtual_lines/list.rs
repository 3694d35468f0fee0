use std::cmp::Ordering;
use std::collections::BTreeMap;

use hub_directory::public_api::{TELEPHONY_READ, require, require_own};
use hub_directory::{Caller, Location, LocationId, OrganizationId};
use kit::{Error, Result, search_key};

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
    /// The column of our own table; numbers and locations are kept elsewhere.
    const fn column(self) -> Option<VirtualLineColumn> {
        match self {
            Self::FirstName => Some(VirtualLineColumn::First),
            Self::LastName => Some(VirtualLineColumn::Last),
            Self::DisplayName => Some(VirtualLineColumn::Display),
            Self::PhoneNumber | Self::Extension | Self::LocationName => None,
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
    /// Whether the answer depends on what other slices keep, so that the page cannot be cut by SQL.
    fn asks_others(&self) -> bool {
        !self.phone_numbers.is_empty()
            || self.text.is_some()
            || self.has_extension.is_some()
            || self.has_number.is_some()
            || self.order.iter().any(|(by, _)| by.column().is_none())
    }

    fn filter(&self, locations: &BTreeMap<LocationId, Location>) -> VirtualLineFilter {
        let mut location_ids = self.location_ids.clone();
        if !self.location_names.is_empty() {
            let parts: Vec<String> = self.location_names.iter().map(|name| search_key(name)).collect();
            let named = |id: &LocationId| {
                let key = locations.get(id).map(|location| search_key(&location.name));
                key.is_some_and(|key| parts.iter().any(|part| key.contains(part)))
            };
            let candidates = location_ids.unwrap_or_else(|| locations.keys().copied().collect());
            location_ids = Some(candidates.into_iter().filter(named).collect());
        }
        VirtualLineFilter {
            ids: self.ids.clone(),
            location_ids,
            name_parts: self.owner_names.iter().map(|name| search_key(name)).collect(),
        }
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
        let filter = query.filter(&locations);
        let mut lines = if query.asks_others() {
            let found = self.page_of_lines(caller, &filter, Vec::new(), 0, None).await?;
            let mut views = self.line_views(caller, found, &locations).await?;
            views.retain(|view| query.matches(view));
            views.sort_by(|one, other| compare(&query.order, one, other));
            views.into_iter().skip(query.start).take(query.max + 1).collect()
        } else {
            let order = query
                .order
                .iter()
                .filter_map(|(by, descending)| Some((by.column()?, *descending)))
                .collect();
            let limit = Some(query.max + 1);
            let found = self
                .page_of_lines(caller, &filter, order, query.start, limit)
                .await?;
            self.line_views(caller, found, &locations).await?
        };
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
        if query.asks_others() {
            let everything = VirtualLineQuery {
                start: 0,
                max: usize::MAX - 1,
                ..query.clone()
            };
            return Ok(self.list_virtual_lines(caller, &everything).await?.lines.len());
        }
        let locations = self.locations_by_id(caller.organization_id).await?;
        let filter = query.filter(&locations);
        let count = virtual_lines::count(self.database().into(), caller.organization_id, &filter).await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    async fn page_of_lines(
        &self,
        caller: &Caller,
        filter: &VirtualLineFilter,
        order: Vec<(VirtualLineColumn, bool)>,
        start: usize,
        limit: Option<usize>,
    ) -> Result<Vec<VirtualLine>> {
        let page = VirtualLinePage {
            order,
            offset: i64::try_from(start).unwrap_or(i64::MAX),
            limit: limit
                .and_then(|limit| i64::try_from(limit).ok())
                .unwrap_or(i64::MAX),
        };
        virtual_lines::page(self.database().into(), caller.organization_id, filter, &page).await
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
        let ids: Vec<kit::Uuid> = lines.iter().map(|line| line.id.uuid()).collect();
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

impl VirtualLineQuery {
    /// Whether what others keep of the line is as asked for.
    fn matches(&self, view: &VirtualLineView) -> bool {
        let held = view.held.as_ref();
        let number = held.and_then(|held| held.number.as_deref());
        let extension = held.and_then(|held| held.extension.as_deref());
        let rings = |part: &str| {
            let part: String = part
                .chars()
                .filter(|character| !" -.()+".contains(*character))
                .collect();
            !part.is_empty()
                && [number, extension]
                    .into_iter()
                    .flatten()
                    .any(|text| text.contains(&part))
        };
        let named = |text: &str| {
            let part = search_key(text);
            [
                &view.line.display_name,
                &view.line.first_name,
                &view.line.last_name,
            ]
            .into_iter()
            .any(|name| search_key(name).contains(&part))
        };
        (self.phone_numbers.is_empty() || self.phone_numbers.iter().any(|part| rings(part)))
            && self.text.as_deref().is_none_or(|text| named(text) || rings(text))
            && self.has_number.is_none_or(|wanted| wanted == number.is_some())
            && self
                .has_extension
                .is_none_or(|wanted| wanted == extension.is_some())
    }
}

fn compare(order: &[(OrderBy, bool)], one: &VirtualLineView, other: &VirtualLineView) -> Ordering {
    let key = |by: OrderBy, view: &VirtualLineView| {
        let held = view.held.as_ref();
        match by {
            OrderBy::FirstName => search_key(&view.line.first_name),
            OrderBy::LastName => search_key(&view.line.last_name),
            OrderBy::DisplayName => search_key(&view.line.display_name),
            OrderBy::PhoneNumber => held.and_then(|held| held.number.clone()).unwrap_or_default(),
            OrderBy::Extension => held.and_then(|held| held.extension.clone()).unwrap_or_default(),
            OrderBy::LocationName => search_key(&view.location.name),
        }
    };
    for (by, descending) in order.iter().chain(&[(OrderBy::DisplayName, false)]) {
        let ordering = key(*by, one).cmp(&key(*by, other));
        let ordering = if *descending { ordering.reverse() } else { ordering };
        if ordering.is_ne() {
            return ordering;
        }
    }
    one.line.id.cmp(&other.line.id)
}
