use std::collections::BTreeMap;

use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require,
};
use hub_directory::{Caller, LocationId};
use hub_numbers::Held;
use kit::{Error, Result, Uuid, search_key};

use crate::CallFeatures;
use crate::model::attendant::{Attendant, AttendantKey};
use crate::store::attendants::{self, AttendantEntry, AttendantFilter};

/// Which attendants.
#[derive(Clone, Debug, Default)]
pub(crate) struct AttendantQuery {
    pub(crate) location_id: Option<LocationId>,
    /// A part of the name, in any spelling of its letters.
    pub(crate) name: Option<String>,
    /// A part of the number, in any way of writing it.
    pub(crate) phone_number: Option<String>,
    /// A part of name, number or extension: the search of the pages.
    pub(crate) text: Option<String>,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

/// One page of a list.
pub(crate) struct AttendantsFound {
    pub(crate) entries: Vec<AttendantEntry>,
    pub(crate) held: BTreeMap<Uuid, Held>,
    pub(crate) total: usize,
    pub(crate) more: bool,
}

impl CallFeatures {
    /// Attendants by name. The total is counted only where somebody searches or `with_total` asks for it.
    pub(crate) async fn list_attendants(
        &self,
        caller: &Caller,
        query: &AttendantQuery,
        with_total: bool,
    ) -> Result<AttendantsFound> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let filter = AttendantFilter {
            location_id: query.location_id,
            name_part: query
                .name
                .as_deref()
                .map(search_key)
                .filter(|key| !key.is_empty()),
            offset: i64::try_from(query.start).unwrap_or(i64::MAX),
            limit: i64::try_from(query.max.saturating_add(1)).unwrap_or(i64::MAX),
        };
        if query.phone_number.is_some() || query.text.is_some() {
            return self.search_attendants(caller, query, filter).await;
        }
        let mut entries = attendants::list(self.database().into(), caller.organization_id, &filter).await?;
        let more = entries.len() > query.max;
        entries.truncate(query.max);
        let total = if with_total {
            attendants::count(self.database().into(), caller.organization_id, &filter).await?
        } else {
            0
        };
        Ok(AttendantsFound {
            held: self.held_by_attendants(caller, &entries).await?,
            entries,
            total: usize::try_from(total).unwrap_or(0),
            more,
        })
    }

    /// Numbers are kept elsewhere: whoever searches for one looks at every attendant, of which there are few.
    async fn search_attendants(
        &self,
        caller: &Caller,
        query: &AttendantQuery,
        filter: AttendantFilter,
    ) -> Result<AttendantsFound> {
        let everything = AttendantFilter {
            offset: 0,
            limit: i64::MAX,
            ..filter
        };
        let mut entries =
            attendants::list(self.database().into(), caller.organization_id, &everything).await?;
        let mut held = self.held_by_attendants(caller, &entries).await?;
        if let Some(number) = &query.phone_number {
            let wanted = digits(number);
            entries.retain(|entry| {
                let held = held.get(&entry.id.uuid());
                !wanted.is_empty() && numbers(held).any(|number| digits(number).contains(&wanted))
            });
        }
        if let Some(text) = &query.text {
            let (key, wanted) = (search_key(text), digits(text));
            entries.retain(|entry| {
                let held = held.get(&entry.id.uuid());
                let extension = held.and_then(|held| held.extension.as_deref());
                let dialled = !wanted.is_empty()
                    && numbers(held)
                        .chain(extension)
                        .any(|number| digits(number).contains(&wanted));
                dialled || search_key(&entry.name).contains(&key)
            });
        }
        let total = entries.len();
        let entries: Vec<_> = entries.into_iter().skip(query.start).take(query.max).collect();
        held.retain(|id, _| entries.iter().any(|entry| entry.id.uuid() == *id));
        Ok(AttendantsFound {
            more: query.start.saturating_add(entries.len()) < total,
            entries,
            held,
            total,
        })
    }

    async fn held_by_attendants(
        &self,
        caller: &Caller,
        entries: &[AttendantEntry],
    ) -> Result<BTreeMap<Uuid, Held>> {
        let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id.uuid()).collect();
        self.numbers()
            .held_by(self.database().into(), caller.organization_id, &ids)
            .await
    }

    /// One attendant with its number.
    pub(crate) async fn show_attendant(
        &self,
        caller: &Caller,
        key: AttendantKey,
    ) -> Result<(Attendant, Option<Held>)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let attendant = attendants::one(self.database().into(), caller.organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let mut held = self
            .numbers()
            .held_by(self.database().into(), caller.organization_id, &[key.id.uuid()])
            .await?;
        Ok((attendant, held.remove(&key.id.uuid())))
    }

    /// Whether an attendant is there, for whoever may change it and perhaps not read it.
    pub(crate) async fn require_attendant(&self, caller: &Caller, key: AttendantKey) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        attendants::one(self.database().into(), caller.organization_id, key)
            .await?
            .map(|_| ())
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }
}

fn numbers(held: Option<&Held>) -> impl Iterator<Item = &str> {
    held.into_iter()
        .flat_map(|held| held.number.iter().chain(&held.alternates).map(String::as_str))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
