use hub_directory::PersonId;
use kit::Timestamp;

use super::Audience;

/// Somebody whom a Full Administrator named to decide requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// Who.
    pub person_id: PersonId,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Who named them.
    pub named_by: String,
    /// When.
    pub named_at: Timestamp,
}

/// An approval that ends by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// Who loses access; nothing: everybody.
    pub person_id: Option<PersonId>,
    /// When.
    pub expires_at: Timestamp,
    /// Who approved.
    pub given_by: String,
    /// Who may use the integration afterwards, where it was approved for everybody.
    pub afterwards: Audience,
}

/// How many people may be named.
pub(crate) const MOST_REVIEWERS: usize = 50;
