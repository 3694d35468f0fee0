use kit::Timestamp;
use webex::Role;

use crate::{Account, OrganizationId, PersonId};

/// The account of a Service App in an organization: it acts there, and is nobody. It stands in no list of people, holds
/// no licence, has no password and cannot sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Under which it acts.
    pub id: PersonId,
    /// In which organization.
    pub organization_id: OrganizationId,
    /// Which Service App.
    pub client_id: String,
    /// The name of the Service App.
    pub display_name: String,
    /// When it was authorized.
    pub created_at: Timestamp,
}

/// A Full Admin authorized the Service App, and its scopes say what of a Full Admin's work it may do. Reading call
/// records is a role of its own, which its scope then stands for.
const ROLES: [Role; 2] = [Role::FullAdministrator, Role::CallHistory];

impl Machine {
    /// An address that no mail reaches (RFC 2606).
    pub fn email(&self) -> String {
        format!("{}@service-app.invalid", self.id)
    }

    /// What other slices need to know of it.
    pub fn account(self) -> Account {
        let email = self.email();
        let Self {
            id,
            organization_id,
            client_id: _,
            display_name,
            created_at: _,
        } = self;
        let mut roles = ROLES.to_vec();
        roles.sort_unstable();
        Account {
            person_id: id,
            organization_id,
            email,
            display_name,
            roles,
            login_enabled: true,
            organization_closed: false,
            shares_presence: true,
        }
    }
}
