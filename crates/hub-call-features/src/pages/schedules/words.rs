//! Events in words.

use jiff::civil::{Date, Weekday};

use crate::model::schedule_event::{
    Event, MONTHS, Pattern, Recurrence, WEEK, WEEKS, Weekdays, clock, weekday_word,
};

/// From when to when, the first time.
pub(super) fn span(event: &Event) -> String {
    let span = &event.span;
    let days = if span.first_day == span.last_day {
        span.first_day.to_string()
    } else {
        format!("{} to {}", span.first_day, span.last_day)
    };
    match span.hours {
        None => format!("{days}, all day"),
        Some((begin, end)) => format!("{days}, {} to {}", clock(begin), clock(end)),
    }
}

/// How it comes again.
pub(super) fn recurrence(event: &Event) -> String {
    let Some(Recurrence { pattern, until }) = event.recurrence else {
        return "Once".to_owned();
    };
    let how = match pattern {
        Pattern::Weekly { every_weeks, days } => {
            let rhythm = match every_weeks {
                1 => "Every week".to_owned(),
                weeks => format!("Every {weeks} weeks"),
            };
            format!("{rhythm} on {}", named_days(days))
        }
        Pattern::YearlyByDate { month, day } => format!("Every year on {day} {}", month_name(month)),
        Pattern::YearlyByDay { month, week, day } => format!(
            "Every year on the {} {} of {}",
            WEEKS
                .get(usize::from(week).wrapping_sub(1))
                .map(|week| week.to_lowercase())
                .unwrap_or_default(),
            day_name(day),
            month_name(month)
        ),
    };
    match until {
        None => how,
        Some(until) => format!("{how}, until {until}"),
    }
}

fn named_days(days: Weekdays) -> String {
    let work = Weekdays::of([
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
    ]);
    if Some(days) == work {
        return "Monday to Friday".to_owned();
    }
    // The week of the pages begins on Monday.
    let monday_first = WEEK.into_iter().cycle().skip(1).take(7);
    let names: Vec<String> = monday_first
        .filter(|day| days.contains(*day))
        .map(day_name)
        .collect();
    names.join(", ")
}

pub(super) fn day_name(day: Weekday) -> String {
    capital(weekday_word(day))
}

fn month_name(month: u8) -> String {
    MONTHS
        .get(usize::from(month).wrapping_sub(1))
        .map(|month| capital(month))
        .unwrap_or_default()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| format!("{first}{}", letters.as_str().to_lowercase()))
        .unwrap_or_default()
}

/// Which week of its month a day is in, as the wire counts: the fifth cannot be said.
pub(super) fn week_of_month(day: Date) -> Option<u8> {
    let week = (day.day() - 1) / 7 + 1;
    u8::try_from(week).ok().filter(|week| *week <= 4)
}
