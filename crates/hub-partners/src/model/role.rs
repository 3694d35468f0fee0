use kit::{Error, Result};
use webex::Role;

/// What somebody may do with a partner's customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartnerRole {
    /// Administers every customer, and says who else does.
    FullAdministrator,
    /// Administers the customers that were assigned to them.
    Administrator,
    /// Sees every customer and changes nothing.
    ReadOnly,
    /// Sees the people of every customer, to help them.
    HelpDesk,
}

impl PartnerRole {
    /// Every role.
    pub const ALL: [Self; 4] = [
        Self::FullAdministrator,
        Self::Administrator,
        Self::ReadOnly,
        Self::HelpDesk,
    ];

    /// The word that the database and the API keep.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FullAdministrator => "full",
            Self::Administrator => "assigned",
            Self::ReadOnly => "readonly",
            Self::HelpDesk => "helpdesk",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FullAdministrator => "Partner full administrator",
            Self::Administrator => "Partner administrator",
            Self::ReadOnly => "Partner read-only administrator",
            Self::HelpDesk => "Help desk",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|role| role.word() == word)
            .ok_or_else(|| {
                Error::invalid(format!(
                    "“{}” is no partner role; there are full, assigned, readonly and helpdesk.",
                    word.chars().take(40).collect::<String>()
                ))
            })
    }

    /// Whether the customers must be assigned one by one.
    pub const fn is_assigned(self) -> bool {
        matches!(self, Self::Administrator)
    }

    /// Whether somebody with these roles at home still has it: whoever is no administrator of the partner any more administers
    /// none of its customers. Who is assigned customers one by one needs no role at home.
    pub fn stands_on(self, roles_at_home: &[Role]) -> bool {
        let any = |wanted: &[Role]| wanted.iter().any(|role| roles_at_home.contains(role));
        match self {
            Self::FullAdministrator => any(&[Role::FullAdministrator]),
            Self::Administrator => true,
            Self::ReadOnly => any(&[Role::FullAdministrator, Role::ReadOnlyAdministrator]),
            Self::HelpDesk => any(&[
                Role::FullAdministrator,
                Role::HelpDeskAdministrator,
                Role::AdvancedHelpDeskAdministrator,
            ]),
        }
    }

    /// What the role is worth in a customer's organization.
    pub fn roles_at_customers(self) -> Vec<Role> {
        vec![match self {
            Self::FullAdministrator | Self::Administrator => Role::FullAdministrator,
            Self::ReadOnly => Role::ReadOnlyAdministrator,
            Self::HelpDesk => Role::HelpDeskAdministrator,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_and_others_are_named() {
        for role in PartnerRole::ALL {
            assert_eq!(PartnerRole::parse(role.word()).unwrap(), role);
        }
        let error = PartnerRole::parse("owner").unwrap_err();
        assert!(error.public().contains("“owner”"), "{}", error.public());
    }

    #[test]
    fn only_who_administers_is_a_full_admin_at_a_customer() {
        let full = PartnerRole::ALL
            .into_iter()
            .filter(|role| role.roles_at_customers().contains(&Role::FullAdministrator));
        assert_eq!(
            full.collect::<Vec<_>>(),
            [PartnerRole::FullAdministrator, PartnerRole::Administrator]
        );
    }
}
