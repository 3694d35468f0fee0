//! The national holidays of a country, as events of a schedule.

use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::{Error, Result};

use crate::model::schedule_event::{Event, Pattern, Recurrence, Span, WEEK, weekday_word};

const HOLIDAYS: &str = include_str!("holidays.txt");

/// The years for which movable feasts are written out.
const YEARS: [i16; 2] = [2026, 2027];

/// Easter Sundays of those years.
const EASTER: [(i16, i8, i8); 2] = [(2026, 4, 5), (2027, 3, 28)];

/// The holidays of a country (ISO 3166-1 alpha-2), those that come every year and those of 2026 and 2027.
pub(super) fn holidays(country: &str) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for line in HOLIDAYS.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.splitn(3, ' ');
        let (Some(of), Some(when), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(broken(line));
        };
        if of == country {
            add(&mut events, when, name).map_err(|_| broken(line))?;
        }
    }
    Ok(events)
}

fn broken(line: &str) -> Error {
    Error::internal(format!("the holidays have a line that cannot be read: {line}"))
}

fn add(events: &mut Vec<Event>, when: &str, name: &str) -> Result<()> {
    if let Some(offset) = when.strip_prefix("easter") {
        let offset: i64 = offset.parse().map_err(Error::internal)?;
        for (year, month, day) in EASTER {
            let sunday = Date::new(year, month, day).map_err(Error::internal)?;
            let feast = sunday.checked_add(offset.days()).map_err(Error::internal)?;
            events.push(once(&format!("{name} {year}"), feast)?);
        }
        return Ok(());
    }
    if when.len() == "2026-05-25".len() {
        let date: Date = when.parse().map_err(Error::internal)?;
        events.push(once(&format!("{name} {}", date.year()), date)?);
        return Ok(());
    }
    let (first, pattern) = every_year(when)?;
    let recurrence = Recurrence { pattern, until: None };
    events.push(Event::new(
        Some(name.to_owned()),
        Span::new(first, first, None)?,
        Some(recurrence),
    )?);
    Ok(())
}

fn once(name: &str, date: Date) -> Result<Event> {
    Event::new(Some(name.to_owned()), Span::new(date, date, None)?, None)
}

/// The first occurrence and the rule.
fn every_year(when: &str) -> Result<(Date, Pattern)> {
    let number = |text: &str| text.parse::<u8>().map_err(Error::internal);
    let small = |number: u8| i8::try_from(number).map_err(Error::internal);
    let mut parts = when.split('/');
    let (Some(week), Some(word), Some(month)) = (parts.next(), parts.next(), parts.next()) else {
        let (month, day) = when.split_once('-').ok_or_else(|| broken(when))?;
        let (month, day) = (number(month)?, number(day)?);
        let first = Date::new(YEARS[0], small(month)?, small(day)?).map_err(Error::internal)?;
        return Ok((first, Pattern::YearlyByDate { month, day }));
    };
    let (week, month) = (number(week)?, number(month)?);
    let day = WEEK
        .into_iter()
        .find(|day| weekday_word(*day) == word)
        .ok_or_else(|| broken(when))?;
    let first = Date::new(YEARS[0], small(month)?, 1)
        .and_then(|first| first.nth_weekday_of_month(small(week).unwrap_or(0), day))
        .map_err(Error::internal)?;
    Ok((first, Pattern::YearlyByDay { month, week, day }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(country: &str, name: &str) -> Event {
        let events = holidays(country).unwrap();
        events
            .into_iter()
            .find(|event| event.name == name)
            .unwrap_or_else(|| panic!("{name} is not there"))
    }

    fn on(country: &str, name: &str) -> String {
        found(country, name).span.first_day.to_string()
    }

    #[test]
    fn american_holidays_fall_on_their_real_days() {
        for (name, day) in [
            ("Martin Luther King Jr. Day", "2026-01-19"),
            ("Washington's Birthday", "2026-02-16"),
            ("Memorial Day 2026", "2026-05-25"),
            ("Memorial Day 2027", "2027-05-31"),
            ("Labor Day", "2026-09-07"),
            ("Columbus Day", "2026-10-12"),
            ("Thanksgiving Day", "2026-11-26"),
        ] {
            assert_eq!(on("US", name), day, "{name}");
        }
        assert_eq!(
            found("US", "Thanksgiving Day").recurrence.unwrap().pattern,
            Pattern::YearlyByDay {
                month: 11,
                week: 4,
                day: jiff::civil::Weekday::Thursday
            }
        );
    }

    #[test]
    fn german_holidays_fall_on_their_real_days() {
        for (name, day) in [
            ("Karfreitag 2026", "2026-04-03"),
            ("Karfreitag 2027", "2027-03-26"),
            ("Ostermontag 2026", "2026-04-06"),
            ("Ostermontag 2027", "2027-03-29"),
            ("Christi Himmelfahrt 2026", "2026-05-14"),
            ("Christi Himmelfahrt 2027", "2027-05-06"),
            ("Pfingstmontag 2026", "2026-05-25"),
            ("Pfingstmontag 2027", "2027-05-17"),
            ("Tag der Deutschen Einheit", "2026-10-03"),
        ] {
            assert_eq!(on("DE", name), day, "{name}");
        }
    }

    #[test]
    fn every_line_can_be_read_and_no_country_names_a_day_twice() {
        let mut countries: Vec<&str> = HOLIDAYS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| &line[..2])
            .collect();
        countries.dedup();
        assert_eq!(countries.len(), 40);
        for country in countries {
            let mut names: Vec<String> = holidays(country)
                .unwrap()
                .into_iter()
                .map(|event| event.name)
                .collect();
            let before = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), before, "{country}");
        }
    }
}
