use async_trait::async_trait;
use kit::{Result, SecretString};

use crate::PersonId;

/// Gives a new account its first password. Passwords are kept elsewhere; the composition wires this.
#[async_trait]
pub trait InitialPassword: Send + Sync {
    /// Sets the password of an account that was made a moment ago.
    async fn set(&self, person: PersonId, password: &SecretString) -> Result<()>;
}
