//! What the templates say about domain values.

use std::time::Duration;

use kit::{Error, Result, Timestamp};
use webex::ScopeSet;

use crate::model::{AccessRequest, Audience, RequestState, Restoration, Rule};
use crate::use_cases::{Alert, Integration};

/// “1 person”, “2 people”.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

pub(crate) fn integration_path(client_id: &str) -> String {
    format!("/apps/integrations/{client_id}")
}

/// The page of an authorization that waits; nothing for what is not the id of one, so that no form leads elsewhere.
pub(crate) fn resume_path(request_id: &str) -> Option<String> {
    let is_id = request_id.len() == 32 && request_id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_id.then(|| format!("/v1/authorize/{request_id}"))
}

/// The moment after so many days that somebody chose; nothing for none.
pub(crate) fn in_days(days: &str, now: Timestamp) -> Result<Option<Timestamp>> {
    if days.is_empty() {
        return Ok(None);
    }
    let days: u64 = days
        .parse()
        .ok()
        .filter(|days| (1..=3650).contains(days))
        .ok_or_else(|| Error::invalid("An approval ends after 1 to 3650 days, or never."))?;
    Ok(Some(now.plus(Duration::from_secs(days * 24 * 3600))))
}

impl Rule {
    pub(crate) const fn is_allow(self) -> bool {
        matches!(self, Self::Allow)
    }

    pub(crate) const fn status_words(self) -> &'static str {
        if self.is_allow() { "Allow" } else { "Block" }
    }
}

impl Integration {
    pub(crate) const fn status(&self) -> &'static str {
        if self.enabled { "Enabled" } else { "Disabled" }
    }
}

impl Audience {
    /// The status of an exception, in a few words.
    pub(crate) fn status_words(&self) -> String {
        let people = counted(self.named().len(), "person", "people");
        match self {
            _ if self.is_everybody() => "Enabled".to_owned(),
            _ if self.is_nobody() => "Disabled".to_owned(),
            Self::Only(_) => format!("Enabled for {people}"),
            Self::AllBut(_) => format!("Disabled for {people}"),
        }
    }
}

impl Restoration {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Restored => "Comes back",
            Self::SaysTheSame => "Nothing to do: the policy says the same",
            Self::DecidedSince => "Stays as it was decided since",
            Self::Gone => "The integration does not exist any more",
        }
    }

    pub(crate) const fn is_restored(self) -> bool {
        matches!(self, Self::Restored)
    }
}

impl RequestState {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Open => "Waiting",
            Self::Allowed => "Allowed",
            Self::Denied | Self::Blocked => "Denied",
            Self::Ended => "Ended",
        }
    }

    pub(crate) const fn pill(self) -> &'static str {
        match self {
            Self::Open => " pill-warning",
            Self::Allowed => " pill-success",
            Self::Denied | Self::Blocked => " pill-danger",
            Self::Ended => "",
        }
    }
}

impl AccessRequest {
    pub(crate) fn attempts_in_words(&self) -> String {
        match self.attempts {
            1 => "Tried once".to_owned(),
            many => format!("Tried {many} times"),
        }
    }
}

impl Alert {
    pub(crate) fn people_in_words(&self) -> String {
        counted(
            usize::try_from(self.demand.people).unwrap_or(0),
            "person waits",
            "people wait",
        )
    }

    pub(crate) fn unnamed(&self) -> usize {
        usize::try_from(self.demand.people)
            .unwrap_or(0)
            .saturating_sub(self.requests.len())
    }

    /// What those who are named asked for, together.
    pub(crate) fn scopes(&self) -> ScopeSet {
        self.requests
            .iter()
            .flat_map(|request| request.scopes.iter().cloned())
            .collect()
    }
}
