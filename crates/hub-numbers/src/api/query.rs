//! The query of the lists, read word by word: what cannot be meant is refused, not passed over.

use hub_directory::public_api::{Pairs, e164};
use kit::{Error, Result, Uuid, search_key};
use webex::PublicId;

use crate::OwnerKind;
use crate::model::NumberKind;
use crate::store::list::{Filter, Form, Order};
use crate::use_cases::list_numbers::NumbersQuery;

pub(super) const MOST_A_PAGE: usize = 2_000;

/// `true` or `false`; nothing where the key is missing.
fn choice(pairs: &Pairs, key: &str) -> Result<Option<bool>> {
    match pairs.text(key) {
        None => Ok(None),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(Error::invalid(format!("{key} must be true or false."))),
    }
}

/// The page that is wanted: `cursor` from a Link, or `start` in the open.
pub(super) fn paged(pairs: &Pairs, filter: Filter) -> Result<(Filter, usize)> {
    let max = pairs.page_size(MOST_A_PAGE)?;
    let after = pairs.cursor()?;
    let start = match after {
        Some(_) => 0,
        None => pairs.position("start")?,
    };
    let filter = Filter {
        after,
        offset: i64::try_from(start).unwrap_or(i64::MAX),
        limit: i64::try_from(max).unwrap_or(i64::MAX),
        ..filter
    };
    Ok((filter, max))
}

pub(super) fn numbers_query(pairs: &Pairs) -> Result<(NumbersQuery, usize)> {
    let number_type = pairs.text("numberType");
    let form = match number_type {
        None => None,
        Some("EXTENSION") => Some(Form::ExtensionAlone),
        Some("NUMBER") => Some(Form::Number),
        Some(_) => return Err(Error::invalid("numberType must be EXTENSION or NUMBER.")),
    };
    require_combination(pairs, form)?;
    let (available, assigned) = (choice(pairs, "available")?, choice(pairs, "assigned")?);
    let active = match pairs.text("state") {
        None => None,
        Some("ACTIVE") => Some(true),
        Some("INACTIVE") => Some(false),
        Some(_) => return Err(Error::invalid("state must be ACTIVE or INACTIVE.")),
    };
    let (kind, kind_of_none) = number_kind(pairs.text("phoneNumberType"))?;
    let (owner_kind, owner_of_none) = owner_kind(pairs.text("ownerType"))?;
    let (numbers, prefixes) = wanted_numbers(pairs.list("phoneNumber"));
    // These are about numbers: an extension alone has no state and is in no stock.
    let about_numbers = available.is_some()
        || assigned.is_some()
        || active.is_some()
        || kind.is_some()
        || choice(pairs, "tollFreeNumbers")? == Some(true)
        || choice(pairs, "serviceNumber")? == Some(true);
    let filter = Filter {
        location_id: pairs.location("locationId")?,
        owned: assigned.or(available.map(|available| !available)),
        form: form.or(about_numbers.then_some(Form::Number)),
        numbers,
        prefixes,
        owner_name: owner_name(pairs)?,
        owner_id: pairs.text("ownerId").map(owner_id).transpose()?,
        owner_kind,
        extension: extension(pairs)?,
        kind,
        active,
        toll_free: choice(pairs, "tollFreeNumbers")?,
        service_number: choice(pairs, "serviceNumber")?,
        main_number: None,
        order: order(pairs)?,
        ..Filter::default()
    };
    // Nothing here is reserved, mobile, restricted to an area or kept for emergency calls: whoever asks for that alone
    // finds nothing.
    let of_no_number = kind_of_none
        || owner_of_none
        || choice(pairs, "reservedNumber")? == Some(true)
        || choice(pairs, "restrictedNonGeoNumbers")? == Some(true)
        || choice(pairs, "elinEnabled")? == Some(true)
        || telephony_of_none(pairs.text("includedTelephonyTypes"))?
        || (available.is_some() && assigned.is_some() && available == assigned);
    let (filter, max) = paged(pairs, filter)?;
    let query = NumbersQuery {
        organization_id: pairs.organization()?,
        filter,
        of_no_number,
        details: choice(pairs, "details")?.unwrap_or(false),
    };
    Ok((query, max))
}

/// What Webex refuses together.
fn require_combination(pairs: &Pairs, form: Option<Form>) -> Result<()> {
    let refused = |key: &str, with: &str| {
        Err(Error::invalid(format!(
            "{key} cannot be used together with {with}. Leave one of them out."
        )))
    };
    if form == Some(Form::ExtensionAlone) {
        for key in ["available", "assigned", "state"] {
            if pairs.text(key).is_some() {
                return refused(key, "numberType=EXTENSION");
            }
        }
    }
    if pairs.text("reservedNumber").is_some() {
        for key in ["available", "assigned"] {
            if pairs.text(key).is_some() {
                return refused(key, "reservedNumber");
            }
        }
    }
    Ok(())
}

/// The kind, and whether it is one that no number here is of.
fn number_kind(text: Option<&str>) -> Result<(Option<NumberKind>, bool)> {
    match text {
        None => Ok((None, false)),
        Some("PRIMARY") => Ok((Some(NumberKind::Primary), false)),
        Some("ALTERNATE") => Ok((Some(NumberKind::Alternate), false)),
        Some("FAX" | "DNIS" | "Default") => Ok((None, true)),
        Some(_) => Err(Error::invalid(
            "phoneNumberType must be PRIMARY, ALTERNATE, FAX or DNIS.",
        )),
    }
}

/// What else can own a number in Webex and does not exist in this Hub.
const OWNERS_OF_NOTHING: &[&str] = &[
    "PAGING_GROUP",
    "VOICE_MESSAGING",
    "OFFICE_ANYWHERE",
    "BROADWORKS_ANYWHERE",
    "CONTACT_CENTER_LINK",
    "CONTACT_CENTER_ADAPTER",
    "ROUTE_LIST",
    "VOICEMAIL_GROUP",
    "COLLABORATE_BRIDGE",
    "AI_RECEPTIONIST",
];

fn owner_kind(text: Option<&str>) -> Result<(Option<OwnerKind>, bool)> {
    let Some(text) = text else {
        return Ok((None, false));
    };
    if OWNERS_OF_NOTHING.contains(&text) {
        return Ok((None, true));
    }
    let words: Vec<&str> = OwnerKind::ALL.into_iter().map(OwnerKind::word).collect();
    match OwnerKind::from_word(text) {
        Some(kind) => Ok((Some(kind), false)),
        None => Err(Error::invalid(format!(
            "ownerType must be one of {}.",
            words.join(", ")
        ))),
    }
}

/// The id of an owner of any kind, or its UUID.
fn owner_id(text: &str) -> Result<Uuid> {
    OwnerKind::ALL
        .into_iter()
        .find_map(|kind| PublicId::parse_uuid(kind.resource(), text).ok())
        .ok_or_else(|| {
            Error::invalid(
                "ownerId is not the id of a person, a workspace, a virtual line or a call feature.",
            )
        })
}

fn telephony_of_none(text: Option<&str>) -> Result<bool> {
    let Some(text) = text else { return Ok(false) };
    let mut pstn = false;
    for part in text.split(',').map(str::trim) {
        match part {
            "PSTN_NUMBER" => pstn = true,
            "MOBILE_NUMBER" => {}
            _ => {
                return Err(Error::invalid(
                    "includedTelephonyTypes must be PSTN_NUMBER or MOBILE_NUMBER.",
                ));
            }
        }
    }
    Ok(!pstn)
}

fn extension(pairs: &Pairs) -> Result<Option<String>> {
    let Some(text) = pairs.text("extension") else {
        return Ok(None);
    };
    if text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(Some(text.to_owned()))
    } else {
        Err(Error::invalid("extension must be digits, ten at the most."))
    }
}

fn owner_name(pairs: &Pairs) -> Result<Option<String>> {
    let Some(text) = pairs.text("ownerName") else {
        return Ok(None);
    };
    if text.chars().count() > 255 {
        return Err(Error::invalid("ownerName is longer than 255 characters."));
    }
    Ok(Some(search_key(text)))
}

/// The first order counts; the number decides between equals.
fn order(pairs: &Pairs) -> Result<Order> {
    let mut first = None;
    for part in pairs.list("order").unwrap_or_default() {
        let order = match part.to_ascii_lowercase().as_str() {
            "dn" => Order::Number,
            "extension" => Order::Extension,
            "lastname" => Order::LastName,
            _ => return Err(Error::invalid("order must be lastName, dn or extension.")),
        };
        first.get_or_insert(order);
    }
    Ok(first.unwrap_or_default())
}

/// Whole numbers, and beginnings of numbers: `+1617555` finds all that begin so. Digits alone may lack their country.
pub(crate) fn wanted_numbers(parts: Option<Vec<&str>>) -> (Option<Vec<String>>, Option<Vec<String>>) {
    let Some(parts) = parts else { return (None, None) };
    let whole: Option<Vec<String>> = parts.iter().map(|part| e164(part).ok()).collect();
    let short = |number: &String| number.len() < 11;
    match whole {
        Some(numbers) if !numbers.iter().any(short) => (Some(numbers), None),
        _ => (None, Some(parts.into_iter().flat_map(beginnings).collect())),
    }
}

fn beginnings(part: &str) -> Vec<String> {
    let digits: String = part.chars().filter(char::is_ascii_digit).collect();
    match (digits.is_empty(), part.trim_start().starts_with('+')) {
        (true, _) => Vec::new(),
        (false, true) => vec![format!("+{digits}")],
        // In North America the country is left out more often than not.
        (false, false) => vec![format!("+{digits}"), format!("+1{digits}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_or_beginnings() {
        let one = |text: &str| wanted_numbers(Some(vec![text]));
        assert_eq!(one("617-555-0101"), (Some(vec!["+16175550101".to_owned()]), None));
        assert_eq!(one("+1617"), (None, Some(vec!["+1617".to_owned()])));
        assert_eq!(
            one("617555"),
            (None, Some(vec!["+617555".to_owned(), "+1617555".to_owned()]))
        );
        assert_eq!(one("abc"), (None, Some(Vec::new())));
        assert_eq!(wanted_numbers(None), (None, None));
    }
}
