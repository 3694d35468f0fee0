use kit::{Error, Result};

/// A number in E.164. Spaces, dashes, dots and brackets are dropped; ten digits alone are a number of the North
/// American plan, as Webex reads them.
pub fn e164(text: &str) -> Result<String> {
    let digits: String = text
        .chars()
        .filter(|character| !" -.()\u{a0}".contains(*character))
        .collect();
    let (international, digits) = match digits.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, digits.as_str()),
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match (plain, international, digits.len()) {
        (true, true, 7..=15) if !digits.starts_with('0') => Ok(format!("+{digits}")),
        (true, false, 10) => Ok(format!("+1{digits}")),
        (true, false, 11) if digits.starts_with('1') => Ok(format!("+{digits}")),
        _ => Err(Error::invalid(format!(
            "“{}” is not a telephone number; write it with its country code, like +16175550101.",
            text.chars().take(40).collect::<String>()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::e164;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in [
            "+16175550101",
            "617-555-0101",
            "(617) 555 0101",
            "1 617 555 0101",
            "+1 (617) 555-0101",
        ] {
            assert_eq!(e164(text).unwrap(), "+16175550101", "{text}");
        }
        assert_eq!(e164("+49 30 23125 100").unwrap(), "+493023125100");
        for wrong in [
            "",
            "+",
            "12",
            "+0123456789",
            "call me",
            "+1617555010a",
            "+12345678901234567",
        ] {
            assert!(e164(wrong).is_err(), "{wrong}");
        }
    }
}
