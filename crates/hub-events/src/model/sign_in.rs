use hub_caller::{OrganizationId, PersonId};

/// What happened at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignInKind {
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// Somebody tried, and was refused.
    Refused,
}

impl SignInKind {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::SignedIn, Self::SignedOut, Self::Refused];

    /// As the database keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::Refused => "refused",
        }
    }

    /// The category of `GET /v1/admin/securityAudit/events`.
    pub const fn category(self) -> &'static str {
        match self {
            Self::SignedIn | Self::Refused => "LOGINS",
            Self::SignedOut => "LOGOUT",
        }
    }

    /// The `eventDescription`.
    pub const fn description(self) -> &'static str {
        match self {
            Self::SignedIn => "A user signed in",
            Self::SignedOut => "A user signed out",
            Self::Refused => "A sign-in was refused",
        }
    }
}

/// One line of the security audit. When, from where and with which tracking id the recorder knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInEvent {
    /// Whose organization.
    pub organization_id: OrganizationId,
    /// Who; `None` where a person was named that does not exist.
    pub person_id: Option<PersonId>,
    /// As they are called.
    pub name: String,
    /// The address that was given at the door.
    pub email: String,
    /// Their roles, as the API names them.
    pub roles: Vec<String>,
    /// What happened.
    pub kind: SignInKind,
    /// A sentence: `Ada Adler signed in with a password.` Never a secret.
    pub action_text: String,
}
