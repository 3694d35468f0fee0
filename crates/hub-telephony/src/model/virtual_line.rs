use hub_directory::public_api::e164;
use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result, Timestamp};

use super::text::{one_line, quoted, trimmed};
use crate::VirtualLineId;

/// A line that no person and no workspace owns. Number and extension are kept by [`hub_numbers`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VirtualLine {
    pub(crate) id: VirtualLineId,
    pub(crate) organization_id: OrganizationId,
    /// Never changes.
    pub(crate) location_id: LocationId,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) display_name: String,
    pub(crate) caller_id_first_name: String,
    pub(crate) caller_id_last_name: String,
    pub(crate) caller_id_number: Option<String>,
    /// `en_us`.
    pub(crate) announcement_language: Option<String>,
    pub(crate) time_zone: String,
    /// Whether colleagues find it in the directory.
    pub(crate) directory_search: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) last_modified_at: Timestamp,
}

/// What a virtual line shall be; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct VirtualLineDraft {
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) display_name: Option<String>,
    /// An empty one takes the number away.
    pub(crate) phone_number: Option<String>,
    /// An empty one takes the extension away.
    pub(crate) extension: Option<String>,
    /// Of a new line alone.
    pub(crate) location_id: Option<LocationId>,
    pub(crate) caller_id_first_name: Option<String>,
    pub(crate) caller_id_last_name: Option<String>,
    /// An empty one takes it away.
    pub(crate) caller_id_number: Option<String>,
    pub(crate) announcement_language: Option<String>,
    pub(crate) time_zone: Option<String>,
}

/// Where a new virtual line comes to be, and what it takes over from there.
pub(crate) struct LinePlace {
    pub(crate) organization_id: OrganizationId,
    pub(crate) location_id: LocationId,
    pub(crate) announcement_language: Option<String>,
    pub(crate) time_zone: String,
}

/// How long names may be; Webex documents other bounds for a new line than for one that is there.
struct Bounds {
    last_name: usize,
    caller_id_first_name: usize,
    caller_id_last_name: usize,
}

const NEW: Bounds = Bounds {
    last_name: 30,
    caller_id_first_name: 30,
    caller_id_last_name: 30,
};
const PRESENT: Bounds = Bounds {
    last_name: 64,
    caller_id_first_name: 128,
    caller_id_last_name: 64,
};
const LONGEST_FIRST_NAME: usize = 30;
const LONGEST_DISPLAY_NAME: usize = 256;

impl VirtualLineDraft {
    /// The new line at this location; its number and extension are assigned afterwards.
    pub(crate) fn made(self, id: VirtualLineId, place: LinePlace, now: Timestamp) -> Result<VirtualLine> {
        let missing = |field: &str| {
            Error::invalid(format!(
                "{field} is missing: a virtual line has a first and a last name, like “Night” and “Dispatch”."
            ))
        };
        let first_name = one_line("firstName", self.first_name.clone(), LONGEST_FIRST_NAME)?
            .ok_or_else(|| missing("firstName"))?;
        let last_name = one_line("lastName", self.last_name.clone(), NEW.last_name)?
            .ok_or_else(|| missing("lastName"))?;
        let blank = VirtualLine {
            id,
            organization_id: place.organization_id,
            location_id: place.location_id,
            display_name: format!("{first_name} {last_name}"),
            caller_id_first_name: first_name.clone(),
            caller_id_last_name: last_name.clone(),
            first_name,
            last_name,
            caller_id_number: None,
            announcement_language: place.announcement_language,
            time_zone: place.time_zone,
            directory_search: true,
            created_at: now,
            last_modified_at: now,
        };
        self.changed(&blank, &NEW, now)
    }

    /// The line with what this draft says of it.
    pub(crate) fn applied(self, before: &VirtualLine, now: Timestamp) -> Result<VirtualLine> {
        if self
            .location_id
            .is_some_and(|wanted| wanted != before.location_id)
        {
            return Err(Error::invalid(
                "locationId cannot be changed. Delete the virtual line and create it anew at the other location.",
            ));
        }
        self.changed(before, &PRESENT, now)
    }

    fn changed(self, before: &VirtualLine, bounds: &Bounds, now: Timestamp) -> Result<VirtualLine> {
        let Self {
            first_name,
            last_name,
            display_name,
            phone_number: _,
            extension: _,
            location_id: _,
            caller_id_first_name,
            caller_id_last_name,
            caller_id_number,
            announcement_language,
            time_zone,
        } = self;
        let kept = |field: &str, text: Option<String>, most: usize, present: &str| -> Result<String> {
            Ok(one_line(field, text, most)?.unwrap_or_else(|| present.to_owned()))
        };
        Ok(VirtualLine {
            first_name: kept("firstName", first_name, LONGEST_FIRST_NAME, &before.first_name)?,
            last_name: kept("lastName", last_name, bounds.last_name, &before.last_name)?,
            display_name: kept(
                "displayName",
                display_name,
                LONGEST_DISPLAY_NAME,
                &before.display_name,
            )?,
            caller_id_first_name: kept(
                "callerIdFirstName",
                caller_id_first_name,
                bounds.caller_id_first_name,
                &before.caller_id_first_name,
            )?,
            caller_id_last_name: kept(
                "callerIdLastName",
                caller_id_last_name,
                bounds.caller_id_last_name,
                &before.caller_id_last_name,
            )?,
            caller_id_number: replaced(caller_id_number, before.caller_id_number.clone(), |text| {
                e164(&text).map_err(|error| Error::invalid(format!("callerIdNumber: {}", error.public())))
            })?,
            announcement_language: match trimmed(announcement_language) {
                None => before.announcement_language.clone(),
                Some(text) => Some(checked_language(text)?),
            },
            time_zone: match trimmed(time_zone) {
                None => before.time_zone.clone(),
                Some(text) => checked_zone(text)?,
            },
            last_modified_at: now,
            ..before.clone()
        })
    }
}

/// What stands there afterwards: nothing said keeps the present, an empty text takes it away.
pub(crate) fn replaced(
    said: Option<String>,
    present: Option<String>,
    check: impl FnOnce(String) -> Result<String>,
) -> Result<Option<String>> {
    match said {
        None => Ok(present),
        Some(text) if text.trim().is_empty() => Ok(None),
        Some(text) => check(text.trim().to_owned()).map(Some),
    }
}

fn checked_language(text: String) -> Result<String> {
    let parts = text.split_once(['_', '-']);
    let letters = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    match parts {
        Some((language, country)) if letters(language) && letters(country) => Ok(text),
        _ => Err(Error::invalid(format!(
            "announcementLanguage: {} is not a language; write it like en_us.",
            quoted(&text)
        ))),
    }
}

fn checked_zone(text: String) -> Result<String> {
    let usable = text.len() <= 64
        && (text == "UTC" || text.contains('/'))
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
    if usable {
        return Ok(text);
    }
    Err(Error::invalid(format!(
        "timeZone: {} is not a time zone; write it like America/Chicago.",
        quoted(&text)
    )))
}
