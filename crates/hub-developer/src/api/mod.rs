//! `/v1/applications`.

mod applications;
mod body;
mod service_apps;

use axum::Router;
use axum::routing::{delete, get, post};

use crate::Developer;

/// The API. The composition puts a [`hub_directory::Caller`] into each request whose token it found valid.
pub fn api_router(developer: Developer) -> Router {
    Router::new()
        .route(
            "/v1/applications",
            get(applications::list).post(applications::create),
        )
        .route(
            "/v1/applications/{application_id}",
            get(applications::show)
                .put(applications::update)
                .delete(applications::remove),
        )
        .route(
            "/v1/applications/{application_id}/clientSecret",
            delete(applications::renew_secret),
        )
        .route(
            "/v1/applications/{application_id}/authorize",
            post(service_apps::authorize),
        )
        .route(
            "/v1/applications/{application_id}/deauthorize",
            post(service_apps::deauthorize),
        )
        .route(
            "/v1/applications/{application_id}/token",
            post(service_apps::token),
        )
        .with_state(developer)
}
