use hub_directory::{OrganizationId, PersonId};
use hub_oauth::ClientKind;
use kit::{Error, Result, Timestamp};

/// What somebody registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationKind {
    /// People authorize it, each for themselves.
    Integration,
    /// A Full Admin authorizes it for the whole organization.
    ServiceApp,
}

impl ApplicationKind {
    /// As `type` on the wire; Service Apps were once called authorized applications.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Integration => "integration",
            Self::ServiceApp => "authorizedAppIssuer",
        }
    }

    /// The word of the wire.
    pub fn of_wire(text: &str) -> Option<Self> {
        match text {
            "integration" => Some(Self::Integration),
            "authorizedAppIssuer" | "serviceApp" => Some(Self::ServiceApp),
            _ => None,
        }
    }

    /// As people call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Integration => "integration",
            Self::ServiceApp => "Service App",
        }
    }

    /// The same at the beginning of a sentence.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Integration => "Integration",
            Self::ServiceApp => "Service App",
        }
    }

    /// Whether it is a Service App.
    pub const fn is_service_app(self) -> bool {
        matches!(self, Self::ServiceApp)
    }

    pub(crate) const fn client_kind(self) -> ClientKind {
        match self {
            Self::Integration => ClientKind::Integration,
            Self::ServiceApp => ClientKind::ServiceApp,
        }
    }

    pub(crate) const fn of_client(kind: ClientKind) -> Self {
        match kind {
            ClientKind::Integration => Self::Integration,
            ClientKind::ServiceApp => Self::ServiceApp,
        }
    }
}

/// Whose administrators find a Service App in their catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Nobody's yet.
    Nobody,
    /// Those of the developer's own organization: “Request admin authorization”.
    OwnOrganization,
    /// Those of every organization: “Submit”.
    Everyone,
}

impl Audience {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::OwnOrganization => "own_organization",
            Self::Everyone => "everyone",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        match text {
            "nobody" => Ok(Self::Nobody),
            "own_organization" => Ok(Self::OwnOrganization),
            "everyone" => Ok(Self::Everyone),
            _ => Err(Error::invalid(
                "A Service App is shown to nobody, to the own organization, or to everyone.",
            )),
        }
    }

    /// `submissionStatus` of the wire: whether it was submitted to every organization.
    pub const fn submission_status(self) -> &'static str {
        match self {
            Self::Everyone => "submitted",
            Self::Nobody | Self::OwnOrganization => "none",
        }
    }

    /// `orgSubmissionStatus` of the wire: whether the administrators of the own organization see it.
    pub const fn organization_submission_status(self) -> &'static str {
        match self {
            Self::Nobody => "none",
            Self::OwnOrganization | Self::Everyone => "submitted",
        }
    }
}

/// What this slice keeps of an application; the rest is the authorization server's client of the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The OAuth client id.
    pub client_id: String,
    /// Who registered it.
    pub owner_id: PersonId,
    /// Their organization at that moment, whose Full Admins see it too.
    pub organization_id: OrganizationId,
    /// What it does, in the words of its developer.
    pub description: String,
    /// Whether a logo was uploaded.
    pub has_logo: bool,
    /// The address of a logo that the API named; shown by nobody here, answered as it came.
    pub logo_url: String,
    /// Who finds it in the catalogue of Service Apps; integrations stand in theirs always.
    pub audience: Audience,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub modified_at: Timestamp,
    /// When its secret was made.
    pub secret_made_at: Timestamp,
    /// Until when the secret before works beside it.
    pub previous_secret_until: Option<Timestamp>,
}

impl Application {
    /// Whether administrators of this organization find it.
    pub fn is_shown_in(&self, organization: OrganizationId) -> bool {
        match self.audience {
            Audience::Nobody => false,
            Audience::OwnOrganization => self.organization_id == organization,
            Audience::Everyone => true,
        }
    }
}
