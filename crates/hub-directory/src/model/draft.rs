use kit::{Error, Result, Timestamp};
use webex::{PersonAddress, PersonStatus, PhoneNumberKind, Role};

use super::{License, Location, Number, Person, e164};
use crate::{LicenseId, LocationId, OrganizationId, PersonId};

/// What a person shall be. An update replaces everything but what is `None` in the fields that are optional here
/// for that reason: address, `login_enabled`, time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonDraft {
    /// `None` keeps the present one.
    pub email: Option<String>,
    /// Made from the names where it is missing.
    pub display_name: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// What they like to be called.
    pub nick_name: Option<String>,
    /// URL of a picture.
    pub avatar: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// The manager, where they are in the directory.
    pub manager_id: Option<PersonId>,
    /// The manager's name, where they are not.
    pub manager_name: Option<String>,
    /// Postal addresses.
    pub addresses: Vec<PersonAddress>,
    /// `None` keeps the present one: Webex's own SDK cannot send it.
    pub time_zone: Option<String>,
    /// Replaces the present one only where the draft is [exact](Self::exact): the People API cannot send it.
    pub preferred_language: Option<String>,
    /// Whether whoever made the draft saw time zone and language: then `None` takes them away.
    pub exact: bool,
    /// `None` keeps the present state.
    pub login_enabled: Option<bool>,
    /// All roles.
    pub roles: Vec<Role>,
    /// All licences.
    pub licenses: Vec<LicenseId>,
    /// Numbers, extension, location.
    pub calling: CallingDraft,
}

impl PersonDraft {
    /// A draft that changes nothing.
    pub fn of(person: &Person) -> Self {
        Self {
            email: Some(person.email.clone()),
            display_name: Some(person.display_name.clone()),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            nick_name: person.nick_name.clone(),
            avatar: person.avatar.clone(),
            department: person.department.clone(),
            title: person.title.clone(),
            manager_id: person.manager_id,
            manager_name: person.manager_name.clone(),
            addresses: person.addresses.clone(),
            time_zone: person.time_zone.clone(),
            preferred_language: person.preferred_language.clone(),
            exact: false,
            login_enabled: Some(person.login_enabled),
            roles: person.roles.clone(),
            licenses: person.licenses.clone(),
            calling: CallingDraft {
                complete: true,
                numbers: Some(person.numbers.clone()),
                extension: person.extension.clone(),
                location_id: person.location_id,
            },
        }
    }
}

/// The calling side of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallingDraft {
    /// Whether what is missing here goes away. Who did not ask for calling data did not see it and must not erase it.
    pub complete: bool,
    /// Numbers.
    pub numbers: Option<Vec<Number>>,
    /// Extension.
    pub extension: Option<String>,
    /// Location.
    pub location_id: Option<LocationId>,
}

/// What the rules need to know besides the draft.
pub(crate) struct Surroundings<'a> {
    pub(crate) organization_id: OrganizationId,
    pub(crate) licenses: &'a [License],
    /// The location that the draft, or the person as they are, names; `None` when there is no such one.
    pub(crate) location: Option<&'a Location>,
    pub(crate) manager: Option<&'a Person>,
    pub(crate) now: Timestamp,
}

/// Makes the person that `draft` describes out of the one that is there, or a new one with `new_id`.
pub(crate) fn settle(
    before: Option<&Person>,
    new_id: PersonId,
    draft: PersonDraft,
    around: &Surroundings<'_>,
) -> Result<Person> {
    let email = settled_email(before, draft.email.as_deref())?;
    let (first_name, last_name) = (
        clean("firstName", draft.first_name)?,
        clean("lastName", draft.last_name)?,
    );
    let display_name = settled_name(
        clean("displayName", draft.display_name)?,
        first_name.as_deref(),
        last_name.as_deref(),
    )?;
    let licenses = settled_licenses(draft.licenses, around.licenses)?;
    let calling = settled_calling(before, draft.calling, &licenses, around)?;
    let manager_name = match around.manager {
        Some(manager) => Some(manager.display_name.clone()),
        None => clean("manager", draft.manager_name)?,
    };
    let mut roles = draft.roles;
    roles.sort_unstable();
    roles.dedup();
    Ok(Person {
        id: before.map_or(new_id, |person| person.id),
        organization_id: around.organization_id,
        email,
        display_name,
        first_name,
        last_name,
        nick_name: clean("nickName", draft.nick_name)?,
        avatar: clean("avatar", draft.avatar)?,
        department: clean("department", draft.department)?,
        title: clean("title", draft.title)?,
        manager_id: around.manager.map(|manager| manager.id),
        manager_name,
        location_id: calling.location_id,
        routing_prefix: calling.routing_prefix,
        extension: calling.extension,
        numbers: calling.numbers,
        addresses: checked_addresses(draft.addresses)?,
        time_zone: clean("timeZone", draft.time_zone)?.or_else(|| {
            before
                .filter(|_| !draft.exact)
                .and_then(|person| person.time_zone.clone())
        }),
        preferred_language: match before {
            Some(person) if !draft.exact => person.preferred_language.clone(),
            _ => clean("preferredLanguage", draft.preferred_language)?,
        },
        login_enabled: draft
            .login_enabled
            .unwrap_or_else(|| before.is_none_or(|person| person.login_enabled)),
        invite_pending: before.is_none_or(|person| person.invite_pending),
        shares_presence: before.is_none_or(|person| person.shares_presence),
        presence: before.map_or(PersonStatus::Pending, |person| person.presence),
        last_activity_at: before.and_then(|person| person.last_activity_at),
        created_at: before.map_or(around.now, |person| person.created_at),
        last_modified_at: around.now,
        roles,
        licenses,
    })
}

const LONGEST: usize = 256;

/// Trimmed; an empty text is none.
fn clean(field: &str, text: Option<String>) -> Result<Option<String>> {
    let Some(text) = text
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    if text.chars().count() > LONGEST {
        return Err(Error::invalid(format!(
            "{field} is longer than {LONGEST} characters."
        )));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::invalid(format!("{field} holds control characters.")));
    }
    Ok(Some(text))
}

const MOST_ADDRESSES: usize = 10;

fn checked_addresses(addresses: Vec<PersonAddress>) -> Result<Vec<PersonAddress>> {
    if addresses.len() > MOST_ADDRESSES {
        return Err(Error::invalid(format!(
            "addresses holds more than {MOST_ADDRESSES} addresses."
        )));
    }
    let checked = |address| {
        let PersonAddress {
            kind,
            country,
            locality,
            region,
            street_address,
            postal_code,
        } = address;
        Ok(PersonAddress {
            kind: clean("addresses.type", kind)?,
            country: clean("addresses.country", country)?,
            locality: clean("addresses.locality", locality)?,
            region: clean("addresses.region", region)?,
            street_address: clean("addresses.streetAddress", street_address)?,
            postal_code: clean("addresses.postalCode", postal_code)?,
        })
    };
    addresses.into_iter().map(checked).collect()
}

fn settled_email(before: Option<&Person>, email: Option<&str>) -> Result<String> {
    match (email, before) {
        (Some(email), _) => checked_email(email),
        (None, Some(before)) => Ok(before.email.clone()),
        (None, None) => Err(Error::invalid(
            "emails must hold the e-mail address of the person.",
        )),
    }
}

fn checked_email(text: &str) -> Result<String> {
    let email = text.trim().to_lowercase();
    let plain = email.len() <= 254
        && !email.chars().any(|character| {
            character.is_whitespace() || character.is_control() || "<>,;\"".contains(character)
        });
    let shaped = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if plain && shaped {
        Ok(email)
    } else {
        Err(Error::invalid(format!(
            "“{}” is not an e-mail address.",
            text.chars().take(80).collect::<String>()
        )))
    }
}

fn settled_name(display: Option<String>, first: Option<&str>, last: Option<&str>) -> Result<String> {
    match (display, first, last) {
        (Some(name), _, _) => Ok(name),
        (None, Some(first), Some(last)) => Ok(format!("{first} {last}")),
        (None, Some(one), None) | (None, None, Some(one)) => Ok(one.to_owned()),
        (None, None, None) => Err(Error::invalid(
            "One of displayName, firstName and lastName must be given.",
        )),
    }
}

fn settled_licenses(mut wanted: Vec<LicenseId>, known: &[License]) -> Result<Vec<LicenseId>> {
    wanted.sort_unstable();
    wanted.dedup();
    let mut calling = 0;
    for id in &wanted {
        let license = known.iter().find(|license| license.id == *id).ok_or_else(|| {
            Error::invalid("licenses names a licence that this organization does not have.")
        })?;
        if license.is_for_workspaces() {
            return Err(Error::invalid(format!(
                "The licence “{}” is for workspaces; a person cannot have it.",
                license.name
            )));
        }
        calling += usize::from(license.is_calling());
    }
    if calling > 1 {
        return Err(Error::invalid(
            "A person can have one calling licence, not several.",
        ));
    }
    Ok(wanted)
}

struct SettledCalling {
    location_id: Option<LocationId>,
    routing_prefix: Option<String>,
    extension: Option<String>,
    numbers: Vec<Number>,
}

fn settled_calling(
    before: Option<&Person>,
    draft: CallingDraft,
    licenses: &[LicenseId],
    around: &Surroundings<'_>,
) -> Result<SettledCalling> {
    let has_calling = around
        .licenses
        .iter()
        .any(|license| license.is_calling() && licenses.contains(&license.id));
    let numbers = match (draft.numbers, before) {
        (Some(numbers), _) => checked_numbers(numbers)?,
        (None, Some(before)) if !draft.complete => before.numbers.clone(),
        (None, _) => Vec::new(),
    };
    if !has_calling {
        if before.is_none() && (draft.extension.is_some() || draft.location_id.is_some()) {
            return Err(Error::invalid(
                "extension and locationId need a calling licence in licenses.",
            ));
        }
        // Whoever loses the licence loses what rang through it; a mobile number stays.
        let numbers = numbers.into_iter().filter(|number| !number.rings()).collect();
        return Ok(SettledCalling {
            location_id: None,
            routing_prefix: None,
            extension: None,
            numbers,
        });
    }
    let kept_extension = before
        .filter(|_| !draft.complete)
        .and_then(|person| person.extension.clone());
    let extension = draft
        .extension
        .filter(|text| !text.trim().is_empty())
        .map(|text| checked_extension(&text))
        .transpose()?
        .or(kept_extension);
    let location = settled_location(before, draft.location_id, around)?;
    if extension.is_none() && !numbers.iter().any(Number::rings) {
        return Err(Error::invalid(
            "A calling licence needs a number of type work in phoneNumbers, or an extension.",
        ));
    }
    Ok(SettledCalling {
        location_id: Some(location.id),
        routing_prefix: location
            .calling
            .as_ref()
            .and_then(|calling| calling.routing_prefix.clone()),
        extension,
        numbers,
    })
}

fn settled_location<'a>(
    before: Option<&Person>,
    wanted: Option<LocationId>,
    around: &Surroundings<'a>,
) -> Result<&'a Location> {
    let present = before.and_then(|person| person.location_id);
    if wanted.is_none() && present.is_none() {
        return Err(Error::invalid(
            "A calling licence needs locationId, and phoneNumbers or extension, in the same request.",
        ));
    }
    if let (Some(wanted), Some(present)) = (wanted, present)
        && wanted != present
    {
        return Err(Error::invalid(
            "The location of a person who has calling cannot be changed. Take the calling licence away first.",
        ));
    }
    let location = around
        .location
        .ok_or_else(|| Error::invalid("locationId names no location of this organization."))?;
    if location.calling.is_none() {
        return Err(Error::invalid(format!(
            "The location “{}” is not enabled for calling.",
            location.name
        )));
    }
    Ok(location)
}

fn checked_numbers(numbers: Vec<Number>) -> Result<Vec<Number>> {
    let mut checked: Vec<Number> = Vec::with_capacity(numbers.len());
    // An extension with its prefix is derived, and comes back with every GET: it is read past.
    for number in numbers
        .into_iter()
        .filter(|number| number.kind != PhoneNumberKind::WorkExtension)
    {
        if number.kind == PhoneNumberKind::Other {
            return Err(Error::invalid(
                "phoneNumbers has a type that is not work, mobile, fax, enterprise, alternate1 or alternate2.",
            ));
        }
        let value = e164(&number.value)?;
        if checked.iter().any(|other| other.kind == number.kind) {
            return Err(Error::invalid("phoneNumbers has two numbers of one type."));
        }
        checked.push(Number { value, ..number });
    }
    if checked.iter().filter(|number| number.primary).count() != 1 {
        for (position, number) in checked.iter_mut().enumerate() {
            number.primary = position == 0;
        }
    }
    Ok(checked)
}

fn checked_extension(text: &str) -> Result<String> {
    let extension = text.trim();
    if (2..=10).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(extension.to_owned())
    } else {
        Err(Error::invalid(
            "An extension has two to ten digits, without the location's routing prefix.",
        ))
    }
}
