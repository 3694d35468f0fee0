//! The administrators' pages of this slice.

use axum::Router;

use crate::Telephony;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(telephony: Telephony) -> Router {
    Router::new().with_state(telephony)
}
