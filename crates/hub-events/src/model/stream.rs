use hub_caller::{OrganizationId, PersonId};
use kit::{SecretString, Timestamp, Uuid};

/// How security event tokens reach whoever listens.
#[derive(Clone, Debug)]
pub(crate) enum Road {
    /// The Hub posts each one (RFC 8935).
    Push {
        endpoint_url: String,
        /// What goes into the `Authorization` header of each request.
        authorization_header: Option<SecretString>,
    },
    /// Whoever listens comes and asks (RFC 8936).
    Poll,
}

/// The method of RFC 8935.
pub(crate) const PUSH: &str = "urn:ietf:rfc:8935";
/// The method of RFC 8936.
pub(crate) const POLL: &str = "urn:ietf:rfc:8936";

impl Road {
    pub(crate) const fn urn(&self) -> &'static str {
        match self {
            Self::Push { .. } => PUSH,
            Self::Poll => POLL,
        }
    }

    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Push { .. } => "push",
            Self::Poll => "poll",
        }
    }
}

/// What a stream does with what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StreamStatus {
    /// It is told.
    Enabled,
    /// It is kept until the stream is enabled again.
    Paused,
    /// It is not told.
    Disabled,
}

impl StreamStatus {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Paused => "paused",
            Self::Disabled => "disabled",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "enabled" => Some(Self::Enabled),
            "paused" => Some(Self::Paused),
            "disabled" => Some(Self::Disabled),
            _ => None,
        }
    }
}

/// Somebody who listens to security events: one person's client.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) person_id: PersonId,
    pub(crate) client_id: String,
    pub(crate) grant_id: Uuid,
    /// Whether it hears of every person of the organization, or of its maker only.
    pub(crate) sees_organization: bool,
    /// Whether the grant rests on being an administrator.
    pub(crate) is_administrative: bool,
    pub(crate) road: Road,
    pub(crate) description: String,
    /// Which event types it wants; none means all.
    pub(crate) events_requested: Vec<String>,
    pub(crate) status: StreamStatus,
    pub(crate) status_reason: String,
    pub(crate) created_at: Timestamp,
    /// Since when nothing new is told, because the grant is dead.
    pub(crate) ended_at: Option<Timestamp>,
    /// Since when the grant is known to be dead without a word why.
    pub(crate) doubtful_since: Option<Timestamp>,
    pub(crate) verified_at: Timestamp,
    pub(crate) failures: i64,
    pub(crate) failing_since: Option<Timestamp>,
}

/// What somebody wants of a stream.
#[derive(Clone, Debug)]
pub(crate) struct StreamDraft {
    pub(crate) road: Road,
    pub(crate) description: String,
    pub(crate) events_requested: Vec<String>,
}
