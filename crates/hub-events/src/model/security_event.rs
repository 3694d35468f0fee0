use hub_caller::{OrganizationId, PersonId};

/// To whom or what it happened. Events of one subject arrive in the order of their causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A person.
    Person(PersonId),
    /// An integration in one organization.
    Client {
        /// Its client id.
        client_id: String,
    },
    /// One grant of a person to an integration.
    Grant {
        /// The grant's own id (the id of its authorization).
        grant_id: kit::Uuid,
        /// Whose.
        person_id: PersonId,
        /// To which integration.
        client_id: String,
    },
    /// The whole organization.
    Organization,
}

/// Who set it off (CAEP 1.0, section 2, `initiating_entity`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initiator {
    /// An administrator.
    Admin,
    /// The person.
    User,
    /// A rule, such as an expiry.
    Policy,
    /// The Hub itself.
    System,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecurityEventKind {
    /// The person changed their password.
    PasswordChanged,
    /// An administrator reset the person's password.
    PasswordReset,
    /// An administrator reset the person's access; the password stayed.
    AccessReset,
    /// The person was deactivated.
    Deactivated,
    /// The person was activated again. Nothing that died lives again.
    Reactivated,
    /// The person was deleted.
    Deleted,
    /// The person lost the Full Administrator role.
    FullAdministratorRemoved,
    /// The person lost the role that reads call records.
    CallRecordsRoleRemoved,
    /// The person hides presence: their integrations go blind.
    PresenceHidden,
    /// The person shows presence again.
    PresenceShown,
    /// The integration was blocked and existing grants ended.
    IntegrationBlocked,
    /// The integration was blocked for new authorizations; those given before the cut-off pass.
    IntegrationBlockedForNew,
    /// The integration was allowed again.
    IntegrationAllowed,
    /// An administrator ended every grant of the integration.
    IntegrationRevoked,
    /// The integration was deleted.
    IntegrationDeleted,
    /// The integration has a new secret.
    SecretRotated,
    /// An administrator deleted one authorization.
    AuthorizationDeleted,
    /// The integration gave its grant back.
    AuthorizationRevokedByClient,
    /// The person withdrew consent.
    ConsentWithdrawn,
    /// A refresh token was not used until it expired.
    RefreshExpired,
    /// A refresh token was used after its successor: a copy is in other hands, the grant ended.
    RefreshTokenStolen,
    /// The account has as many access tokens as it may have.
    TokenCeilingReached,
    /// The organization was closed.
    OrganizationClosed,
}

impl SecurityEventKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::AccessReset,
        Self::Deactivated,
        Self::Reactivated,
        Self::Deleted,
        Self::FullAdministratorRemoved,
        Self::CallRecordsRoleRemoved,
        Self::PresenceHidden,
        Self::PresenceShown,
        Self::IntegrationBlocked,
        Self::IntegrationBlockedForNew,
        Self::IntegrationAllowed,
        Self::IntegrationRevoked,
        Self::IntegrationDeleted,
        Self::SecretRotated,
        Self::AuthorizationDeleted,
        Self::AuthorizationRevokedByClient,
        Self::ConsentWithdrawn,
        Self::RefreshExpired,
        Self::RefreshTokenStolen,
        Self::TokenCeilingReached,
        Self::OrganizationClosed,
    ];

    /// The name in the outbox and at the end of the event's address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password-changed",
            Self::PasswordReset => "password-reset",
            Self::AccessReset => "access-reset",
            Self::Deactivated => "deactivated",
            Self::Reactivated => "reactivated",
            Self::Deleted => "deleted",
            Self::FullAdministratorRemoved => "full-administrator-removed",
            Self::CallRecordsRoleRemoved => "call-records-role-removed",
            Self::PresenceHidden => "presence-hidden",
            Self::PresenceShown => "presence-shown",
            Self::IntegrationBlocked => "integration-blocked",
            Self::IntegrationBlockedForNew => "integration-blocked-for-new",
            Self::IntegrationAllowed => "integration-allowed",
            Self::IntegrationRevoked => "integration-revoked",
            Self::IntegrationDeleted => "integration-deleted",
            Self::SecretRotated => "secret-rotated",
            Self::AuthorizationDeleted => "authorization-deleted",
            Self::AuthorizationRevokedByClient => "authorization-revoked-by-client",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::RefreshExpired => "refresh-expired",
            Self::RefreshTokenStolen => "refresh-token-stolen",
            Self::TokenCeilingReached => "token-ceiling-reached",
            Self::OrganizationClosed => "organization-closed",
        }
    }
}

/// A security event, from which one signed token per stream is made (RFC 8417).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityEvent {
    /// In which organization.
    pub organization_id: OrganizationId,
    /// To whom or what.
    pub subject: Subject,
    /// What.
    pub kind: SecurityEventKind,
    /// Who set it off.
    pub initiator: Initiator,
    /// A sentence for administrators.
    pub reason: String,
}
