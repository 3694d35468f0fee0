//! Schedules and their events as the public API writes them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use kit::{Error, Result};
use serde::{Deserialize, Serialize};
use webex::{PublicId, ResourceKind};

use super::recurrence_wire::RecurrenceWire;
use super::wire::given;
use crate::model::schedule::{ScheduleEntry, ScheduleKind, day};
use crate::model::schedule_event::{Event, Span, clock, time_of_day};

/// The id of a schedule or an event. As on the platform it holds the name, so that a new name is a new id: clients that
/// keep ids over a renaming fail here as they would there. Location and type stand beside it in every path.
pub(super) fn named_id(kind: ResourceKind, name: &str) -> PublicId {
    PublicId::new(kind, STANDARD.encode(name))
}

/// The name inside an id. What cannot be read names nothing that exists.
pub(super) fn name_in(kind: ResourceKind, id: &str) -> Result<String> {
    let nothing = || Error::not_found(hub_directory::public_api::NOT_FOUND);
    let id = PublicId::parse(kind, id).map_err(|_| nothing())?;
    [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD]
        .into_iter()
        .find_map(|alphabet| alphabet.decode(id.value()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(nothing)
}

/// A schedule in a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedSchedule {
    id: PublicId,
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    location_name: String,
    location_id: PublicId,
}

impl ListedSchedule {
    pub(super) fn new(entry: ScheduleEntry, location_name: String) -> Self {
        let ScheduleEntry {
            id: _,
            location_id,
            kind,
            name,
        } = entry;
        Self {
            id: named_id(ResourceKind::Schedule, &name),
            name,
            kind: kind.word(),
            location_name,
            location_id: PublicId::of_uuid(ResourceKind::Location, location_id.uuid()),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct ListedSchedules {
    pub(super) schedules: Vec<ListedSchedule>,
}

/// A schedule by itself.
#[derive(Debug, Serialize)]
pub(super) struct ScheduleDetail {
    id: PublicId,
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    events: Vec<EventWire>,
}

impl ScheduleDetail {
    pub(super) fn new(name: String, kind: ScheduleKind, events: &[Event]) -> Self {
        Self {
            id: named_id(ResourceKind::Schedule, &name),
            name,
            kind: kind.word(),
            events: events.iter().map(EventWire::of).collect(),
        }
    }
}

/// The body of `POST` and `PUT` of a schedule. Only a `PUT` knows `newName`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ScheduleBody {
    pub(super) name: Option<String>,
    pub(super) new_name: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) events: Option<Vec<EventWire>>,
}

/// An event, both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct EventWire {
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing)]
    pub(super) new_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all_day_enabled: Option<bool>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    recurrence: Option<Option<RecurrenceWire>>,
}

impl EventWire {
    pub(super) fn of(event: &Event) -> Self {
        let Event {
            name,
            span,
            recurrence,
        } = event;
        let Span {
            first_day,
            last_day,
            hours,
        } = span;
        Self {
            id: Some(named_id(ResourceKind::ScheduleEvent, name).to_string()),
            name: Some(name.clone()),
            new_name: None,
            start_date: Some(first_day.to_string()),
            end_date: Some(last_day.to_string()),
            start_time: hours.map(|(begin, _)| clock(begin)),
            end_time: hours.map(|(_, end)| clock(end)),
            all_day_enabled: Some(hours.is_none()),
            recurrence: recurrence
                .as_ref()
                .map(|recurrence| Some(RecurrenceWire::of(recurrence))),
        }
    }

    /// The event that this body makes of nothing.
    pub(super) fn into_event(self) -> Result<Event> {
        let Self {
            id: _,
            name,
            new_name,
            start_date,
            end_date,
            start_time,
            end_time,
            all_day_enabled,
            recurrence,
        } = self;
        let first_day = start_date
            .as_deref()
            .ok_or_else(|| Error::invalid("startDate is missing; write it like 2026-12-24."))
            .and_then(|text| day("startDate", text))?;
        let last_day = end_date
            .as_deref()
            .ok_or_else(|| Error::invalid("endDate is missing; write it like 2026-12-24."))
            .and_then(|text| day("endDate", text))?;
        let hours = if all_day_enabled == Some(true) {
            if start_time.is_some() || end_time.is_some() {
                return Err(Error::invalid(
                    "An event with allDayEnabled has no startTime and no endTime. Leave them out, or set allDayEnabled to false.",
                ));
            }
            None
        } else {
            let (Some(begin), Some(end)) = (start_time.as_deref(), end_time.as_deref()) else {
                return Err(Error::invalid(
                    "startTime and endTime are needed unless allDayEnabled is true; write them like 09:30.",
                ));
            };
            Some((time_of_day("startTime", begin)?, time_of_day("endTime", end)?))
        };
        let recurrence = recurrence
            .flatten()
            .map(RecurrenceWire::into_recurrence)
            .transpose()?
            .flatten();
        Event::new(
            new_name.or(name),
            Span::new(first_day, last_day, hours)?,
            recurrence,
        )
    }

    /// The event that this body makes of one that is there: what the body leaves out stays.
    pub(super) fn change(self, present: &Event) -> Result<Event> {
        let before = Self::of(present);
        let all_day = self.all_day_enabled.or_else(|| {
            // Times alone end an all-day event.
            let timed = self.start_time.is_some() || self.end_time.is_some();
            if timed {
                Some(false)
            } else {
                before.all_day_enabled
            }
        });
        let keeps_hours = all_day != Some(true);
        let kept = |time: Option<String>| time.filter(|_| keeps_hours);
        Self {
            id: None,
            name: self.name.or(before.name),
            new_name: self.new_name,
            start_date: self.start_date.or(before.start_date),
            end_date: self.end_date.or(before.end_date),
            start_time: self.start_time.or(kept(before.start_time)),
            end_time: self.end_time.or(kept(before.end_time)),
            all_day_enabled: all_day,
            recurrence: self.recurrence.or(before.recurrence),
        }
        .into_event()
    }
}
