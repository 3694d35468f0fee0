use std::fmt;

use hub_directory::{OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::Timestamp;
use webex::ScopeSet;

kit::typed_id!(
    /// A grant: what one person gave one integration at one moment. Its access tokens and its refresh token hang on it.
    GrantId
);
kit::typed_id!(
    /// One access token, as administrators name it; not the secret.
    AccessTokenId
);

/// Where a grant comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantKind {
    /// Consent to an integration.
    Consent,
    /// A personal access token: twelve hours, without refresh.
    Personal,
    /// A Service App that a Full Admin authorized for the organization; it acts as a machine account.
    ServiceApp,
}

impl GrantKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Personal => "personal",
            Self::ServiceApp => "service_app",
        }
    }

    pub(crate) fn parse(text: &str) -> kit::Result<Self> {
        match text {
            "consent" => Ok(Self::Consent),
            "personal" => Ok(Self::Personal),
            "service_app" => Ok(Self::ServiceApp),
            other => Err(kit::Error::internal(format!("a grant of the kind {other}"))),
        }
    }
}

/// What a person gave an integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// To whom it was given.
    pub client_id: String,
    /// Who gave it.
    pub person_id: PersonId,
    /// Their organization.
    pub organization_id: OrganizationId,
    /// Where it comes from.
    pub kind: GrantKind,
    /// What it allows.
    pub scopes: ScopeSet,
    /// The person's epochs when they consented.
    pub epochs: Epochs,
    /// When they consented.
    pub granted_at: Timestamp,
    /// When the refresh token dies if nobody uses it; `None` for a grant without one.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the last of its tokens dies.
    pub ends_at: Timestamp,
    /// When somebody revoked it.
    pub revoked_at: Option<Timestamp>,
    /// The last use of one of its access tokens, to five minutes.
    pub last_used_at: Option<Timestamp>,
}

/// Why a grant was revoked; kept with it, so that a diagnosis can name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Because {
    /// The person took it back.
    Withdrawn,
    /// An administrator revoked it.
    Administrator,
    /// The client gave it back.
    Client,
    /// Its code came a second time.
    CodeReplayed,
    /// A refresh token came after its successor had been used.
    Stolen,
    /// The integration was deleted.
    ClientDeleted,
}

impl fmt::Display for Because {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Withdrawn => "withdrawn",
            Self::Administrator => "administrator",
            Self::Client => "client",
            Self::CodeReplayed => "code_replayed",
            Self::Stolen => "stolen",
            Self::ClientDeleted => "client_deleted",
        })
    }
}
