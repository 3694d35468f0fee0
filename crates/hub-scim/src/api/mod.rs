//! The public API of this slice: HTTP in, one call, reply out.

mod bulk;
mod discovery;
mod groups;
mod meta_schemas;
mod organization;
mod reply;
mod request;
mod routes;
mod scim_groups;
mod search;
mod users;

use axum::Router;
use axum::middleware;
use axum::routing::{any, get, post};

use crate::Scim;
pub use routes::ROUTES;

/// The public API. The composition puts a [`hub_directory::Caller`] into each request whose token it found valid.
pub fn api_router(scim: Scim) -> Router {
    scim_router(scim.clone()).merge(other_router(scim))
}

/// Everything that speaks SCIM, also where it says no.
fn scim_router(scim: Scim) -> Router {
    let user = get(users::show)
        .put(users::replace)
        .patch(users::patch)
        .delete(users::delete);
    let group = get(scim_groups::show)
        .put(scim_groups::replace)
        .patch(scim_groups::patch)
        .delete(scim_groups::delete);
    Router::new()
        .route("/identity/scim/v2/Users/me", get(users::me))
        .route(
            "/identity/scim/{organization_id}/v2/Users",
            get(users::search).post(users::create),
        )
        .route(
            "/identity/scim/{organization_id}/v2/Users/.search",
            post(search::users),
        )
        .route("/identity/scim/{organization_id}/v2/Users/{user_id}", user)
        .route(
            "/identity/scim/{organization_id}/v2/Groups",
            get(scim_groups::search).post(scim_groups::create),
        )
        .route(
            "/identity/scim/{organization_id}/v2/Groups/.search",
            post(search::groups),
        )
        .route("/identity/scim/{organization_id}/v2/Groups/{group_id}", group)
        .route(
            "/identity/scim/{organization_id}/v2/Groups/{group_id}/Members",
            get(scim_groups::members),
        )
        .route(
            "/identity/scim/{organization_id}/v2/.search",
            post(search::everything),
        )
        .route("/identity/scim/{organization_id}/v2/Bulk", post(bulk::run))
        .merge(discovery_router())
        .route(NOTHING, any(reply::nothing_here))
        .layer(middleware::from_fn(reply::in_the_accepted_type))
        .with_state(scim)
}

/// What a client can learn about the server.
fn discovery_router() -> Router<Scim> {
    Router::new()
        .route(
            "/identity/scim/{organization_id}/v2/ServiceProviderConfig",
            get(discovery::config),
        )
        .route(
            "/identity/scim/{organization_id}/v2/ResourceTypes",
            get(discovery::resource_types),
        )
        .route(
            "/identity/scim/{organization_id}/v2/ResourceTypes/{name}",
            get(discovery::resource_type),
        )
        .route(
            "/identity/scim/{organization_id}/v2/Schemas",
            get(discovery::schemas),
        )
        .route(
            "/identity/scim/{organization_id}/v2/Schemas/{schema_id}",
            get(discovery::schema),
        )
        .route(
            "/identity/scim/{organization_id}/v2/Schemas/SCIM2/{name}",
            get(discovery::schema_by_name),
        )
}

/// Whatever else somebody asks of SCIM.
const NOTHING: &str = "/identity/scim/{organization_id}/v2/{*rest}";

fn other_router(scim: Scim) -> Router {
    let members = || get(groups::members);
    let organization = || get(organization::show).patch(organization::change);
    Router::new()
        .route("/v1/groups", get(groups::list).post(groups::create))
        .route(
            "/v1/groups/{group_id}",
            get(groups::show).patch(groups::change).delete(groups::delete),
        )
        .route("/v1/groups/{group_id}/members", members())
        // The published operation writes it so, and the SDK follows.
        .route("/v1/groups/{group_id}/Members", members())
        .route("/v1/identity/organizations/{organization_id}", organization())
        .route("/identity/organizations/{organization_id}", organization())
        .with_state(scim)
}
