//! What every slice that serves the public API shares: the query of a request, its answers, and the common rights.

pub use crate::api::reply::{Answer, done, large_object, made, object};
pub use crate::model::e164;
pub use crate::model::rights::{
    ADMINISTRATORS, FULL_ADMIN, NOT_FOUND, PEOPLE_WRITERS, TELEPHONY_READ, TELEPHONY_READERS,
    TELEPHONY_WRITE, require, require_own,
};
pub use crate::query::{Pairs, path_uuid};
