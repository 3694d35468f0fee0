//! How events repeat, as the public API writes it.

use jiff::civil::Weekday;
use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::model::attendant::not_a_choice;
use crate::model::schedule::day;
use crate::model::schedule_event::{MONTHS, Pattern, Recurrence, WEEK, WEEKS, Weekdays, weekday_word};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RecurrenceWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    recur_for_ever: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recur_end_date: Option<String>,
    #[serde(skip_serializing)]
    recur_end_occurrence: Option<i64>,
    #[serde(skip_serializing)]
    recur_daily: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recur_weekly: Option<WeeklyWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recur_yearly_by_date: Option<ByDateWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recur_yearly_by_day: Option<ByDayWire>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WeeklyWire {
    recur_interval: Option<i64>,
    sunday: bool,
    monday: bool,
    tuesday: bool,
    wednesday: bool,
    thursday: bool,
    friday: bool,
    saturday: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ByDateWire {
    day_of_month: Option<i64>,
    month: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ByDayWire {
    day: Option<String>,
    week: Option<String>,
    month: Option<String>,
}

impl RecurrenceWire {
    pub(super) fn of(recurrence: &Recurrence) -> Self {
        let Recurrence { pattern, until } = recurrence;
        let mut wire = Self {
            recur_for_ever: Some(until.is_none()),
            recur_end_date: until.map(|until| until.to_string()),
            ..Self::default()
        };
        match *pattern {
            Pattern::Weekly { every_weeks, days } => {
                wire.recur_weekly = Some(WeeklyWire {
                    recur_interval: Some(every_weeks.into()),
                    sunday: days.contains(Weekday::Sunday),
                    monday: days.contains(Weekday::Monday),
                    tuesday: days.contains(Weekday::Tuesday),
                    wednesday: days.contains(Weekday::Wednesday),
                    thursday: days.contains(Weekday::Thursday),
                    friday: days.contains(Weekday::Friday),
                    saturday: days.contains(Weekday::Saturday),
                });
            }
            Pattern::YearlyByDate { month, day } => {
                wire.recur_yearly_by_date = Some(ByDateWire {
                    day_of_month: Some(day.into()),
                    month: word(&MONTHS, month),
                });
            }
            Pattern::YearlyByDay { month, week, day } => {
                wire.recur_yearly_by_day = Some(ByDayWire {
                    day: Some(weekday_word(day).to_owned()),
                    week: word(&WEEKS, week),
                    month: word(&MONTHS, month),
                });
            }
        }
        wire
    }

    /// Nothing where the body asks for no repetition at all.
    pub(super) fn into_recurrence(self) -> Result<Option<Recurrence>> {
        let Self {
            recur_for_ever,
            recur_end_date,
            recur_end_occurrence,
            recur_daily,
            recur_weekly,
            recur_yearly_by_date,
            recur_yearly_by_day,
        } = self;
        if recur_daily.is_some() || recur_end_occurrence.is_some() {
            return Err(Error::invalid(
                "recurrence: recurDaily and recurEndOccurrence are for schedules of a person. An event of a location repeats by recurWeekly, recurYearlyByDate or recurYearlyByDay, for ever or until recurEndDate.",
            ));
        }
        let patterns = [
            recur_weekly.map(WeeklyWire::into_pattern).transpose()?,
            recur_yearly_by_date.map(ByDateWire::into_pattern).transpose()?,
            recur_yearly_by_day.map(ByDayWire::into_pattern).transpose()?,
        ];
        let mut patterns = patterns.into_iter().flatten();
        let (first, second) = (patterns.next(), patterns.next());
        if second.is_some() {
            return Err(Error::invalid(
                "recurrence has several patterns. Keep one of recurWeekly, recurYearlyByDate and recurYearlyByDay.",
            ));
        }
        let until = recur_end_date
            .as_deref()
            .map(|text| day("recurrence.recurEndDate", text))
            .transpose()?;
        match (first, recur_for_ever, until) {
            (None, Some(true), _) | (None, _, Some(_)) => Err(Error::invalid(
                "recurrence says until when and not how. Add one of recurWeekly, recurYearlyByDate and recurYearlyByDay.",
            )),
            (None, _, None) => Ok(None),
            (Some(_), Some(true), Some(_)) => Err(Error::invalid(
                "recurrence is for ever and until recurEndDate. Leave one of recurForEver and recurEndDate out.",
            )),
            // A day of the year has no other meaning than every year.
            (Some(Pattern::Weekly { .. }), Some(false), None) => Err(Error::invalid(
                "recurrence.recurEndDate is missing; it is needed where recurForEver is false.",
            )),
            (Some(pattern), _, until) => Ok(Some(Recurrence { pattern, until })),
        }
    }
}

impl WeeklyWire {
    fn into_pattern(self) -> Result<Pattern> {
        let Self {
            recur_interval,
            sunday,
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
        } = self;
        let chosen = [sunday, monday, tuesday, wednesday, thursday, friday, saturday];
        let days = WEEK
            .into_iter()
            .zip(chosen)
            .filter_map(|(day, chosen)| chosen.then_some(day));
        let days = Weekdays::of(days)
            .ok_or_else(|| Error::invalid("recurrence.recurWeekly names no day of the week."))?;
        // The bound of weeks is checked with the event.
        let every_weeks = u8::try_from(recur_interval.unwrap_or(1)).unwrap_or(0);
        Ok(Pattern::Weekly { every_weeks, days })
    }
}

impl ByDateWire {
    fn into_pattern(self) -> Result<Pattern> {
        let Self { day_of_month, month } = self;
        Ok(Pattern::YearlyByDate {
            month: position("recurrence.recurYearlyByDate.month", &MONTHS, month.as_deref())?,
            // Whether the month has it is checked with the event.
            day: day_of_month.and_then(|day| u8::try_from(day).ok()).unwrap_or(0),
        })
    }
}

impl ByDayWire {
    fn into_pattern(self) -> Result<Pattern> {
        let Self { day, week, month } = self;
        let words = WEEK.map(weekday_word);
        let position_of_day = position("recurrence.recurYearlyByDay.day", &words, day.as_deref())?;
        Ok(Pattern::YearlyByDay {
            month: position("recurrence.recurYearlyByDay.month", &MONTHS, month.as_deref())?,
            week: position("recurrence.recurYearlyByDay.week", &WEEKS, week.as_deref())?,
            day: WEEK[usize::from(position_of_day - 1)],
        })
    }
}

/// The word at a position that counts from one.
fn word(words: &[&str], position: u8) -> Option<String> {
    let index = usize::from(position).checked_sub(1)?;
    words.get(index).map(|word| (*word).to_owned())
}

/// The position, counted from one, of a word.
fn position(field: &str, words: &[&str], text: Option<&str>) -> Result<u8> {
    let text = text.unwrap_or_default();
    words
        .iter()
        .position(|word| *word == text)
        .and_then(|index| u8::try_from(index + 1).ok())
        .ok_or_else(|| not_a_choice(field, text, words))
}
