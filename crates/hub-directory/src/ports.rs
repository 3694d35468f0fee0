use async_trait::async_trait;
use kit::{Result, SecretString};

use crate::{OrganizationId, PersonId};

/// Gives a new account its first password. Passwords are kept elsewhere; the composition wires this.
#[async_trait]
pub trait InitialPassword: Send + Sync {
    /// Sets the password of an account that was made a moment ago.
    async fn set(&self, person: PersonId, password: &SecretString) -> Result<()>;
}

/// Knows which organizations somebody sees beside their own. Partners are kept elsewhere; the composition wires this.
#[async_trait]
pub trait ManagedOrganizations: Send + Sync {
    /// Those organizations, in any order.
    async fn of(&self, person: PersonId) -> Result<Vec<OrganizationId>>;
}
