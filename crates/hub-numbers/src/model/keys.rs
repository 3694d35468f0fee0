//! The texts by which the list is ordered. Each is unique in an organization and compared byte by byte, so that a
//! page begins behind the key of the last entry before it.

use hub_directory::LocationId;
use kit::search_key;

/// Sorts behind every number.
pub(crate) const BEHIND_NUMBERS: &str = "~";
/// Sorts behind every name: the last code point there is.
pub(crate) const NOBODY: &str = "\u{10ffff}";
/// Sorts before everything that can stand in a name.
const SEPARATOR: char = '\u{1}';
/// PostgreSQL's indexes cannot keep more than 2,700 bytes a row.
const LONGEST_NAME: usize = 200;

/// The number; an extension alone sorts behind all numbers, by its value.
pub(crate) fn dial_key(number: Option<&str>, extension: Option<&str>, location_id: LocationId) -> String {
    match (number, extension) {
        (Some(number), _) => number.to_owned(),
        (None, extension) => format!(
            "{BEHIND_NUMBERS}{:0>10}/{location_id}",
            extension.unwrap_or_default()
        ),
    }
}

/// The extension by its value; a number without one sorts behind all extensions.
pub(crate) fn extension_key(
    number: Option<&str>,
    extension: Option<&str>,
    location_id: LocationId,
) -> String {
    match extension {
        Some(extension) => format!("{extension:0>10}/{location_id}"),
        None => format!("{BEHIND_NUMBERS}{}", number.unwrap_or_default()),
    }
}

/// The owner's last name, then the first; whatever has only a display name goes by that, and what nobody owns comes last.
pub(crate) fn name_key(owner: Option<(Option<&str>, Option<&str>, &str)>, dial_key: &str) -> String {
    let name = match owner {
        Some((first, Some(last), _)) => search_key(&format!("{last} {}", first.unwrap_or_default())),
        Some((_, None, display)) => search_key(display),
        None => NOBODY.to_owned(),
    };
    format!("{}{SEPARATOR}{dial_key}", shortened(&name))
}

/// The display name as searches compare it.
pub(crate) fn owner_key(display_name: &str) -> String {
    shortened(&search_key(display_name))
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_before_extensions_and_extensions_go_by_their_value() {
        let place = LocationId::new(kit::Uuid::nil());
        let keys = [
            dial_key(Some("+12125551000"), Some("9"), place),
            dial_key(Some("+4930231251"), None, place),
            dial_key(None, Some("200"), place),
            dial_key(None, Some("1000"), place),
        ];
        assert!(keys.is_sorted(), "{keys:?}");
        let keys = [
            extension_key(None, Some("99"), place),
            extension_key(Some("+1"), Some("100"), place),
            extension_key(Some("+12125551000"), None, place),
        ];
        assert!(keys.is_sorted(), "{keys:?}");
    }

    #[test]
    fn names_go_by_last_name_and_nobody_comes_last() {
        let keys = [
            name_key(Some((Some("Zoë"), Some("Adams"), "Zoë Adams")), "1"),
            name_key(Some((None, None, "Billing queue")), "1"),
            name_key(Some((Some("Al"), Some("Łukasz"), "x")), "1"),
            name_key(Some((Some("一郎"), Some("山田"), "x")), "1"),
            name_key(None, "+1"),
            name_key(None, "+2"),
        ];
        assert!(keys.is_sorted(), "{keys:?}");
    }
}
