//! One event of a schedule: when it is, and how it comes again.

use jiff::civil::{Date, Time, Weekday};
use kit::{Error, Result};

use super::lines::one_line;

/// An event. Its name is unique in its schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) name: String,
    /// The first occurrence.
    pub(crate) span: Span,
    pub(crate) recurrence: Option<Recurrence>,
}

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first_day: Date,
    pub(crate) last_day: Date,
    /// `None`: whole days.
    pub(crate) hours: Option<(Time, Time)>,
}

/// How an event comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Recurrence {
    pub(crate) pattern: Pattern,
    /// `None`: for ever.
    pub(crate) until: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    Weekly { every_weeks: u8, days: Weekdays },
    YearlyByDate { month: u8, day: u8 },
    YearlyByDay { month: u8, week: u8, day: Weekday },
}

/// A set of days of the week, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weekdays(u8);

/// The days in the order of the wire.
pub(crate) const WEEK: [Weekday; 7] = [
    Weekday::Sunday,
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
];

/// The months as the wire writes them.
pub(crate) const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// The weeks of a month as the wire writes them.
pub(crate) const WEEKS: [&str; 4] = ["FIRST", "SECOND", "THIRD", "FOURTH"];

/// The day as the wire writes it.
pub(crate) const fn weekday_word(day: Weekday) -> &'static str {
    match day {
        Weekday::Sunday => "SUNDAY",
        Weekday::Monday => "MONDAY",
        Weekday::Tuesday => "TUESDAY",
        Weekday::Wednesday => "WEDNESDAY",
        Weekday::Thursday => "THURSDAY",
        Weekday::Friday => "FRIDAY",
        Weekday::Saturday => "SATURDAY",
    }
}

impl Weekdays {
    pub(crate) fn of(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        let bits = days.into_iter().fold(0, |bits, day| bits | bit(day));
        Self::from_bits(bits)
    }

    pub(crate) const fn from_bits(bits: u8) -> Option<Self> {
        if bits == 0 || bits > 0b111_1111 {
            None
        } else {
            Some(Self(bits))
        }
    }

    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_sunday_zero_offset()
}

impl Event {
    pub(crate) fn new(name: Option<String>, span: Span, recurrence: Option<Recurrence>) -> Result<Self> {
        let name = event_name(name)?;
        if let Some(recurrence) = recurrence {
            recurrence.check(&span)?;
        }
        Ok(Self {
            name,
            span,
            recurrence,
        })
    }
}

/// The name of an event.
pub(crate) fn event_name(text: Option<String>) -> Result<String> {
    one_line("name", text, 100)?.ok_or_else(|| Error::invalid("name is missing: the name of the event."))
}

impl Span {
    pub(crate) fn new(first_day: Date, last_day: Date, hours: Option<(Time, Time)>) -> Result<Self> {
        if last_day < first_day {
            return Err(Error::invalid(format!(
                "endDate ({last_day}) is before startDate ({first_day})."
            )));
        }
        if let Some((begin, end)) = hours
            && first_day == last_day
            && end <= begin
        {
            return Err(Error::invalid(format!(
                "endTime ({}) must be after startTime ({}) on the same day.",
                clock(end),
                clock(begin)
            )));
        }
        Ok(Self {
            first_day,
            last_day,
            hours,
        })
    }
}

impl Recurrence {
    fn check(&self, span: &Span) -> Result<()> {
        if let Some(until) = self.until
            && until < span.first_day
        {
            return Err(Error::invalid(format!(
                "recurrence.recurEndDate ({until}) is before startDate ({}).",
                span.first_day
            )));
        }
        match self.pattern {
            Pattern::Weekly { every_weeks, .. } if every_weeks == 0 || every_weeks > 26 => Err(
                Error::invalid("recurrence.recurWeekly.recurInterval is a number of weeks from 1 to 26."),
            ),
            // Any leap year knows every day that there is.
            Pattern::YearlyByDate { month, day } if Date::new(2024, to_i8(month), to_i8(day)).is_err() => {
                Err(Error::invalid(
                    "recurrence.recurYearlyByDate.dayOfMonth is a day that the month does not have.",
                ))
            }
            _ => Ok(()),
        }
    }
}

fn to_i8(number: u8) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

/// A time of day as the wire writes it.
pub(crate) fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Reads `09:30`; seconds are dropped.
pub(crate) fn time_of_day(field: &str, text: &str) -> Result<Time> {
    let mut parts = text.split(':');
    let mut two_digits = || {
        parts
            .next()
            .filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse::<i8>().ok())
    };
    let (hour, minute) = (two_digits(), two_digits());
    let time = hour
        .zip(minute)
        .filter(|_| text.len() <= 12)
        .and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    time.ok_or_else(|| {
        let shown: String = text.chars().take(40).collect();
        Error::invalid(format!(
            "{field}: “{shown}” is not a time of day; write it like 09:30."
        ))
    })
}
