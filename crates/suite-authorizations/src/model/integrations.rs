use kit::{Error, Result};
use webex::{Role, ScopeSet};

/// One of the five integrations that a customer's Full Admin authorizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntegrationKey {
    UsersSynch,
    Presence,
    CallControl,
    CallAnalytics,
    SingleSignOn,
}

/// A scope, and why it is asked for: a customer's administrator reads this before they accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeReason {
    pub scope: &'static str,
    pub reason: &'static str,
}

/// What is known about an integration before anybody authorizes it.
#[derive(Clone, Copy, Debug)]
pub struct Integration {
    pub key: IntegrationKey,
    pub name: &'static str,
    pub purpose: &'static str,
    pub scopes: &'static [ScopeReason],
    /// A role that the authorizer needs beside Full Administrator.
    pub further_role: Option<Role>,
}

const ME: ScopeReason = ScopeReason {
    scope: "spark:people_read",
    reason: "Know who authorized, and notice when that person may no longer.",
};
const PEOPLE: &str = "spark-admin:people_read";
const ORGANIZATION: ScopeReason = ScopeReason {
    scope: "spark-admin:organizations_read",
    reason: "Make sure that it is the right organization, and show its name.",
};

/// The five, in the order in which they are shown and authorized.
pub const INTEGRATIONS: [Integration; 5] = [
    Integration {
        key: IntegrationKey::UsersSynch,
        name: "Users' Synch",
        purpose: "Keeps the directory of the Suite in step with the people and locations of Control Hub.",
        scopes: &[
            ME,
            ScopeReason {
                scope: PEOPLE,
                reason: "Names, numbers, departments and licences of everybody, to keep the directory in step.",
            },
            ORGANIZATION,
            ScopeReason {
                scope: "spark-admin:locations_read",
                reason: "Where people work, and in which time zone.",
            },
            ScopeReason {
                scope: "spark-admin:telephony_config_read",
                reason: "Extensions, routing prefixes and main numbers of the locations.",
            },
            ScopeReason {
                scope: "spark-admin:workspaces_read",
                reason: "Phones in meeting rooms and lobbies, which are no people.",
            },
        ],
        further_role: None,
    },
    Integration {
        key: IntegrationKey::Presence,
        name: "Presence Retrieval",
        purpose: "Shows operators who is available, away, presenting or on a call.",
        scopes: &[
            ME,
            ScopeReason {
                scope: PEOPLE,
                reason: "The presence status of colleagues, which comes with the people.",
            },
            ORGANIZATION,
        ],
        further_role: None,
    },
    Integration {
        key: IntegrationKey::CallControl,
        name: "Call Control",
        purpose: "Lets operators answer, transfer and park calls from their desk.",
        scopes: &[
            ME,
            ScopeReason {
                scope: PEOPLE,
                reason: "Find the person, workspace or line whose calls are controlled.",
            },
            ORGANIZATION,
            ScopeReason {
                scope: "spark-admin:calls_read",
                reason: "See the calls that are going on.",
            },
            ScopeReason {
                scope: "spark-admin:calls_write",
                reason: "Answer, dial and hang up on behalf of an operator who asks for it.",
            },
        ],
        further_role: None,
    },
    Integration {
        key: IntegrationKey::CallAnalytics,
        name: "Call Analytics",
        purpose: "Collects the call records of the organization and turns them into reports.",
        scopes: &[
            ME,
            ScopeReason {
                scope: PEOPLE,
                reason: "Put names and departments to the numbers in the records.",
            },
            ORGANIZATION,
            ScopeReason {
                scope: "spark-admin:calling_cdr_read",
                reason: "The call records themselves.",
            },
        ],
        further_role: Some(Role::CallHistory),
    },
    Integration {
        key: IntegrationKey::SingleSignOn,
        name: "Single sign-on",
        purpose: "Lets people sign in to the Suite with their Webex account. A Full Admin authorizes it once to switch it on.",
        scopes: &[
            ScopeReason {
                scope: "openid",
                reason: "Know for certain who signs in.",
            },
            ScopeReason {
                scope: "email",
                reason: "Find the user of the Suite by e-mail address.",
            },
            ScopeReason {
                scope: "profile",
                reason: "Show the name of who is signed in.",
            },
            ME,
        ],
        further_role: None,
    },
];

impl IntegrationKey {
    /// The word in URLs, configuration and the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::UsersSynch => "users-synch",
            Self::Presence => "presence",
            Self::CallControl => "call-control",
            Self::CallAnalytics => "call-analytics",
            Self::SingleSignOn => "single-sign-on",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Result<Self> {
        INTEGRATIONS
            .iter()
            .map(|integration| integration.key)
            .find(|key| key.word() == word)
            .ok_or_else(|| {
                let known: Vec<_> = INTEGRATIONS
                    .iter()
                    .map(|integration| integration.key.word())
                    .collect();
                let shown: String = word.chars().take(60).collect();
                Error::not_found(format!(
                    "There is no integration “{shown}”. There are: {}.",
                    known.join(", ")
                ))
            })
    }

    /// What is known about it.
    pub fn integration(self) -> &'static Integration {
        &INTEGRATIONS[self as usize]
    }
}

impl Integration {
    /// What is asked for.
    pub fn scope_set(&self) -> ScopeSet {
        let text: Vec<&str> = self.scopes.iter().map(|scope| scope.scope).collect();
        ScopeSet::parse(&text.join(" ")).unwrap_or_default()
    }

    /// Whether an id token comes back.
    pub fn is_openid(&self) -> bool {
        self.scopes.iter().any(|scope| scope.scope == "openid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_integration_stands_at_its_own_place_and_asks_for_scopes_that_can_be_read() {
        for integration in &INTEGRATIONS {
            assert_eq!(integration.key.integration().key, integration.key);
            assert_eq!(
                IntegrationKey::from_word(integration.key.word()).unwrap(),
                integration.key
            );
            assert_eq!(integration.scope_set().iter().count(), integration.scopes.len());
            assert!(integration.scopes.iter().all(|scope| scope.reason.ends_with('.')));
        }
        assert!(IntegrationKey::SingleSignOn.integration().is_openid());
        assert!(
            IntegrationKey::from_word("fax")
                .unwrap_err()
                .public()
                .contains("users-synch")
        );
    }
}
