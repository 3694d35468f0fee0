use hub_directory::public_api::e164;
use kit::{Error, Result};

use super::Subject;
use crate::model::text::{quoted, trimmed};

/// Most of what can be dialled.
const MOST_DIGITS: usize = 30;

/// A number that calls are sent to, and that does not lead back. An empty one is none.
pub(super) fn destination(field: &str, text: Option<String>, subject: &Subject) -> Result<Option<String>> {
    let number = dialled(field, text)?;
    match number {
        Some(number) if subject.answers(&number) => Err(Error::invalid(format!(
            "{field}: {number} rings {} again, so calls would go round in circles. Choose another destination.",
            subject.person.display_name
        ))),
        number => Ok(number),
    }
}

/// What can be dialled: an extension, a number with its country code, or a code with `*` and `#`. An empty one is none.
pub(super) fn dialled(field: &str, text: Option<String>) -> Result<Option<String>> {
    let Some(text) = trimmed(text) else {
        return Ok(None);
    };
    let wrong = || {
        Error::invalid(format!(
            "{field} must be an extension or a telephone number with its country code, like 1001 or +16175550101; {} is neither.",
            quoted(&text)
        ))
    };
    let bare: String = text
        .chars()
        .filter(|character| !" -.()".contains(*character))
        .collect();
    let number = if bare.starts_with('+') {
        e164(&bare).map_err(|_| wrong())?
    } else if (2..=MOST_DIGITS).contains(&bare.len())
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'*' || byte == b'#')
    {
        bare
    } else {
        return Err(wrong());
    };
    Ok(Some(number))
}

/// Somewhere to send what is switched on.
pub(super) fn required(field: &str, value: Option<&str>) -> Result<()> {
    if value.is_some() {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "{field} is missing; it must be given before this is enabled."
    )))
}

/// An e-mail address; an empty one is none.
pub(super) fn address(field: &str, text: Option<String>) -> Result<Option<String>> {
    let Some(text) = trimmed(text) else {
        return Ok(None);
    };
    let parts = text.split_once('@');
    let plain = text.len() <= 254
        && !text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control());
    match parts {
        Some((name, host)) if plain && !name.is_empty() && host.contains('.') && !host.contains('@') => {
            Ok(Some(text))
        }
        _ => Err(Error::invalid(format!(
            "{field} must be an e-mail address; {} is none.",
            quoted(&text)
        ))),
    }
}

/// How often it rings before somebody else answers.
pub(super) fn rings(field: &str, rings: i64, least: i64) -> Result<()> {
    if (least..=MOST_RINGS).contains(&rings) {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "{field} must be between {least} and {MOST_RINGS}."
    )))
}

/// The most rings of the whole system.
pub(super) const MOST_RINGS: i64 = 20;

pub(super) fn most_rings() -> i64 {
    MOST_RINGS
}
