//! Administrator roles as the platform names them: the same in every organization.

/// An administrator role that a seeded person can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeedRole {
    FullAdmin,
    ReadOnlyAdmin,
    UserAdmin,
    DeviceAdmin,
    SupportAdmin,
    HelpDeskAdmin,
    AdvancedHelpDeskAdmin,
}

impl SeedRole {
    /// The fixed key, which is the value inside the role's public id.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FullAdmin => "id_full_admin",
            Self::ReadOnlyAdmin => "id_readonly_admin",
            Self::UserAdmin => "id_user_admin",
            Self::DeviceAdmin => "id_device_admin",
            Self::SupportAdmin => "atlas-portal.support",
            Self::HelpDeskAdmin => "atlas-portal.partner.helpdesk",
            Self::AdvancedHelpDeskAdmin => "atlas-portal.partner.helpdesk.advanced",
        }
    }
}
