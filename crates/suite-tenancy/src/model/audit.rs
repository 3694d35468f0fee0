use kit::Timestamp;

use super::{Actor, CustomerId, PrincipalId};

/// Something that somebody did, on its way into the audit trail.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    pub actor: &'a Actor,
    pub customer: Option<CustomerId>,
    /// What was done, as a stable word: `customer.added`.
    pub verb: &'static str,
    /// To what: a name that people recognize.
    pub subject: String,
    /// One sentence with what matters, without secrets.
    pub detail: String,
}

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedEntry {
    pub id: String,
    pub at: Timestamp,
    pub actor_id: Option<PrincipalId>,
    pub actor_name: String,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub verb: String,
    pub subject: String,
    pub detail: String,
}
