use std::cmp::Ordering;
use std::collections::BTreeMap;

use hub_directory::public_api::{TELEPHONY_READ, require, require_own};
use hub_directory::{Caller, Location, LocationId, OrganizationId};
use hub_numbers::{DialledQuery, ExtensionMatch, HolderOrder, HolderQuery, OwnerKind};
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

/// Who can say which lines stand on the page.
enum Lead {
    /// Our own table, along its orders.
    Lines,
    /// The stock of numbers, along its orders.
    Stock(HolderQuery),
    /// Nobody alone: several orders over two slices, locations by name, or what the stock knows in an order of ours. Then
    /// every line that matches is read and sorted here, which costs as much as the organization has such lines.
    Nobody,
}

impl VirtualLineQuery {
    fn lead(&self, filter: &VirtualLineFilter) -> Lead {
        let asks_stock = self.has_extension.is_some() || self.has_number.is_some();
        if !asks_stock && self.order.iter().all(|(by, _)| by.column().is_some()) {
            return Lead::Lines;
        }
        let order = match self.order.as_slice() {
            [(OrderBy::PhoneNumber, descending)] => Some((HolderOrder::Number, *descending)),
            [(OrderBy::Extension, descending)] => Some((HolderOrder::Extension, *descending)),
            _ => None,
        };
        let location = match filter.location_ids.as_deref() {
            None => Some(None),
            Some([one]) => Some(Some(*one)),
            Some(_) => None,
        };
        let by_names = !filter.name_parts.is_empty() || filter.named_or.is_some();
        let (Some((order, descending)), Some(location_id), false) = (order, location, by_names) else {
            return Lead::Nobody;
        };
        Lead::Stock(HolderQuery {
            kinds: vec![OwnerKind::VirtualLine],
            location_id,
            ids: filter.chosen(),
            has_number: self.has_number,
            has_extension: self.has_extension,
            order,
            descending,
            start: self.start,
            max: self.max.saturating_add(1),
            ..HolderQuery::default()
        })
    }

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

impl VirtualLineFilter {
    /// The lines that are named one by one, if any are.
    fn chosen(&self) -> Option<Vec<Uuid>> {
        let ids = self
            .ids
            .as_ref()
            .map(|ids| ids.iter().map(|id| id.uuid()).collect::<Vec<_>>());
        match (ids, self.dialled.clone()) {
            (Some(mut ids), Some(dialled)) => {
                ids.retain(|id| dialled.contains(id));
                Some(ids)
            }
            (ids, dialled) => ids.or(dialled),
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
        let filter = self.line_filter(caller, query, &locations).await?;
        let mut lines = match query.lead(&filter) {
            Lead::Lines => {
                let order = query
                    .order
                    .iter()
                    .filter_map(|(by, descending)| Some((by.column()?, *descending)))
                    .collect();
                let limit = Some(query.max.saturating_add(1));
                let found = self
                    .page_of_lines(caller, &filter, order, query.start, limit)
                    .await?;
                self.line_views(caller, found, &locations).await?
            }
            Lead::Stock(holders) => self.lines_of_the_stock(caller, &holders, &locations).await?,
            Lead::Nobody => {
                let found = self.page_of_lines(caller, &filter, Vec::new(), 0, None).await?;
                let mut views = self.line_views(caller, found, &locations).await?;
                views.retain(|view| query.matches(view));
                views.sort_by(|one, other| compare(&query.order, one, other));
                let page = views.into_iter().skip(query.start);
                page.take(query.max.saturating_add(1)).collect()
            }
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
        if query.has_extension.is_some() || query.has_number.is_some() {
            let everything = VirtualLineQuery {
                start: 0,
                max: usize::MAX - 1,
                ..query.clone()
            };
            return Ok(self.list_virtual_lines(caller, &everything).await?.lines.len());
        }
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

    /// The page that the stock of numbers cuts.
    async fn lines_of_the_stock(
        &self,
        caller: &Caller,
        holders: &HolderQuery,
        locations: &BTreeMap<LocationId, Location>,
    ) -> Result<Vec<VirtualLineView>> {
        let (database, organization_id) = (self.database(), caller.organization_id);
        let holders = self
            .numbers()
            .find_holders(database.into(), organization_id, holders)
            .await?;
        let ids: Vec<Uuid> = holders.iter().map(|holder| holder.owner.id).collect();
        let filter = VirtualLineFilter {
            ids: Some(ids.iter().copied().map(VirtualLineId::new).collect()),
            ..VirtualLineFilter::default()
        };
        let found = self.page_of_lines(caller, &filter, Vec::new(), 0, None).await?;
        let mut views = self.line_views(caller, found, locations).await?;
        views.sort_by_key(|view| ids.iter().position(|id| *id == view.line.id.uuid()));
        Ok(views)
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

impl VirtualLineQuery {
    /// Whether what the stock of numbers keeps of the line is as asked for.
    fn matches(&self, view: &VirtualLineView) -> bool {
        let held = view.held.as_ref();
        let number = held.and_then(|held| held.number.as_deref());
        let extension = held.and_then(|held| held.extension.as_deref());
        self.has_number.is_none_or(|wanted| wanted == number.is_some())
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
            // As the stock has it: who has none comes last.
            OrderBy::PhoneNumber => held
                .and_then(|held| held.number.clone())
                .unwrap_or_else(|| "~".to_owned()),
            OrderBy::Extension => held
                .and_then(|held| held.extension.clone())
                .map_or_else(|| "~".to_owned(), |extension| format!("{extension:0>10}")),
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
