//! The administrators' pages of this slice.

mod attendants;
mod common;
mod confirm;
mod groups;
mod schedules;

use axum::Router;
use kit_web::RouteSpec;

use crate::CallFeatures;

/// The pages of hunt groups.
pub(crate) const HUNT_GROUP_ROUTES: &[RouteSpec] = groups::HUNT_GROUP_PAGES;

/// The pages of call queues.
pub(crate) const QUEUE_ROUTES: &[RouteSpec] = groups::QUEUE_PAGES;

/// The pages of auto attendants.
pub(crate) const ATTENDANT_ROUTES: &[RouteSpec] = attendants::ROUTES;

/// The pages of schedules.
pub(crate) const SCHEDULE_ROUTES: &[RouteSpec] = schedules::ROUTES;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(call_features: CallFeatures) -> Router {
    Router::new()
        .merge(groups::router())
        .merge(attendants::router())
        .merge(schedules::router())
        .with_state(call_features)
}
