use hub_directory::{OrganizationId, PersonId};
use kit::{Timestamp, Uuid};
use webex::ScopeSet;

/// Somebody wanted to authorize an integration that their organization blocks.
#[derive(Clone, Debug)]
pub struct AccessRequest {
    /// Its id.
    pub id: Uuid,
    /// Where.
    pub organization_id: OrganizationId,
    /// What they wanted to use.
    pub client_id: String,
    /// Who.
    pub person_id: PersonId,
    /// Their name when they tried last.
    pub person_name: String,
    /// Their address when they tried last.
    pub person_email: String,
    /// What the integration asked for when they tried last.
    pub scopes: ScopeSet,
    /// How often they tried.
    pub attempts: i64,
    /// When they tried first.
    pub first_at: Timestamp,
    /// When they tried last.
    pub last_at: Timestamp,
}

/// The open requests for one integration.
#[derive(Clone, Debug)]
pub struct Demand {
    /// The integration.
    pub client_id: String,
    /// How many people wait.
    pub people: i64,
    /// How often they tried, together.
    pub attempts: i64,
    /// When somebody tried first.
    pub first_at: Timestamp,
    /// When somebody tried last.
    pub last_at: Timestamp,
}

/// How many requests are kept for one organization. Whoever may sign in may cause one for each integration, so
/// there has to be an end; the decided ones go first, then those that nobody repeated for longest.
pub(crate) const MOST_REQUESTS: i64 = 5_000;
