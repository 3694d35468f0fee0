//! Which authorizations die or go blind before something is done: to a person, or to the policy of integrations.
//!
//! Nothing is tried out. What will die is computed from the living grants and from the same rules that decide afterwards
//! ([`Audience::minus`](crate::model::Audience::minus), the epochs of identity); a property test holds the two together.

mod api;
mod loss;
mod people;
mod policies;

pub use api::{BLAST_RADIUS_ROUTES, blast_radius_router};
pub use loss::Loss;
pub use policies::PolicyDeed;
