//! Hours of the week and days of the year at which a feature behaves differently.

use hub_directory::{LocationId, OrganizationId};
use jiff::civil::Date;
use kit::{Error, Result, Uuid, search_key};

use super::lines::one_line;
use super::schedule_event::Event;

/// What a schedule is for. Its name is unique among those of its kind at its location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ScheduleKind {
    BusinessHours,
    Holidays,
}

impl ScheduleKind {
    pub(crate) const ALL: [Self; 2] = [Self::BusinessHours, Self::Holidays];

    /// The word of the wire, and of the database.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::BusinessHours => "businessHours",
            Self::Holidays => "holidays",
        }
    }

    /// The word of the pages.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::BusinessHours => "Business hours",
            Self::Holidays => "Holidays",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == text)
    }
}

/// A schedule without its events, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScheduleEntry {
    pub(crate) id: Uuid,
    pub(crate) location_id: LocationId,
    pub(crate) kind: ScheduleKind,
    pub(crate) name: String,
}

/// A schedule of a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) location_id: LocationId,
    pub(crate) kind: ScheduleKind,
    pub(crate) name: String,
    /// In the order in which they were given; their names differ.
    pub(crate) events: Vec<Event>,
}

/// What somebody asks a schedule to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScheduleDraft {
    pub(crate) kind: ScheduleKind,
    pub(crate) name: String,
    pub(crate) events: Vec<Event>,
}

/// By which words a schedule is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ScheduleKey {
    /// As the public API does: an id holds the name.
    Named {
        location_id: LocationId,
        kind: ScheduleKind,
        name: String,
    },
    /// As the pages do.
    Id(Uuid),
}

/// The most events that one schedule has; the reason is only that there must be an end.
const MOST_EVENTS: usize = 300;

impl Schedule {
    /// Whether the events can stand beside each other.
    pub(crate) fn check_events(&self) -> Result<()> {
        if self.events.len() > MOST_EVENTS {
            return Err(Error::invalid(format!(
                "A schedule has at most {MOST_EVENTS} events. Let an event repeat instead of writing down each day."
            )));
        }
        let mut keys: Vec<String> = self.events.iter().map(|event| search_key(&event.name)).collect();
        keys.sort_unstable();
        if let Some(twice) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
            let name = self
                .events
                .iter()
                .find(|event| search_key(&event.name) == twice[0])
                .map(|event| event.name.as_str());
            return Err(Error::conflict(format!(
                "“{}” has two events with the name “{}”. Give each event a name of its own.",
                self.name,
                name.unwrap_or_default()
            )));
        }
        Ok(())
    }

    pub(crate) fn event(&self, name: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.name == name)
    }
}

/// The name of a schedule.
pub(crate) fn schedule_name(text: Option<String>) -> Result<String> {
    one_line("name", text, 80)?.ok_or_else(|| Error::invalid("name is missing: the name of the schedule."))
}

/// A day as the wire writes it.
pub(crate) fn day(field: &str, text: &str) -> Result<Date> {
    // A calendar that takes times and zones as well would let too much pass.
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    Some(text)
        .filter(|_| shaped)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            Error::invalid(format!(
                "{field}: “{shown}” is not a day; write it like 2026-12-24."
            ))
        })
}
