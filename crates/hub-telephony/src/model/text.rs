//! Texts as people type them.

use kit::{Error, Result};

/// Trimmed; an empty one is none.
pub(crate) fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// One line of at most so many characters, trimmed; an empty one is none.
pub(crate) fn one_line(field: &str, text: Option<String>, most: usize) -> Result<Option<String>> {
    let text = trimmed(text);
    let broken = |text: &str| text.chars().count() > most || text.chars().any(char::is_control);
    if text.as_deref().is_some_and(broken) {
        return Err(Error::invalid(format!(
            "{field} must be one line of at most {most} characters."
        )));
    }
    Ok(text)
}

/// Several lines of at most so many characters, trimmed; an empty text is none.
pub(crate) fn lines(field: &str, text: Option<String>, most: usize) -> Result<Option<String>> {
    let text = trimmed(text);
    if text.as_deref().is_some_and(|text| text.chars().count() > most) {
        return Err(Error::invalid(format!(
            "{field} is longer than {most} characters."
        )));
    }
    Ok(text)
}

/// The beginning of what somebody sent, to quote it.
pub(crate) fn quoted(text: &str) -> String {
    format!("“{}”", text.chars().take(60).collect::<String>())
}
