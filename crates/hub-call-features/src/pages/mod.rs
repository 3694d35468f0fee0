//! The administrators' pages of this slice.

mod groups;

use axum::Router;
use kit_web::RouteSpec;

use crate::CallFeatures;

/// The pages of hunt groups and call queues; other subjects bring tables of their own.
pub(crate) const ROUTES: &[RouteSpec] = groups::ROUTES;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(call_features: CallFeatures) -> Router {
    Router::new().merge(groups::router()).with_state(call_features)
}
