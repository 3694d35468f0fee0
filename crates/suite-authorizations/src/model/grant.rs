use kit::{Error, Result, Timestamp};
use suite_tenancy::CustomerId;
use webex::ScopeSet;

use super::IntegrationKey;

kit::typed_id! {
    /// One authorization; a new one gets a new id.
    GrantId
}

/// How an authorization that was given is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantState {
    /// As far as we know everything works.
    Active,
    /// It is accepted, and something that the integration needs is missing.
    Degraded { reason: String, since: Timestamp },
    /// The last renewals got no answer. Says nothing about the authorization itself.
    Failing { reason: String, since: Timestamp },
    /// The platform does not accept our client id or secret; the authorization may live on.
    Misconfigured { reason: String, since: Timestamp },
    /// The account has as many tokens as it may have; the authorization may live on.
    TokenLimit { reason: String, since: Timestamp },
    /// The platform refused the renewal: only a new authorization helps.
    Dead { reason: String, since: Timestamp },
}

/// What a card says about an integration of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationState {
    /// The Suite has no client id for it.
    NotConfigured,
    /// Nobody has authorized it.
    NotAuthorized,
    /// Somebody is on the way to the platform and has not come back yet.
    Pending {
        begun_by: String,
        since: Timestamp,
        until: Timestamp,
    },
    /// Somebody came back; the organization is yet to be confirmed.
    Unconfirmed { begun_by: String, until: Timestamp },
    /// It was authorized.
    Granted(GrantState),
}

/// An authorization without its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub id: GrantId,
    pub customer: CustomerId,
    pub integration: IntegrationKey,
    /// The UUID of the organization that it is for.
    pub organization_id: String,
    pub person_id: String,
    pub person_name: String,
    pub person_email: String,
    pub authorized_at: Timestamp,
    /// On whose initiative: a user of the Suite, or an invitation.
    pub authorized_via: String,
    /// As which registration; tokens belong to it.
    pub client_id: String,
    pub scopes: ScopeSet,
    pub access_expires_at: Timestamp,
    /// Where the platform says so.
    pub refresh_expires_at: Option<Timestamp>,
    pub refreshed_at: Timestamp,
    /// From when on it is renewed ahead of need.
    pub refresh_due_at: Timestamp,
    /// Counts the tokens that it had.
    pub generation: i64,
    pub state: GrantState,
    /// Renewals without an answer, one after the other.
    pub failures: i64,
    /// Not before this is a renewal tried again.
    pub retry_at: Timestamp,
}

impl GrantState {
    /// The word in the database.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Degraded { .. } => "degraded",
            Self::Failing { .. } => "failing",
            Self::Misconfigured { .. } => "misconfigured",
            Self::TokenLimit { .. } => "token_limit",
            Self::Dead { .. } => "dead",
        }
    }

    /// Reads what the database keeps.
    pub fn from_parts(word: &str, reason: String, since: Timestamp) -> Result<Self> {
        match word {
            "active" => Ok(Self::Active),
            "degraded" => Ok(Self::Degraded { reason, since }),
            "failing" => Ok(Self::Failing { reason, since }),
            "misconfigured" => Ok(Self::Misconfigured { reason, since }),
            "token_limit" => Ok(Self::TokenLimit { reason, since }),
            "dead" => Ok(Self::Dead { reason, since }),
            other => Err(Error::internal(format!(
                "an authorization's state “{other}” is unknown"
            ))),
        }
    }

    /// Why it is not as it should be.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Active => None,
            Self::Degraded { reason, .. }
            | Self::Failing { reason, .. }
            | Self::Misconfigured { reason, .. }
            | Self::TokenLimit { reason, .. }
            | Self::Dead { reason, .. } => Some(reason),
        }
    }

    /// Since when it is not as it should be.
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Active => None,
            Self::Degraded { since, .. }
            | Self::Failing { since, .. }
            | Self::Misconfigured { since, .. }
            | Self::TokenLimit { since, .. }
            | Self::Dead { since, .. } => Some(*since),
        }
    }

    /// Whether only a new authorization helps.
    pub fn is_dead(&self) -> bool {
        matches!(self, Self::Dead { .. })
    }

    /// The same trouble keeps the moment at which it began.
    #[must_use]
    pub fn going_on_from(self, before: &Self) -> Self {
        let Some(since) = before.since().filter(|_| before.word() == self.word()) else {
            return self;
        };
        match self {
            Self::Active => Self::Active,
            Self::Degraded { reason, .. } => Self::Degraded { reason, since },
            Self::Failing { reason, .. } => Self::Failing { reason, since },
            Self::Misconfigured { reason, .. } => Self::Misconfigured { reason, since },
            Self::TokenLimit { reason, .. } => Self::TokenLimit { reason, since },
            Self::Dead { reason, .. } => Self::Dead { reason, since },
        }
    }
}

impl Grant {
    /// Whether the access token should still be accepted.
    pub fn access_token_lives(&self, now: Timestamp) -> bool {
        self.access_expires_at > now
    }

    /// Whether it is time to renew, ahead of need.
    pub fn renewal_is_due(&self, now: Timestamp) -> bool {
        self.refresh_due_at <= now
    }
}

/// When a token is renewed ahead of need: after three quarters of its life, and never later than 45 days, because
/// refresh tokens that nobody uses end by themselves.
pub(crate) fn renewal_due_at(now: Timestamp, access_expires_at: Timestamp) -> Timestamp {
    const LONGEST_IDLE: std::time::Duration = std::time::Duration::from_secs(45 * 24 * 3600);
    let life = access_expires_at.since(now);
    now.plus((life * 3 / 4).min(LONGEST_IDLE))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_state_reads_back_from_what_the_database_keeps() {
        let (reason, since) = ("why".to_owned(), Timestamp::from_millis(7));
        for word in [
            "active",
            "degraded",
            "failing",
            "misconfigured",
            "token_limit",
            "dead",
        ] {
            let state = GrantState::from_parts(word, reason.clone(), since).unwrap();
            assert_eq!(state.word(), word);
            assert_eq!(state.is_dead(), word == "dead");
            if word != "active" {
                assert_eq!((state.reason(), state.since()), (Some("why"), Some(since)));
            }
        }
        assert!(GrantState::from_parts("asleep", reason, since).is_err());
    }

    #[test]
    fn the_same_trouble_began_when_it_began() {
        let first = GrantState::Failing {
            reason: "a".to_owned(),
            since: Timestamp::from_millis(1),
        };
        let again = GrantState::Failing {
            reason: "b".to_owned(),
            since: Timestamp::from_millis(9),
        };
        assert_eq!(
            again.going_on_from(&first),
            GrantState::Failing {
                reason: "b".to_owned(),
                since: Timestamp::from_millis(1)
            }
        );
        let dead = GrantState::Dead {
            reason: "c".to_owned(),
            since: Timestamp::from_millis(9),
        };
        assert_eq!(dead.clone().going_on_from(&first), dead);
    }

    #[test]
    fn a_token_is_renewed_after_three_quarters_of_its_life_and_at_least_every_45_days() {
        let now = Timestamp::from_millis(0);
        let day = Duration::from_secs(24 * 3600);
        assert_eq!(
            renewal_due_at(now, now.plus(day * 14)),
            now.plus(day * 14 * 3 / 4)
        );
        assert_eq!(renewal_due_at(now, now.plus(day * 365)), now.plus(day * 45));
    }
}
