//! Events of schedules as rows.

use jiff::civil::{Date, Time};
use kit::{Error, Result, Uuid, search_key};
use kit_sql::{Argument, Row};

use crate::model::schedule_event::{Event, Pattern, Recurrence, Span, WEEK, Weekdays};

/// The columns that a pattern uses.
#[derive(Default)]
struct PatternColumns {
    word: &'static str,
    every_weeks: Option<i64>,
    weekdays: Option<i64>,
    month: Option<i64>,
    week: Option<i64>,
    day: Option<i64>,
}

pub(super) fn event_row(schedule_id: Uuid, position: i64, event: &Event) -> Vec<Argument> {
    let Event {
        name,
        span,
        recurrence,
    } = event;
    let Span {
        first_day,
        last_day,
        hours,
    } = span;
    let columns = match recurrence.map(|recurrence| recurrence.pattern) {
        None => PatternColumns {
            word: "once",
            ..PatternColumns::default()
        },
        Some(Pattern::Weekly { every_weeks, days }) => PatternColumns {
            word: "weekly",
            every_weeks: Some(every_weeks.into()),
            weekdays: Some(days.bits().into()),
            ..PatternColumns::default()
        },
        Some(Pattern::YearlyByDate { month, day }) => PatternColumns {
            word: "yearly_by_date",
            month: Some(month.into()),
            day: Some(day.into()),
            ..PatternColumns::default()
        },
        Some(Pattern::YearlyByDay { month, week, day }) => PatternColumns {
            word: "yearly_by_day",
            month: Some(month.into()),
            week: Some(week.into()),
            weekdays: Weekdays::of([day]).map(|days| days.bits().into()),
            ..PatternColumns::default()
        },
    };
    vec![
        schedule_id.into(),
        position.into(),
        name.into(),
        search_key(name).into(),
        first_day.to_string().into(),
        last_day.to_string().into(),
        hours.map(|(begin, _)| minute_of_day(begin)).into(),
        hours.map(|(_, end)| minute_of_day(end)).into(),
        columns.word.into(),
        columns.every_weeks.into(),
        columns.weekdays.into(),
        columns.month.into(),
        columns.week.into(),
        columns.day.into(),
        recurrence
            .and_then(|recurrence| recurrence.until)
            .map(|until| until.to_string())
            .into(),
    ]
}

pub(super) fn event_of(row: &Row) -> Result<Event> {
    let hours = match (
        row.optional_integer("begins_at")?,
        row.optional_integer("ends_at")?,
    ) {
        (Some(begin), Some(end)) => Some((time(begin)?, time(end)?)),
        _ => None,
    };
    let until = row.optional_text("until")?.map(|text| date(&text)).transpose()?;
    Ok(Event {
        name: row.text("name")?,
        span: Span {
            first_day: date(&row.text("first_day")?)?,
            last_day: date(&row.text("last_day")?)?,
            hours,
        },
        recurrence: pattern(row)?.map(|pattern| Recurrence { pattern, until }),
    })
}

fn pattern(row: &Row) -> Result<Option<Pattern>> {
    let word = row.text("pattern")?;
    Ok(Some(match word.as_str() {
        "once" => return Ok(None),
        "weekly" => Pattern::Weekly {
            every_weeks: small(row, "every_weeks")?,
            days: weekdays(row)?,
        },
        "yearly_by_date" => Pattern::YearlyByDate {
            month: small(row, "month_of_year")?,
            day: small(row, "day_of_month")?,
        },
        "yearly_by_day" => {
            let days = weekdays(row)?;
            Pattern::YearlyByDay {
                month: small(row, "month_of_year")?,
                week: small(row, "week_of_month")?,
                day: WEEK
                    .into_iter()
                    .find(|day| days.contains(*day))
                    .ok_or_else(|| broken("weekdays"))?,
            }
        }
        _ => return Err(broken("pattern")),
    }))
}

fn weekdays(row: &Row) -> Result<Weekdays> {
    Weekdays::from_bits(small(row, "weekdays")?).ok_or_else(|| broken("weekdays"))
}

fn small(row: &Row, column: &str) -> Result<u8> {
    row.optional_integer(column)?
        .and_then(|number| u8::try_from(number).ok())
        .ok_or_else(|| broken(column))
}

fn broken(column: &str) -> Error {
    Error::internal(format!("an event whose column {column} cannot be read"))
}

fn date(text: &str) -> Result<Date> {
    text.parse().map_err(Error::internal)
}

fn minute_of_day(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn time(minute_of_day: i64) -> Result<Time> {
    let part = |number: i64| i8::try_from(number).map_err(Error::internal);
    Time::new(part(minute_of_day / 60)?, part(minute_of_day % 60)?, 0, 0).map_err(Error::internal)
}
