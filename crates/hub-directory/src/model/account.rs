use kit::Timestamp;
use webex::Role;

use crate::{OrganizationId, PersonId};

/// What other slices need to know of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The person.
    pub person_id: PersonId,
    /// Their organization.
    pub organization_id: OrganizationId,
    /// Lower case; the address by which they sign in.
    pub email: String,
    /// As people call them.
    pub display_name: String,
    /// Administrator roles, in Control Hub's order.
    pub roles: Vec<Role>,
    /// False for somebody who was deactivated, and for everybody of an organization that was closed.
    pub login_enabled: bool,
    /// Whether their organization was closed.
    pub organization_closed: bool,
    /// False for somebody who hides presence.
    pub shares_presence: bool,
}

impl Account {
    /// Whether the person is a Full Admin.
    pub fn is_full_admin(&self) -> bool {
        self.roles.contains(&Role::FullAdministrator)
    }
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub display_name: String,
    /// The domain of its addresses.
    pub domain: String,
    /// When it came.
    pub created_at: Timestamp,
}
