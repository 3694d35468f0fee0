//! The administrators' pages of this slice.

use axum::Router;

use crate::CallFeatures;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(call_features: CallFeatures) -> Router {
    Router::new().with_state(call_features)
}
