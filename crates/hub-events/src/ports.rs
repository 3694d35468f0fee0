use async_trait::async_trait;
use hub_caller::{OrganizationId, PersonId};
use kit::{Result, SecretString, Uuid};
use serde_json::Value;

/// Whether a grant is alive at this moment: a webhook and an event stream die with the grant that made them.
#[async_trait]
pub trait GrantStanding: Send + Sync {
    /// False for a grant that is dead, and for one that never was.
    async fn lives(&self, grant_id: Uuid) -> Result<bool>;
}

/// Signs security event tokens with a key that the JWKS of the issuer publishes.
#[async_trait]
pub trait SetSigner: Send + Sync {
    /// The compact form of a JWT of the type `secevent+jwt` with these claims (RFC 8417).
    async fn sign(&self, claims: &Value) -> Result<String>;
}

/// Who a client says it is, where it has no bearer token any more: the last news of a stream is why its grant died.
#[async_trait]
pub trait ClientCheck: Send + Sync {
    /// Whether the secret is this client's.
    async fn is_secret_of(&self, client_id: &str, secret: &SecretString) -> Result<bool>;
}

/// What this slice must know of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// Their organization.
    pub organization_id: OrganizationId,
    /// As they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether they hold a role that sees the people of the organization.
    pub administers: bool,
}

/// Who people and organizations are.
#[async_trait]
pub trait KnownNames: Send + Sync {
    /// A person who is there.
    async fn person(&self, person_id: PersonId) -> Result<Option<KnownPerson>>;

    /// The name of an organization.
    async fn organization(&self, organization_id: OrganizationId) -> Result<Option<String>>;
}
