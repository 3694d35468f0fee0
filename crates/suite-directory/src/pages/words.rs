use std::borrow::Borrow;
use std::time::Duration;

use crate::model::{Run, Stage};

/// `1234567` as `1,234,567`.
/// Templates hand over references, code hands over values: both are taken.
pub(super) fn grouped(number: impl Borrow<i64>) -> String {
    let number = *number.borrow();
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 person`, `2 people`.
pub(super) fn people(number: impl Borrow<i64>) -> String {
    let number = *number.borrow();
    if number == 1 {
        "1 person".to_owned()
    } else {
        format!("{} people", grouped(number))
    }
}

/// `1 location`, `2 locations`.
pub(super) fn locations(number: impl Borrow<i64>) -> String {
    let number = *number.borrow();
    if number == 1 {
        "1 location".to_owned()
    } else {
        format!("{} locations", grouped(number))
    }
}

/// A duration as people say it.
pub(super) fn duration(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{} ms", duration.as_millis()),
        seconds @ 1..=59 => format!("{seconds}.{} s", duration.subsec_millis() / 100),
        seconds @ 60..=3599 => format!("{} min {} s", seconds / 60, seconds % 60),
        seconds => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// A period as people say it: `6 hours`.
pub(super) fn period(period: Duration) -> String {
    let (number, unit) = match period.as_secs() {
        seconds if seconds % 86_400 == 0 => (seconds / 86_400, "day"),
        seconds if seconds % 3_600 == 0 => (seconds / 3_600, "hour"),
        seconds if seconds % 60 == 0 => (seconds / 60, "minute"),
        seconds => (seconds, "second"),
    };
    if number == 1 {
        unit.to_owned()
    } else {
        format!("{number} {unit}s")
    }
}

/// The word for where a run stands, and the class of its pill.
pub(super) const fn stage(run: &Run) -> (&'static str, &'static str) {
    match &run.stage {
        Stage::Fetching => ("Reading", "pill-info"),
        Stage::Applying => ("Applying", "pill-info"),
        Stage::Succeeded { .. } => ("Done", "pill-success"),
        Stage::Refused { .. } => ("Refused", "pill-warning"),
        Stage::Failed { .. } => ("Failed", "pill-danger"),
        Stage::Interrupted { .. } => ("Interrupted", "pill-warning"),
    }
}

/// What a run brought, in a few words.
pub(super) fn outcome(run: &Run) -> String {
    match &run.stage {
        Stage::Fetching | Stage::Applying => format!("{} so far", people(run.people)),
        Stage::Succeeded { changes, .. } if !changes.any() => "No changes".to_owned(),
        Stage::Succeeded { changes, .. } => {
            let parts = [
                (changes.added, "added"),
                (changes.changed, "changed"),
                (changes.returned, "returned"),
                (changes.left, "left"),
            ];
            let parts: Vec<String> = parts
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, word)| format!("{} {word}", grouped(number)))
                .collect();
            parts.join(", ")
        }
        Stage::Refused { .. } | Stage::Failed { .. } | Stage::Interrupted { .. } => {
            "Nothing changed".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_durations_read_well() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(people(1), "1 person");
        assert_eq!(duration(Duration::from_millis(250)), "250 ms");
        assert_eq!(duration(Duration::from_millis(8_350)), "8.3 s");
        assert_eq!(duration(Duration::from_secs(130)), "2 min 10 s");
        assert_eq!(period(Duration::from_secs(6 * 3600)), "6 hours");
        assert_eq!(period(Duration::from_secs(86_400)), "day");
    }
}
