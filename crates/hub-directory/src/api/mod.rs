//! The public API of this slice: HTTP in, one call, reply out.

mod licenses;
mod locations;
mod organizations;
mod people;
mod person_body;
mod person_wire;
pub(crate) mod reply;
mod routes;
mod telephony_locations;

use axum::Router;
use axum::routing::{get, put};

use crate::Directory;
pub use routes::ROUTES;

/// The public API. The composition puts a [`crate::Caller`] into each request whose token it found valid.
pub fn api_router(directory: Directory) -> Router {
    let people = || get(people::list).post(people::create);
    Router::new()
        .route("/v1/people", people())
        // The JavaScript SDK asks with a slash at the end.
        .route("/v1/people/", people())
        .route("/v1/people/me", get(people::me))
        .route(
            "/v1/people/{person_id}",
            get(people::show).put(people::update).delete(people::delete),
        )
        .route("/v1/roles", get(organizations::roles))
        .route("/v1/roles/{role_id}", get(organizations::role))
        .route("/v1/organizations", get(organizations::list))
        .route("/v1/organizations/{organization_id}", get(organizations::show))
        .route("/v1/licenses", get(licenses::list))
        .route("/v1/licenses/{license_id}", get(licenses::show))
        .route("/v1/locations", get(locations::list).post(locations::create))
        .route(
            "/v1/locations/{location_id}",
            put(locations::update)
                .get(locations::show)
                .delete(locations::delete),
        )
        .route(
            "/v1/telephony/config/locations",
            get(telephony_locations::list).post(telephony_locations::enable),
        )
        .route(
            "/v1/telephony/config/locations/{location_id}",
            get(telephony_locations::show)
                .put(telephony_locations::update)
                .delete(telephony_locations::disable),
        )
        .with_state(directory)
}
