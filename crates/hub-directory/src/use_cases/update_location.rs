use kit::{Error, Result};
use webex::LocationWrite;

use crate::model::rights;
use crate::store::locations;
use crate::{Caller, Directory, Location, LocationChangeKind, LocationId};

impl Directory {
    /// Changes what the body names of a location; what it leaves out stays.
    pub async fn update_location(&self, caller: &Caller, id: LocationId, body: LocationWrite) -> Result<()> {
        rights::require(caller, rights::LOCATIONS_WRITE, rights::FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        locations::lock(&mut transaction, caller.organization_id, id).await?;
        let before = locations::by_id((&mut transaction).into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        let location = applied(&before, body)?;
        if let Some(sentence) = locations::rivals(&mut transaction, &location).await? {
            return Err(Error::conflict(sentence));
        }
        locations::update(&mut transaction, &location, self.clock().now()).await?;
        let kind = LocationChangeKind::Changed;
        self.announce_location(&mut transaction, caller.organization_id, id, kind)
            .await?;
        transaction.commit().await
    }
}

/// The location with what the body names, checked.
pub(super) fn applied(before: &Location, body: LocationWrite) -> Result<Location> {
    let LocationWrite {
        id: _,
        name,
        address,
        time_zone,
        preferred_language,
        announcement_language,
        latitude,
        longitude,
        notes,
    } = body;
    let mut location = before.clone();
    location.name = required("name", name, &before.name)?;
    let longest = if before.calling.is_some() { 80 } else { 256 };
    if location.name.chars().count() > longest {
        return Err(Error::invalid(format!(
            "name is longer than {longest} characters."
        )));
    }
    if let Some(address) = address {
        location.address1 = required("address.address1", address.address1, "")?;
        location.address2 = one_line("address.address2", address.address2)?;
        location.city = required("address.city", address.city, "")?;
        location.state = one_line("address.state", address.state)?;
        location.postal_code = one_line("address.postalCode", address.postal_code)?;
        location.country = country(&required("address.country", address.country, "")?)?;
    } else if before.address1.is_empty() {
        return Err(Error::invalid("address is missing."));
    }
    location.time_zone = required("timeZone", time_zone, &before.time_zone)?;
    location.preferred_language = required(
        "preferredLanguage",
        preferred_language,
        &before.preferred_language,
    )?;
    location.announcement_language =
        one_line("announcementLanguage", announcement_language)?.or(location.announcement_language);
    location.latitude = coordinate("latitude", latitude, 90.0)?.or(location.latitude);
    location.longitude = coordinate("longitude", longitude, 180.0)?.or(location.longitude);
    location.notes = checked_notes(notes)?.or(location.notes);
    Ok(location)
}

fn optional(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn required(field: &str, text: Option<String>, present: &str) -> Result<String> {
    let text = one_line(field, text)?.unwrap_or_else(|| present.to_owned());
    if text.is_empty() {
        return Err(Error::invalid(format!("{field} is missing.")));
    }
    Ok(text)
}

/// Trimmed and bounded; an empty text is none.
pub(super) fn one_line(field: &str, text: Option<String>) -> Result<Option<String>> {
    let text = optional(text);
    if text
        .as_deref()
        .is_some_and(|text| text.chars().count() > 256 || text.chars().any(char::is_control))
    {
        return Err(Error::invalid(format!(
            "{field} must be one line of at most 256 characters."
        )));
    }
    Ok(text)
}

fn checked_notes(text: Option<String>) -> Result<Option<String>> {
    const LONGEST: usize = 4_000;
    let text = optional(text);
    if text.as_deref().is_some_and(|text| text.chars().count() > LONGEST) {
        return Err(Error::invalid(format!(
            "notes is longer than {LONGEST} characters."
        )));
    }
    Ok(text)
}

fn country(text: &str) -> Result<String> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(Error::invalid(
            "address.country is a two-letter country code, like US.",
        ))
    }
}

fn coordinate(field: &str, text: Option<String>, most: f64) -> Result<Option<String>> {
    let Some(text) = optional(text) else {
        return Ok(None);
    };
    match text.parse::<f64>() {
        Ok(degrees) if degrees.abs() <= most && text.len() <= 32 => Ok(Some(text)),
        _ => Err(Error::invalid(format!(
            "{field} is a number of degrees, like 41.878100."
        ))),
    }
}
