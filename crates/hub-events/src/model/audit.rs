use hub_caller::{OrganizationId, PersonId};

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person, as they were called at that moment.
    Person {
        /// Their id.
        id: PersonId,
        /// Their organization, which is another one for a partner's administrator.
        organization_id: OrganizationId,
        /// Display name.
        name: String,
        /// E-mail address.
        email: String,
        /// Their roles at that moment, as the API names them.
        roles: Vec<String>,
    },
    /// The Hub itself, with the name of what acted: `first start`, `expiry of an approval`, `simulation`.
    Program(String),
}

/// The categories of `GET /v1/adminAudit/eventCategories`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditCategory {
    /// People came, changed and went.
    Users,
    /// Roles came and went.
    AdministratorRoles,
    /// Policies of integrations, requests for them, authorizations that an administrator ended.
    Integrations,
    /// Service Apps were authorized and deauthorized.
    ServiceApps,
    /// Passwords, sign-in rules, sessions that an administrator ended.
    Authentication,
    /// Settings of the organization.
    OrganizationSettings,
    /// Applications were registered, changed, got a new secret, were deleted.
    DeveloperApplications,
    /// What a simulation did.
    Simulation,
}

impl AuditCategory {
    /// Every category.
    pub const ALL: &[Self] = &[
        Self::Users,
        Self::AdministratorRoles,
        Self::Integrations,
        Self::ServiceApps,
        Self::Authentication,
        Self::OrganizationSettings,
        Self::DeveloperApplications,
        Self::Simulation,
    ];

    /// As pages call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "Users",
            Self::AdministratorRoles => "Administrator roles",
            Self::Integrations => "Integrations",
            Self::ServiceApps => "Service Apps",
            Self::Authentication => "Authentication",
            Self::OrganizationSettings => "Organization settings",
            Self::DeveloperApplications => "Developer applications",
            Self::Simulation => "Simulation",
        }
    }

    /// As the API writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Users => "USERS",
            Self::AdministratorRoles => "ADMINISTRATOR_ROLES",
            Self::Integrations => "INTEGRATIONS",
            Self::ServiceApps => "SERVICE_APPS",
            Self::Authentication => "AUTHENTICATION",
            Self::OrganizationSettings => "ORGANIZATION_SETTINGS",
            Self::DeveloperApplications => "DEVELOPER_APPLICATIONS",
            Self::Simulation => "SIMULATION",
        }
    }
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `PERSON`, `APPLICATION`, `ORGANIZATION`, `POLICY`, `AUTHORIZATION` …
    pub kind: &'static str,
    /// Its public id.
    pub id: String,
    /// As people call it.
    pub name: String,
}

/// One line of the admin audit: who, what, to what, and what it was before and afterwards. When and from where the recorder knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// In whose organization it happened.
    pub organization_id: OrganizationId,
    /// By whom.
    pub actor: Actor,
    /// Which kind of change.
    pub category: AuditCategory,
    /// A short name of the event: `User password reset`.
    pub description: String,
    /// A sentence: `Ada Adler reset the password of Ben Brook.`
    pub action_text: String,
    /// What was changed.
    pub target: Option<Target>,
    /// The setting that was changed, where it is one.
    pub setting: Option<String>,
    /// What it was before. Never a secret.
    pub previous_value: Option<String>,
    /// What it is now. Never a secret.
    pub new_value: Option<String>,
}
