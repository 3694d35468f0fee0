//! Bounds of what people write into one line.

use kit::{Error, Result};

/// Trimmed and bounded; an empty text is none.
pub(crate) fn one_line(field: &str, text: Option<String>, longest: usize) -> Result<Option<String>> {
    let text = text
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    if text
        .as_deref()
        .is_some_and(|text| text.chars().count() > longest || text.chars().any(char::is_control))
    {
        return Err(Error::invalid(format!(
            "{field} must be one line of at most {longest} characters."
        )));
    }
    Ok(text)
}

/// The names in quotation marks, as a sentence lists them; of many only the first.
pub(crate) fn listed(names: &[String]) -> String {
    const MOST: usize = 5;
    let quoted: Vec<String> = names.iter().take(MOST).map(|name| format!("“{name}”")).collect();
    match (names.len().saturating_sub(MOST), quoted.as_slice()) {
        (0, [most @ .., last]) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        (0, _) => quoted.concat(),
        (more, _) => format!("{} and {more} more", quoted.join(", ")),
    }
}
