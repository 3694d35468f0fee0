use std::collections::BTreeMap;

use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require,
};
use hub_directory::{Caller, LocationId};
use hub_numbers::{DialledQuery, ExtensionMatch, Held, OwnerKind};
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
    /// Attendants by name. The total is counted only where `with_total` asks for it.
    pub(crate) async fn list_attendants(
        &self,
        caller: &Caller,
        query: &AttendantQuery,
        with_total: bool,
    ) -> Result<AttendantsFound> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let filter = self.attendant_filter(caller, query).await?;
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

    /// The stock of numbers says first who has the number.
    async fn attendant_filter(&self, caller: &Caller, query: &AttendantQuery) -> Result<AttendantFilter> {
        let ids = match &query.phone_number {
            Some(number) => Some(
                self.attendants_dialled(caller, query.location_id, number, ExtensionMatch::Never)
                    .await?,
            ),
            None => None,
        };
        let named_or = match &query.text {
            Some(text) => Some((
                search_key(text),
                self.attendants_dialled(caller, query.location_id, text, ExtensionMatch::Part)
                    .await?,
            )),
            None => None,
        };
        Ok(AttendantFilter {
            location_id: query.location_id,
            name_part: query
                .name
                .as_deref()
                .map(search_key)
                .filter(|key| !key.is_empty()),
            ids,
            named_or,
            offset: i64::try_from(query.start).unwrap_or(i64::MAX),
            limit: i64::try_from(query.max.saturating_add(1)).unwrap_or(i64::MAX),
        })
    }

    async fn attendants_dialled(
        &self,
        caller: &Caller,
        location_id: Option<LocationId>,
        text: &str,
        extension: ExtensionMatch,
    ) -> Result<Vec<Uuid>> {
        let plus = if text.trim_start().starts_with('+') {
            "+"
        } else {
            ""
        };
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let wanted = DialledQuery {
            kinds: vec![OwnerKind::AutoAttendant],
            location_id,
            dialled: format!("{plus}{digits}"),
            extension,
        };
        self.numbers()
            .find_dialled(self.database().into(), caller.organization_id, &wanted)
            .await
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
