use std::time::Duration;

use hub_directory::PersonId;
use kit::{Error, Result, Timestamp};

/// Why somebody may choose a new password without the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketReason {
    /// They just typed a password that is older than the policy allows.
    Expired,
    /// They just typed a password that an administrator gave them.
    OneTime,
    /// An administrator sent them a link.
    Link,
    /// They asked for a link because they forgot the password.
    Forgotten,
}

impl TicketReason {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::OneTime => "one-time",
            Self::Link => "link",
            Self::Forgotten => "forgotten",
        }
    }

    pub(crate) fn parse(word: &str) -> Result<Self> {
        [Self::Expired, Self::OneTime, Self::Link, Self::Forgotten]
            .into_iter()
            .find(|reason| reason.word() == word)
            .ok_or_else(|| Error::internal(format!("a ticket of the kind {word}")))
    }

    /// How long the ticket is good.
    pub(crate) const fn life(self) -> Duration {
        match self {
            Self::Expired | Self::OneTime => Duration::from_secs(10 * 60),
            Self::Link => Duration::from_secs(24 * 3600),
            Self::Forgotten => Duration::from_secs(3600),
        }
    }
}

/// The right of one person to choose a new password once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) person_id: PersonId,
    pub(crate) reason: TicketReason,
    pub(crate) expires_at: Timestamp,
}
