use std::time::Duration;

use kit::{Error, Result};

/// The units, the longest first: letter, seconds, word.
const UNITS: [(char, u64, &str); 6] = [
    ('y', 365 * 86_400, "year"),
    ('w', 7 * 86_400, "week"),
    ('d', 86_400, "day"),
    ('h', 3_600, "hour"),
    ('m', 60, "minute"),
    ('s', 1, "second"),
];

/// Nobody needs more, and calendars end.
const LONGEST: u64 = 100 * 365 * 86_400;

/// Reads a duration such as `90d`, `5y` or `2h30m`: numbers with y (365 days), w, d, h, m or s.
pub fn parse_duration(text: &str) -> Result<Duration> {
    let seconds = seconds_of(text.trim()).ok_or_else(|| {
        Error::invalid(format!(
            "“{}” is not a duration; write it like 90d, 5y or 2h30m, with the units y (365 days), w, d, h, m and s.",
            text.chars().take(40).collect::<String>()
        ))
    })?;
    match seconds {
        0 => Err(Error::invalid(
            "A duration of nothing moves no clock; say at least 1s.",
        )),
        1..=LONGEST => Ok(Duration::from_secs(seconds)),
        _ => Err(Error::invalid(format!(
            "“{}” is more than 100 years, the furthest that a clock is moved at once.",
            text.chars().take(40).collect::<String>()
        ))),
    }
}

fn seconds_of(text: &str) -> Option<u64> {
    let mut total = 0_u64;
    let mut digits = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        let (_, seconds, _) = UNITS.iter().find(|(letter, _, _)| *letter == character)?;
        // More digits than fit are more than is allowed, which is said where the sum is looked at.
        let number = match digits.len() {
            0 => return None,
            1..=12 => digits.parse().ok()?,
            _ => u64::MAX,
        };
        total = total.saturating_add(seconds.saturating_mul(number));
        digits.clear();
    }
    (digits.is_empty() && !text.is_empty()).then_some(total)
}

/// The two longest parts of a duration: “5 years”, “2 hours 30 minutes”.
pub fn duration_in_words(duration: Duration) -> String {
    let mut rest = duration.as_secs();
    let mut words = Vec::new();
    for (letter, seconds, word) in UNITS {
        // People count days, not weeks and days.
        if letter == 'w' || rest < seconds || words.len() == 2 {
            continue;
        }
        let number = rest / seconds;
        rest %= seconds;
        let plural = if number == 1 { "" } else { "s" };
        words.push(format!("{number} {word}{plural}"));
    }
    if words.is_empty() {
        "less than a second".to_owned()
    } else {
        words.join(" ")
    }
}

/// By how much a clock is ahead, to the minute: moving it took some seconds, of which nobody wants to read.
pub fn lead_in_words(lead: Duration) -> String {
    const MINUTE: u64 = 60;
    if lead.as_secs() < 60 * MINUTE {
        return duration_in_words(lead);
    }
    let minutes = (lead.as_secs() + MINUTE / 2) / MINUTE;
    duration_in_words(Duration::from_secs(minutes * MINUTE))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, seconds) in [
            ("90d", 90 * 86_400),
            ("5y", 5 * 365 * 86_400),
            ("2h30m", 9_000),
            ("1w", 604_800),
            (" 45s ", 45),
            ("1d1d", 2 * 86_400),
        ] {
            assert_eq!(parse_duration(text).unwrap().as_secs(), seconds, "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_quoted_back_with_what_was_expected() {
        for text in ["", "5", "y", "5 y", "-3d", "1.5h", "three days", "5Y"] {
            let error = parse_duration(text).unwrap_err().to_string();
            assert!(
                error.contains(&format!("“{}”", text.trim())) && error.contains("90d"),
                "{error}"
            );
        }
        assert!(
            parse_duration("0d")
                .unwrap_err()
                .to_string()
                .contains("at least 1s")
        );
        for text in ["101y", "99999999999999999999999y"] {
            assert!(
                parse_duration(text)
                    .unwrap_err()
                    .to_string()
                    .contains("more than 100 years"),
                "{text}"
            );
        }
    }

    #[test]
    fn durations_are_said_in_two_words() {
        for (seconds, words) in [
            (5 * 365 * 86_400, "5 years"),
            (9_000, "2 hours 30 minutes"),
            (86_400 + 61, "1 day 1 minute"),
            (0, "less than a second"),
        ] {
            assert_eq!(duration_in_words(Duration::from_secs(seconds)), words);
        }
        assert_eq!(
            lead_in_words(Duration::from_secs(5 * 365 * 86_400 - 9)),
            "5 years"
        );
        assert_eq!(lead_in_words(Duration::from_secs(59)), "59 seconds");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "[0-9ywdhms .-]{0,40}") {
            if let Ok(duration) = parse_duration(&text) {
                prop_assert!((1..=LONGEST).contains(&duration.as_secs()));
            }
        }
    }
}
