//! The administrators' pages of this slice.

use axum::Router;

use crate::Scim;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(scim: Scim) -> Router {
    Router::new().with_state(scim)
}
