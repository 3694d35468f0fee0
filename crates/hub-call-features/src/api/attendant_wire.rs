//! Auto attendants as the public API writes them.

use hub_numbers::Held;
use kit::{Error, Result};
use serde::{Deserialize, Serialize};
use webex::{PublicId, ResourceKind};

use super::attendant_menu_wire::{FileWire, MenuWire};
use super::wire::given;
use crate::model::attendant::{Attendant, AttendantDraft, AttendantId, CallerIdName, Reach, not_a_choice};
use crate::model::profile::language_name;
use crate::model::words::{RingPattern, Word as _};
use crate::store::attendants::AttendantEntry;

pub(super) fn attendant_id(id: AttendantId) -> PublicId {
    PublicId::of_uuid(ResourceKind::AutoAttendant, id.uuid())
}

/// An attendant in the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedAttendant {
    id: PublicId,
    name: String,
    location_name: String,
    location_id: PublicId,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    toll_free_number: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedAttendants {
    pub(super) auto_attendants: Vec<ListedAttendant>,
}

impl ListedAttendant {
    pub(super) fn new(entry: AttendantEntry, held: Option<Held>, location_name: String) -> Self {
        let AttendantEntry {
            id,
            location_id,
            name,
            enabled: _,
        } = entry;
        let numbers = Numbers::of(held);
        Self {
            id: attendant_id(id),
            name,
            location_name,
            location_id: PublicId::of_uuid(ResourceKind::Location, location_id.uuid()),
            phone_number: numbers.phone_number,
            extension: numbers.extension,
            routing_prefix: numbers.routing_prefix,
            esn: numbers.esn,
            toll_free_number: numbers.toll_free_number,
        }
    }
}

#[derive(Default)]
struct Numbers {
    phone_number: Option<String>,
    extension: Option<String>,
    routing_prefix: Option<String>,
    esn: Option<String>,
    toll_free_number: bool,
    alternates: Vec<String>,
}

impl Numbers {
    fn of(held: Option<Held>) -> Self {
        held.map_or_else(Self::default, |held| Self {
            phone_number: held.number,
            extension: held.extension,
            routing_prefix: held.routing_prefix,
            esn: held.esn,
            toll_free_number: held.toll_free,
            alternates: held.alternates,
        })
    }
}

/// An attendant by itself.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttendantDetail {
    id: PublicId,
    name: String,
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    toll_free_number: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    alternate_numbers: Vec<AlternateOut>,
    language: String,
    language_code: String,
    business_schedule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday_schedule: Option<String>,
    extension_dialing: &'static str,
    name_dialing: &'static str,
    time_zone: String,
    business_hours_menu: MenuWire,
    after_hours_menu: MenuWire,
    direct_line_caller_id_name: CallerIdNameWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    dial_by_name: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AlternateOut {
    phone_number: String,
    ring_pattern: &'static str,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CallerIdNameWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    selection: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_name: Option<String>,
}

impl AttendantDetail {
    pub(super) fn new(attendant: Attendant, held: Option<Held>) -> Self {
        let Attendant {
            id,
            organization_id: _,
            location_id: _,
            name,
            enabled,
            language_code,
            time_zone,
            business_schedule,
            holiday_schedule,
            extension_dialing,
            name_dialing,
            business_hours_menu,
            after_hours_menu,
            first_name,
            last_name,
            caller_id_name,
            dial_by_name,
            ring_patterns,
        } = attendant;
        let numbers = Numbers::of(held);
        let alternate = |phone_number: String| AlternateOut {
            ring_pattern: ring_patterns
                .get(&phone_number)
                .unwrap_or(&RingPattern::Normal)
                .word(),
            phone_number,
        };
        Self {
            id: attendant_id(id),
            name,
            enabled,
            phone_number: numbers.phone_number,
            extension: numbers.extension,
            routing_prefix: numbers.routing_prefix,
            esn: numbers.esn,
            toll_free_number: numbers.toll_free_number,
            first_name,
            last_name,
            alternate_numbers: numbers.alternates.into_iter().map(alternate).collect(),
            language: language_name(&language_code).to_owned(),
            language_code,
            business_schedule: business_schedule.name,
            holiday_schedule: holiday_schedule.map(|schedule| schedule.name),
            extension_dialing: extension_dialing.word(),
            name_dialing: name_dialing.word(),
            time_zone,
            business_hours_menu: MenuWire::of(&business_hours_menu),
            after_hours_menu: MenuWire::of(&after_hours_menu),
            direct_line_caller_id_name: CallerIdNameWire::of(caller_id_name),
            dial_by_name,
        }
    }
}

impl CallerIdNameWire {
    fn of(name: CallerIdName) -> Self {
        let (selection, custom_name) = match name {
            CallerIdName::DisplayName => ("DISPLAY_NAME", None),
            CallerIdName::Custom(name) => ("CUSTOM_NAME", Some(name)),
        };
        Self {
            selection: Some(selection.to_owned()),
            custom_name,
        }
    }

    fn into_name(self) -> Result<CallerIdName> {
        let Self {
            selection,
            custom_name,
        } = self;
        match selection.as_deref() {
            Some("DISPLAY_NAME") => Ok(CallerIdName::DisplayName),
            Some("CUSTOM_NAME") => Ok(CallerIdName::Custom(custom_name.unwrap_or_default())),
            other => Err(not_a_choice(
                "directLineCallerIdName.selection",
                other.unwrap_or_default(),
                &["CUSTOM_NAME", "DISPLAY_NAME"],
            )),
        }
    }
}

/// The body of `POST` and `PUT`. What a `PUT` leaves out stays; null takes away.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct AttendantBody {
    name: Option<String>,
    enabled: Option<bool>,
    #[serde(deserialize_with = "given")]
    phone_number: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    extension: Option<Option<String>>,
    alternate_numbers: Option<Vec<AlternateIn>>,
    language_code: Option<String>,
    time_zone: Option<String>,
    business_schedule: Option<String>,
    #[serde(deserialize_with = "given")]
    holiday_schedule: Option<Option<String>>,
    extension_dialing: Option<String>,
    name_dialing: Option<String>,
    business_hours_menu: Option<MenuWire>,
    after_hours_menu: Option<MenuWire>,
    #[serde(deserialize_with = "given")]
    first_name: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    last_name: Option<Option<String>>,
    direct_line_caller_id_name: Option<CallerIdNameWire>,
    #[serde(deserialize_with = "given")]
    dial_by_name: Option<Option<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct AlternateIn {
    phone_number: Option<String>,
    ring_pattern: Option<String>,
}

impl AttendantBody {
    pub(super) fn into_draft(self) -> Result<AttendantDraft> {
        let Self {
            name,
            enabled,
            phone_number,
            extension,
            alternate_numbers,
            language_code,
            time_zone,
            business_schedule,
            holiday_schedule,
            extension_dialing,
            name_dialing,
            business_hours_menu,
            after_hours_menu,
            first_name,
            last_name,
            direct_line_caller_id_name,
            dial_by_name,
        } = self;
        let menu = |field: &str, menu: Option<MenuWire>| menu.map(|menu| menu.into_menu(field)).transpose();
        let reach =
            |field: &str, word: Option<String>| word.map(|word| Reach::parse(field, &word)).transpose();
        AttendantDraft {
            name,
            enabled,
            number: phone_number,
            extension,
            alternates: alternate_numbers.map(alternates).transpose()?,
            language_code,
            time_zone,
            business_schedule,
            holiday_schedule: holiday_schedule.map(|name| name.filter(|name| !name.trim().is_empty())),
            extension_dialing: reach("extensionDialing", extension_dialing)?,
            name_dialing: reach("nameDialing", name_dialing)?,
            business_hours_menu: menu("businessHoursMenu", business_hours_menu)?,
            after_hours_menu: menu("afterHoursMenu", after_hours_menu)?,
            first_name,
            last_name,
            caller_id_name: direct_line_caller_id_name
                .map(CallerIdNameWire::into_name)
                .transpose()?,
            dial_by_name,
        }
        .checked()
    }
}

fn alternates(alternates: Vec<AlternateIn>) -> Result<Vec<(String, RingPattern)>> {
    const MOST: usize = 10;
    if alternates.len() > MOST {
        return Err(Error::invalid(format!(
            "alternateNumbers has more than {MOST} numbers; an auto attendant has at most {MOST} besides its own."
        )));
    }
    let alternate = |(index, alternate): (usize, AlternateIn)| {
        let AlternateIn {
            phone_number,
            ring_pattern,
        } = alternate;
        let field = format!("alternateNumbers[{index}]");
        let number = phone_number
            .filter(|number| !number.trim().is_empty())
            .ok_or_else(|| Error::invalid(format!("{field}.phoneNumber is missing.")))?;
        let pattern = ring_pattern.map_or(Ok(RingPattern::Normal), |word| {
            RingPattern::of_word(&word).ok_or_else(|| {
                let words: Vec<&str> = RingPattern::ALL.iter().map(|pattern| pattern.word()).collect();
                not_a_choice(&format!("{field}.ringPattern"), &word, &words)
            })
        })?;
        Ok((number, pattern))
    };
    alternates.into_iter().enumerate().map(alternate).collect()
}

/// The recordings of an attendant.
#[derive(Debug, Serialize)]
pub(super) struct Announcements {
    pub(super) announcements: Vec<FileWire>,
}
