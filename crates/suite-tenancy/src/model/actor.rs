use kit::{Error, Result, Uuid};

use super::{Action, CustomerId, PrincipalId, Role, SessionId};

kit::typed_id! {
    /// One line of somebody's roles.
    RoleAssignmentId
}

/// A role, and where it holds: for one customer, or everywhere (`None`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleAssignment {
    pub role: Role,
    pub customer: Option<CustomerId>,
}

/// On whose behalf a use case runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub principal_id: PrincipalId,
    pub name: String,
    pub email: String,
    /// By which session, when it is a person at a browser.
    pub session_id: Option<SessionId>,
    pub assignments: Vec<RoleAssignment>,
}

impl Actor {
    /// The Suite itself, or somebody at its terminal: who can start the program with its database may do everything.
    /// `name` says in the audit trail which part of the program it was.
    pub fn system(name: &str) -> Self {
        Self {
            principal_id: PrincipalId::new(Uuid::nil()),
            name: name.to_owned(),
            email: String::new(),
            session_id: None,
            assignments: vec![RoleAssignment {
                role: Role::Administrator,
                customer: None,
            }],
        }
    }

    /// A customer's Full Admin who came by an invitation: may authorize for that customer and nothing else.
    pub fn invited(name: &str, customer: CustomerId) -> Self {
        Self {
            principal_id: PrincipalId::new(Uuid::nil()),
            name: name.to_owned(),
            email: String::new(),
            session_id: None,
            assignments: vec![RoleAssignment {
                role: Role::InvitedAuthorizer,
                customer: Some(customer),
            }],
        }
    }

    /// Whether the rights table allows it. `None` means everywhere, which only an assignment everywhere gives.
    pub fn may(&self, action: Action, customer: Option<CustomerId>) -> bool {
        self.assignments.iter().any(|assignment| {
            let reaches = assignment.customer.is_none() || assignment.customer == customer;
            reaches && assignment.role.allows(action)
        })
    }

    /// The first line of every use case. A customer that the actor may not even see is not there.
    pub fn require(&self, action: Action, customer: Option<CustomerId>) -> Result<()> {
        if self.may(action, customer) {
            return Ok(());
        }
        let knows = customer.is_none()
            || self
                .assignments
                .iter()
                .any(|assignment| assignment.customer.is_none() || assignment.customer == customer);
        if knows {
            Err(Error::forbidden(format!(
                "Your roles do not allow you to {}. Ask an administrator of the Suite.",
                action.words()
            )))
        } else {
            Err(Error::not_found(
                "There is no such customer, or you may not see it.",
            ))
        }
    }

    /// The customers that the actor may see: `None` means all.
    pub fn visible_customers(&self) -> Option<Vec<CustomerId>> {
        if self.may(Action::ViewCustomer, None) {
            return None;
        }
        let visible = self
            .assignments
            .iter()
            .filter(|assignment| assignment.role.allows(Action::ViewCustomer));
        Some(visible.filter_map(|assignment| assignment.customer).collect())
    }

    /// Whether it is a signed-in user of the Suite, and not the program or a guest.
    pub fn is_principal(&self) -> bool {
        !self.principal_id.uuid().is_nil()
    }
}

#[cfg(test)]
mod tests {
    use kit::{Kind, Uuid};

    use super::*;

    fn actor(role: Role, customer: Option<CustomerId>) -> Actor {
        Actor {
            assignments: vec![RoleAssignment { role, customer }],
            ..Actor::system("somebody")
        }
    }

    fn customer(number: u128) -> CustomerId {
        CustomerId::new(Uuid::from_u128(number))
    }

    #[test]
    fn a_role_for_one_customer_reaches_that_customer_and_no_other() {
        let operator = actor(Role::Operator, Some(customer(1)));
        operator.require(Action::RunSynch, Some(customer(1))).unwrap();
        let elsewhere = operator.require(Action::RunSynch, Some(customer(2))).unwrap_err();
        assert_eq!(
            *elsewhere.kind(),
            Kind::NotFound,
            "another customer is not even there"
        );
        let greater = operator
            .require(Action::ManageCustomers, Some(customer(1)))
            .unwrap_err();
        assert_eq!(*greater.kind(), Kind::Forbidden);
        assert!(
            operator.require(Action::RunSynch, None).is_err(),
            "one customer is not everywhere"
        );
    }

    #[test]
    fn a_guest_authorizes_and_does_nothing_else() {
        let guest = Actor::invited("Invitation", customer(1));
        guest
            .require(Action::AuthorizeIntegration, Some(customer(1)))
            .unwrap();
        for (action, _) in super::super::RIGHTS
            .iter()
            .filter(|(action, _)| *action != Action::AuthorizeIntegration)
        {
            assert!(!guest.may(*action, Some(customer(1))), "{action:?}");
        }
        assert!(!guest.may(Action::AuthorizeIntegration, Some(customer(2))));
        assert_eq!(guest.visible_customers(), Some(Vec::new()));
    }

    #[test]
    fn nobody_without_assignments_may_do_anything() {
        let nobody = Actor {
            assignments: Vec::new(),
            ..Actor::system("nobody")
        };
        for (action, _) in super::super::RIGHTS {
            assert!(!nobody.may(*action, None) && !nobody.may(*action, Some(customer(1))));
        }
    }
}
