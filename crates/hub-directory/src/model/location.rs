use crate::{LocationId, OrganizationId};

/// A location, with its calling side where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Its id.
    pub id: LocationId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Its name, unique in the organization.
    pub name: String,
    /// Street and number.
    pub address1: String,
    /// Suite, floor.
    pub address2: Option<String>,
    /// City.
    pub city: String,
    /// State or province.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// A name of the IANA database.
    pub time_zone: String,
    /// `en_us`.
    pub preferred_language: String,
    /// Degrees as text.
    pub latitude: Option<String>,
    /// Degrees as text.
    pub longitude: Option<String>,
    /// What administrators wrote.
    pub notes: Option<String>,
    /// The language of announcements; known before calling is enabled.
    pub announcement_language: Option<String>,
    /// What only a location with calling has.
    pub calling: Option<CallingSide>,
}

/// What a location that is enabled for calling has besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallingSide {
    /// E.164.
    pub main_number: Option<String>,
    /// The name shown with the main number.
    pub calling_line_name: Option<String>,
    /// The name shown outside.
    pub external_caller_id_name: Option<String>,
    /// Dialled before an extension of this location from elsewhere; unique in the organization.
    pub routing_prefix: Option<String>,
    /// Dialled for an outside line.
    pub outside_dial_digit: Option<String>,
    /// Whether the digit must be dialled.
    pub enforce_outside_dial_digit: bool,
}
