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

/// The phrases as a sentence lists them; of many only the first.
pub(crate) fn listed(phrases: &[String]) -> String {
    const MOST: usize = 5;
    let shown = &phrases[..phrases.len().min(MOST)];
    match (phrases.len() - shown.len(), shown) {
        (0, [most @ .., last]) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        (0, _) => shown.concat(),
        (more, _) => format!("{} and {more} more", shown.join(", ")),
    }
}
