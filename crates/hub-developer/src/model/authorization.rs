use hub_directory::{OrganizationId, PersonId};
use kit::Timestamp;
use webex::ScopeSet;

/// A Service App may act in an organization, because one of its Full Admins said so. It outlives that person's password,
/// role and account; it ends when an administrator takes it back or the developer deletes the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAppAuthorization {
    /// Which application.
    pub client_id: String,
    /// In which organization.
    pub organization_id: OrganizationId,
    /// The account under which it acts there.
    pub machine_id: PersonId,
    /// What it may do there: what it asked for at that moment.
    pub scopes: ScopeSet,
    /// Who authorized it.
    pub authorized_by: PersonId,
    /// What they were called at that moment.
    pub authorized_by_name: String,
    /// When.
    pub authorized_at: Timestamp,
}
