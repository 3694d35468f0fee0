//! An auto attendant: it answers, lets callers choose by keys, and differs by hours.

use std::collections::BTreeMap;

use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result, Uuid};

use super::attendant_menu::Menu;
use super::lines::one_line;
use super::words::RingPattern;

kit::typed_id!(
    /// An auto attendant.
    AttendantId
);

/// An auto attendant. Its number and extension are kept by the stock of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attendant {
    pub(crate) id: AttendantId,
    pub(crate) organization_id: OrganizationId,
    pub(crate) location_id: LocationId,
    /// Unique among the attendants of its location.
    pub(crate) name: String,
    pub(crate) enabled: bool,
    /// `en_us`.
    pub(crate) language_code: String,
    /// A name of the IANA database.
    pub(crate) time_zone: String,
    pub(crate) business_schedule: ScheduleInUse,
    pub(crate) holiday_schedule: Option<ScheduleInUse>,
    pub(crate) extension_dialing: Reach,
    pub(crate) name_dialing: Reach,
    pub(crate) business_hours_menu: Menu,
    pub(crate) after_hours_menu: Menu,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) caller_id_name: CallerIdName,
    pub(crate) dial_by_name: Option<String>,
    /// How it rings when it is called by one of its alternate numbers; others ring normally.
    pub(crate) ring_patterns: BTreeMap<String, RingPattern>,
}

/// By which words an attendant is found. The public API names its location too, the pages do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AttendantKey {
    pub(crate) id: AttendantId,
    pub(crate) location_id: Option<LocationId>,
}

/// The schedule that an attendant follows. It refers by id, so that a schedule can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScheduleInUse {
    pub(crate) id: Uuid,
    pub(crate) name: String,
}

/// Whom a caller reaches by dialling an extension or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Everybody in the organization.
    Enterprise,
    /// Everybody at the location.
    Group,
}

impl Reach {
    pub(crate) const ALL: [Self; 2] = [Self::Enterprise, Self::Group];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Enterprise => "ENTERPRISE",
            Self::Group => "GROUP",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Enterprise => "The whole organization",
            Self::Group => "This location",
        }
    }

    pub(crate) fn parse(field: &str, text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|reach| reach.word() == text)
            .ok_or_else(|| not_a_choice(field, text, &Self::ALL.map(Self::word)))
    }
}

/// The name that others see when the attendant calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CallerIdName {
    /// Its own.
    DisplayName,
    Custom(String),
}

/// What somebody asks an attendant to be. `None` leaves what there is; an inner `None` takes it away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AttendantDraft {
    pub(crate) name: Option<String>,
    pub(crate) enabled: Option<bool>,
    pub(crate) number: Option<Option<String>>,
    pub(crate) extension: Option<Option<String>>,
    pub(crate) alternates: Option<Vec<(String, RingPattern)>>,
    pub(crate) language_code: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) business_schedule: Option<String>,
    pub(crate) holiday_schedule: Option<Option<String>>,
    pub(crate) extension_dialing: Option<Reach>,
    pub(crate) name_dialing: Option<Reach>,
    pub(crate) business_hours_menu: Option<Menu>,
    pub(crate) after_hours_menu: Option<Menu>,
    pub(crate) first_name: Option<Option<String>>,
    pub(crate) last_name: Option<Option<String>>,
    pub(crate) caller_id_name: Option<CallerIdName>,
    pub(crate) dial_by_name: Option<Option<String>>,
}

impl AttendantDraft {
    /// Trimmed, bounded, in the form in which it is kept.
    pub(crate) fn checked(mut self) -> Result<Self> {
        self.name = self
            .name
            .map(|name| {
                one_line("name", Some(name), 80)?
                    .ok_or_else(|| Error::invalid("name is empty; every auto attendant has one."))
            })
            .transpose()?;
        self.language_code = self.language_code.map(|code| language_code(&code)).transpose()?;
        self.time_zone = self.time_zone.map(|zone| time_zone(&zone)).transpose()?;
        self.number = self
            .number
            .map(|number| one_line("phoneNumber", number, 40))
            .transpose()?;
        self.extension = self
            .extension
            .map(|text| one_line("extension", text, 10))
            .transpose()?;
        self.first_name = self
            .first_name
            .map(|text| one_line("firstName", text, 64))
            .transpose()?;
        self.last_name = self
            .last_name
            .map(|text| one_line("lastName", text, 64))
            .transpose()?;
        self.dial_by_name = self
            .dial_by_name
            .map(|text| one_line("dialByName", text, 64))
            .transpose()?;
        if let Some(CallerIdName::Custom(name)) = self.caller_id_name {
            let field = "directLineCallerIdName.customName";
            let name = one_line(field, Some(name), 128)?.ok_or_else(|| {
                Error::invalid(format!(
                    "{field} is missing; CUSTOM_NAME needs the name that others see."
                ))
            })?;
            self.caller_id_name = Some(CallerIdName::Custom(name));
        }
        Ok(self)
    }
}

/// `en_us`.
fn language_code(text: &str) -> Result<String> {
    let code = text.trim().to_ascii_lowercase().replace('-', "_");
    let shaped = matches!(code.split_once('_'), Some((language, country))
        if language.len() == 2 && country.len() == 2)
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if shaped {
        return Ok(code);
    }
    let shown: String = text.chars().take(40).collect();
    Err(Error::invalid(format!(
        "languageCode: “{shown}” is not a language and a country; write it like en_us."
    )))
}

/// `America/New_York`.
fn time_zone(text: &str) -> Result<String> {
    let zone = text.trim();
    let shaped = zone.len() <= 64
        && zone.contains('/')
        && zone
            .split('/')
            .all(|part| part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()))
        && zone
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
    if shaped {
        return Ok(zone.to_owned());
    }
    let shown: String = text.chars().take(40).collect();
    Err(Error::invalid(format!(
        "timeZone: “{shown}” is not a time zone; write it like America/New_York."
    )))
}

/// The sentence for a word that is not one of a list.
pub(crate) fn not_a_choice(field: &str, text: &str, choices: &[&str]) -> Error {
    let shown: String = text.chars().take(40).collect();
    Error::invalid(format!(
        "{field}: “{shown}” is not one of {}.",
        choices.join(", ")
    ))
}
