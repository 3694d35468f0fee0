use crate::{PublicId, ResourceKind};

/// An administrator role. The ids are the same in every organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are Control Hub's own")]
pub enum Role {
    FullAdministrator,
    ReadOnlyAdministrator,
    UserAdministrator,
    DeviceAdministrator,
    SupportAdministrator,
    SalesAdministrator,
    HelpDeskAdministrator,
    AdvancedHelpDeskAdministrator,
    /// Lets its holder read call records: “Webex Calling Detailed Call History API access”.
    CallHistory,
}

impl Role {
    /// Every role, in the order in which Control Hub lists them.
    pub const ALL: [Self; 9] = [
        Self::FullAdministrator,
        Self::ReadOnlyAdministrator,
        Self::UserAdministrator,
        Self::DeviceAdministrator,
        Self::SupportAdministrator,
        Self::SalesAdministrator,
        Self::HelpDeskAdministrator,
        Self::AdvancedHelpDeskAdministrator,
        Self::CallHistory,
    ];

    /// The key inside the role's id.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FullAdministrator => "id_full_admin",
            Self::ReadOnlyAdministrator => "id_readonly_admin",
            Self::UserAdministrator => "id_user_admin",
            Self::DeviceAdministrator => "id_device_admin",
            Self::SupportAdministrator => "atlas-portal.support",
            Self::SalesAdministrator => "atlas-portal.partner.salesadmin",
            Self::HelpDeskAdministrator => "atlas-portal.partner.helpdesk",
            Self::AdvancedHelpDeskAdministrator => "atlas-portal.partner.helpdesk.advanced",
            // The published material names the role and not its key; this key is ours.
            Self::CallHistory => "atlas-portal.calling.cdr",
        }
    }

    /// The name that Control Hub and `GET /v1/roles` show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FullAdministrator => "Full Administrator",
            Self::ReadOnlyAdministrator => "Read-Only Administrator",
            Self::UserAdministrator => "User Administrator",
            Self::DeviceAdministrator => "Device Administrator",
            Self::SupportAdministrator => "Support Administrator",
            Self::SalesAdministrator => "Sales Administrator",
            Self::HelpDeskAdministrator => "Help Desk Administrator",
            Self::AdvancedHelpDeskAdministrator => "Advanced Help Desk Administrator",
            Self::CallHistory => "Webex Calling Detailed Call History API access",
        }
    }

    /// The public id.
    pub fn id(self) -> PublicId {
        PublicId::new(ResourceKind::Role, self.key())
    }

    /// The role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The role with this public id or key.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::from_key(id).or_else(|| {
            PublicId::parse(ResourceKind::Role, id)
                .ok()
                .and_then(|id| Self::from_key(id.value()))
        })
    }
}
