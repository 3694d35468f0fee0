//! From the body of a request to what a person shall be.

use kit::{Error, Result, Uuid};
use webex::{PersonWrite, PhoneNumber, PublicId, ResourceKind, Role};

use crate::{CallingDraft, LicenseId, LocationId, Number, OrganizationId, PersonDraft, PersonId};

/// The organization that a body names.
pub(super) fn organization(body: &PersonWrite) -> Result<Option<OrganizationId>> {
    let id = uuid(ResourceKind::Organization, body.org_id.clone())?;
    Ok(id.map(OrganizationId::new))
}

/// Reads the body of a create or an update.
pub(super) fn draft(body: PersonWrite, complete: bool) -> Result<PersonDraft> {
    // Taken apart whole, so that a new key of the wire asks what becomes of it.
    let PersonWrite {
        emails,
        phone_numbers,
        extension,
        location_id,
        display_name,
        nick_name,
        first_name,
        last_name,
        avatar,
        org_id: _,
        roles,
        licenses,
        department,
        manager,
        manager_id,
        title,
        addresses,
        time_zone,
        login_enabled,
    } = body;
    Ok(PersonDraft {
        // Webex takes a list and uses the first.
        email: emails.and_then(|emails| emails.into_iter().next()),
        display_name,
        first_name,
        last_name,
        nick_name,
        avatar,
        department,
        title,
        manager_id: uuid(ResourceKind::People, manager_id)?.map(PersonId::new),
        manager_name: manager,
        addresses: addresses.unwrap_or_default(),
        time_zone,
        preferred_language: None,
        exact: false,
        login_enabled,
        roles: each(roles, role)?,
        licenses: each(licenses, license)?,
        calling: CallingDraft {
            complete,
            numbers: phone_numbers.map(|numbers| numbers.into_iter().map(number).collect()),
            extension,
            location_id: uuid(ResourceKind::Location, location_id)?.map(LocationId::new),
        },
    })
}

fn each<T>(ids: Option<Vec<String>>, read: fn(&str) -> Result<T>) -> Result<Vec<T>> {
    ids.unwrap_or_default().iter().map(|id| read(id)).collect()
}

fn uuid(kind: ResourceKind, text: Option<String>) -> Result<Option<Uuid>> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| PublicId::parse_uuid(kind, &text)).transpose()
}

fn number(number: PhoneNumber) -> Number {
    let PhoneNumber { kind, value, primary } = number;
    Number {
        kind,
        value,
        primary: primary.unwrap_or(false),
    }
}

pub(super) fn role(id: &str) -> Result<Role> {
    let shown = || id.chars().take(120).collect::<String>();
    Role::from_id(id).ok_or_else(|| Error::invalid(format!("“{}” is not the id of a role.", shown())))
}

/// A licence's public id ends in our own key.
fn license(id: &str) -> Result<LicenseId> {
    let public = PublicId::parse(ResourceKind::License, id)?;
    let key = public.value().rsplit(['_', ':']).next().unwrap_or_default();
    Uuid::parse_str(key)
        .map(LicenseId::new)
        .map_err(|_| Error::invalid("licenses names a licence that this organization does not have."))
}
