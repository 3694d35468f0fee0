//! The form of an event.

use jiff::civil::Weekday;
use kit::{Error, Result};
use serde::Deserialize;

use super::words::{day_name, week_of_month};
use crate::model::schedule::day;
use crate::model::schedule_event::{
    Event, Pattern, Recurrence, Span, WEEK, Weekdays, clock, time_of_day, weekday_word,
};
use crate::pages::common::Choice;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EventForm {
    pub(super) name: String,
    pub(super) first_day: String,
    pub(super) last_day: String,
    pub(super) all_day: Option<String>,
    pub(super) begins: String,
    pub(super) ends: String,
    pub(super) repeats: String,
    pub(super) every_weeks: String,
    pub(super) weekday: Vec<String>,
    pub(super) until: String,
}

/// The ways to repeat. Yearly patterns follow the first day.
const REPEATS: [(&str, &str); 4] = [
    ("once", "Not at all"),
    ("weekly", "Every week"),
    ("date", "Every year on the same date"),
    ("weekday", "Every year on the same weekday of the month"),
];

impl EventForm {
    /// The form of an event as it is.
    pub(super) fn of(event: &Event) -> Self {
        let mut form = Self {
            name: event.name.clone(),
            first_day: event.span.first_day.to_string(),
            last_day: event.span.last_day.to_string(),
            all_day: event.span.hours.is_none().then(|| "on".to_owned()),
            repeats: "once".to_owned(),
            every_weeks: "1".to_owned(),
            ..Self::default()
        };
        if let Some((begin, end)) = event.span.hours {
            form.begins = clock(begin);
            form.ends = clock(end);
        }
        let Some(Recurrence { pattern, until }) = event.recurrence else {
            return form;
        };
        form.until = until.map(|until| until.to_string()).unwrap_or_default();
        form.repeats = match pattern {
            Pattern::Weekly { every_weeks, days } => {
                form.every_weeks = every_weeks.to_string();
                let chosen = WEEK.into_iter().filter(|day| days.contains(*day));
                form.weekday = chosen.map(|day| weekday_word(day).to_owned()).collect();
                "weekly"
            }
            Pattern::YearlyByDate { .. } => "date",
            Pattern::YearlyByDay { .. } => "weekday",
        }
        .to_owned();
        form
    }

    /// The event that the form asks for.
    pub(super) fn event(&self) -> Result<Event> {
        let first_day = day("First day", self.first_day.trim())?;
        let last_day = match self.last_day.trim() {
            "" => first_day,
            text => day("Last day", text)?,
        };
        let hours = match self.all_day {
            Some(_) => None,
            None if self.begins.trim().is_empty() || self.ends.trim().is_empty() => {
                return Err(Error::invalid(
                    "Say from when to when the event is, or choose that it is all day.",
                ));
            }
            None => Some((
                time_of_day("From", self.begins.trim())?,
                time_of_day("To", self.ends.trim())?,
            )),
        };
        let until = match self.until.trim() {
            "" => None,
            text => Some(day("Until", text)?),
        };
        let small = |number: i8| u8::try_from(number).unwrap_or(0);
        let pattern = match self.repeats.as_str() {
            "weekly" => Some(Pattern::Weekly {
                every_weeks: self.every_weeks.trim().parse().unwrap_or(0),
                days: self.weekdays(first_day.weekday()),
            }),
            "date" => Some(Pattern::YearlyByDate {
                month: small(first_day.month()),
                day: small(first_day.day()),
            }),
            "weekday" => Some(Pattern::YearlyByDay {
                month: small(first_day.month()),
                week: week_of_month(first_day).ok_or_else(|| {
                    Error::invalid("The first day is in the fifth week of its month, which not every year has. Choose another way to repeat.")
                })?,
                day: first_day.weekday(),
            }),
            _ => None,
        };
        let recurrence = pattern.map(|pattern| Recurrence { pattern, until });
        Event::new(
            Some(self.name.clone()),
            Span::new(first_day, last_day, hours)?,
            recurrence,
        )
    }

    /// The chosen days, or the one on which the event begins.
    fn weekdays(&self, first: Weekday) -> Weekdays {
        let chosen = WEEK
            .into_iter()
            .filter(|day| self.weekday.iter().any(|word| word == weekday_word(*day)));
        let first_alone = || Weekdays::of([first]).expect("one day is a day");
        Weekdays::of(chosen).unwrap_or_else(first_alone)
    }

    pub(super) fn repeats_choices(&self) -> Vec<Choice> {
        REPEATS
            .iter()
            .map(|(value, label)| Choice::new(*value, *label, Some(&self.repeats)))
            .collect()
    }

    /// The week of the pages begins on Monday.
    pub(super) fn weekday_choices(&self) -> Vec<Choice> {
        let monday_first = WEEK.into_iter().cycle().skip(1).take(7);
        monday_first
            .map(|day| Choice {
                value: weekday_word(day).to_owned(),
                label: day_name(day),
                chosen: self.weekday.iter().any(|word| word == weekday_word(day)),
            })
            .collect()
    }
}
