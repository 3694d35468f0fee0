/// What somebody can do; every use case names one and asks [`crate::Actor::require`] before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See that the customer exists, and its page.
    ViewCustomer,
    /// Add (everywhere) or rename customers.
    ManageCustomers,
    /// Begin and finish an authorization.
    AuthorizeIntegration,
    /// Ask the other side whether an authorization is alive.
    CheckAuthorization,
    /// Make and revoke links for a customer's Full Admin.
    InviteAuthorizer,
    /// Start and stop a synchronization.
    RunSynch,
    /// See the people and locations of the customer.
    ViewDirectory,
    /// Add, disable and enable users of the Suite, and their roles.
    ManagePrincipals,
    /// Read the audit trail.
    ViewAudit,
}

/// A set of actions with a name; assigned everywhere or for one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything, everywhere.
    Administrator,
    /// Everything about a customer.
    CustomerManager,
    /// Keeps a customer's integrations running.
    Operator,
    /// Looks, changes nothing.
    Viewer,
    /// A customer's Full Admin who holds an invitation and is no user of the Suite. Never assigned.
    InvitedAuthorizer,
}

impl Role {
    /// The roles that can be assigned, the greatest first.
    pub const ASSIGNABLE: [Self; 4] = [
        Self::Administrator,
        Self::CustomerManager,
        Self::Operator,
        Self::Viewer,
    ];

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::CustomerManager => "customer_manager",
            Self::Operator => "operator",
            Self::Viewer => "viewer",
            Self::InvitedAuthorizer => "invited_authorizer",
        }
    }

    /// The word on pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::CustomerManager => "Customer manager",
            Self::Operator => "Operator",
            Self::Viewer => "Viewer",
            Self::InvitedAuthorizer => "Invited authorizer",
        }
    }

    /// What the role is for, in one sentence.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Administrator => "Everything, for every customer, and the users of the Suite.",
            Self::CustomerManager => {
                "Everything about a customer: name, authorizations, invitations, synchronization, audit."
            }
            Self::Operator => "Keeps a customer running: checks authorizations, starts synchronizations.",
            Self::Viewer => "Sees everything about a customer, changes nothing.",
            Self::InvitedAuthorizer => "Authorizes the integrations that the invitation names.",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ASSIGNABLE.into_iter().find(|role| role.key() == key)
    }

    /// Whether the rights table lets this role do it.
    pub fn allows(self, action: Action) -> bool {
        RIGHTS
            .iter()
            .any(|(candidate, roles)| *candidate == action && roles.contains(&self))
    }
}

/// The one table of rights: action × role. Where it holds (everywhere, or for one customer) is in the assignment.
pub const RIGHTS: &[(Action, &[Role])] = {
    use Role::{Administrator, CustomerManager, InvitedAuthorizer, Operator, Viewer};
    &[
        (
            Action::ViewCustomer,
            &[Administrator, CustomerManager, Operator, Viewer],
        ),
        (Action::ManageCustomers, &[Administrator, CustomerManager]),
        (
            Action::AuthorizeIntegration,
            &[Administrator, CustomerManager, InvitedAuthorizer],
        ),
        (
            Action::CheckAuthorization,
            &[Administrator, CustomerManager, Operator],
        ),
        (Action::InviteAuthorizer, &[Administrator, CustomerManager]),
        (Action::RunSynch, &[Administrator, CustomerManager, Operator]),
        (
            Action::ViewDirectory,
            &[Administrator, CustomerManager, Operator, Viewer],
        ),
        (Action::ManagePrincipals, &[Administrator]),
        (Action::ViewAudit, &[Administrator, CustomerManager]),
    ]
};

impl Action {
    /// What the action is, as the end of “you may not …”.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ViewCustomer => "see this customer",
            Self::ManageCustomers => "add or change customers here",
            Self::AuthorizeIntegration => "authorize integrations of this customer",
            Self::CheckAuthorization => "check authorizations of this customer",
            Self::InviteAuthorizer => "invite authorizers for this customer",
            Self::RunSynch => "synchronize this customer",
            Self::ViewDirectory => "see the directory of this customer",
            Self::ManagePrincipals => "manage the users of the Suite",
            Self::ViewAudit => "read this audit trail",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rights_table_is_what_it_was_when_somebody_last_looked() {
        let roles = [
            Role::Administrator,
            Role::CustomerManager,
            Role::Operator,
            Role::Viewer,
            Role::InvitedAuthorizer,
        ];
        let mut matrix = format!("{:24}", "");
        for role in roles {
            matrix.push_str(&format!("{:20}", role.name()));
        }
        for (action, _) in RIGHTS {
            matrix.push_str(&format!("\n{:24}", format!("{action:?}")));
            for role in roles {
                matrix.push_str(&format!("{:20}", if role.allows(*action) { "yes" } else { "-" }));
            }
        }
        let matrix: Vec<&str> = matrix.lines().map(str::trim_end).collect();
        insta::assert_snapshot!(matrix.join("\n"));
    }

    #[test]
    fn every_action_has_exactly_one_row() {
        for (index, (action, _)) in RIGHTS.iter().enumerate() {
            assert!(
                RIGHTS.iter().skip(index + 1).all(|(other, _)| other != action),
                "{action:?} stands twice"
            );
        }
        assert!(
            RIGHTS
                .iter()
                .all(|(_, roles)| roles.contains(&Role::Administrator))
        );
    }
}
