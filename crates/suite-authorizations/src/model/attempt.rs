use std::time::Duration;

use kit::{Error, Result, Timestamp};
use suite_tenancy::CustomerId;
use webex::ScopeSet;

use super::{IntegrationKey, InvitationId};

kit::typed_id! {
    /// One way to the platform and back.
    AttemptId
}

/// How long somebody may stay at the platform. A denied person never comes back, so the request must end by itself.
pub(crate) const ATTEMPT_LIFE: Duration = Duration::from_secs(15 * 60);

/// How far an attempt has come. It only goes forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptStage {
    /// The browser was sent to the platform.
    Open,
    /// It came back; the code is being exchanged. Nobody can come back with this state again.
    Exchanging,
    /// Everything is in order, and somebody must confirm that it is the right organization.
    Unconfirmed {
        organization_id: String,
        organization_name: String,
    },
    /// It became the customer's authorization.
    Completed,
    /// It did not; the sentence says why.
    Refused { reason: String },
}

/// An attempt to authorize an integration, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub id: AttemptId,
    pub customer: CustomerId,
    pub integration: IntegrationKey,
    /// The hash of the browser's id: it must end where it began.
    pub browser_hash: String,
    pub invitation: Option<InvitationId>,
    pub begun_by: String,
    pub begun_at: Timestamp,
    pub expires_at: Timestamp,
    pub nonce_hash: String,
    pub redirect_uri: String,
    pub scopes: ScopeSet,
    pub stage: AttemptStage,
    pub stage_since: Timestamp,
}

impl AttemptStage {
    /// The word in the database.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Exchanging => "exchanging",
            Self::Unconfirmed { .. } => "unconfirmed",
            Self::Completed => "completed",
            Self::Refused { .. } => "refused",
        }
    }

    /// Reads what the database keeps.
    pub fn from_parts(
        word: &str,
        reason: String,
        organization_id: String,
        organization_name: String,
    ) -> Result<Self> {
        match word {
            "open" => Ok(Self::Open),
            "exchanging" => Ok(Self::Exchanging),
            "unconfirmed" => Ok(Self::Unconfirmed {
                organization_id,
                organization_name,
            }),
            "completed" => Ok(Self::Completed),
            "refused" => Ok(Self::Refused { reason }),
            other => Err(Error::internal(format!(
                "an attempt's stage “{other}” is unknown"
            ))),
        }
    }
}

impl Attempt {
    /// Whether it is too late to come back.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }
}
