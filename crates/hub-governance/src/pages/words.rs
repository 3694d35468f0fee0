//! What the templates say about domain values.

use webex::ScopeSet;

use crate::model::{AccessRequest, Rule};
use crate::use_cases::{Alert, Integration};

/// “1 person”, “2 people”.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

pub(crate) fn integration_path(client_id: &str) -> String {
    format!("/apps/integrations/{client_id}")
}

impl Rule {
    pub(crate) const fn is_allow(self) -> bool {
        matches!(self, Self::Allow)
    }

    pub(crate) const fn status(self) -> &'static str {
        if self.is_allow() { "Enabled" } else { "Disabled" }
    }

    pub(crate) const fn status_words(self) -> &'static str {
        if self.is_allow() { "Allow" } else { "Block" }
    }
}

impl Integration {
    pub(crate) const fn status(&self) -> &'static str {
        if self.enabled {
            Rule::Allow.status()
        } else {
            Rule::Block.status()
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
    pub(crate) fn path(&self) -> String {
        integration_path(&self.demand.client_id)
    }

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
