//! What a telephone can dial.

use kit::{Error, Result};

/// A number, an extension or a feature code, without the marks that people write between the digits.
pub(crate) fn dialable(field: &str, text: &str) -> Result<String> {
    let plain: String = text
        .chars()
        .filter(|character| !" -.()\u{a0}".contains(*character))
        .collect();
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    let dials = |byte: u8| byte.is_ascii_digit() || byte == b'*' || byte == b'#';
    let international = plain.starts_with('+');
    let complete = if international { 7..=15 } else { 1..=23 };
    let good = complete.contains(&digits.len())
        && digits.bytes().all(dials)
        && (!international || digits.bytes().all(|byte| byte.is_ascii_digit()));
    if good {
        return Ok(plain);
    }
    let shown: String = text.chars().take(40).collect();
    Err(Error::invalid(format!(
        "{field}: “{shown}” cannot be dialled; write an extension like 2041 or a number with its country code, like +16175550101."
    )))
}
