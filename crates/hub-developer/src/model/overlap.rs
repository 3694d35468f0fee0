use std::time::Duration;

use kit::{Error, Result};

/// How long the secret before works beside a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// Not at all: for a secret that others may know.
    AtOnce,
    /// An hour.
    OneHour,
    /// A day.
    #[default]
    OneDay,
    /// A week.
    SevenDays,
}

impl Overlap {
    /// Every choice, the shortest first.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::OneHour, Self::OneDay, Self::SevenDays];

    /// How long it is.
    pub const fn duration(self) -> Duration {
        const HOUR: u64 = 3600;
        Duration::from_secs(match self {
            Self::AtOnce => 0,
            Self::OneHour => HOUR,
            Self::OneDay => 24 * HOUR,
            Self::SevenDays => 7 * 24 * HOUR,
        })
    }

    /// As a form names it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::OneHour => "one-hour",
            Self::OneDay => "one-day",
            Self::SevenDays => "seven-days",
        }
    }

    /// As people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AtOnce => "At once",
            Self::OneHour => "After 1 hour",
            Self::OneDay => "After 24 hours",
            Self::SevenDays => "After 7 days",
        }
    }

    /// What a choice is for.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::AtOnce => {
                "For a secret that somebody else may know. What still uses it cannot refresh its tokens."
            }
            Self::OneHour => "For a program that you restart yourself.",
            Self::OneDay => "For a program that is deployed during the day.",
            Self::SevenDays => "For a program that runs in many places.",
        }
    }

    /// What a form says.
    pub fn parse(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|overlap| overlap.key() == text)
            .ok_or_else(|| Error::invalid("Choose when the secret that works now ends."))
    }
}
