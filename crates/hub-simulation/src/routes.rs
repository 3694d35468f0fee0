use axum::routing::{delete, get, post};
use axum::{Router, middleware};
use http::Method;
use kit_web::RouteSpec;

use crate::{Simulation, api, pages};

const fn open(method: &'static Method, path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::open(method, path, summary)
}

/// Every route of this slice; those of the clock are `kit_simulation::ROUTES`. They are there with `--simulate` only, and
/// answer this machine only.
pub const ROUTES: &[RouteSpec] = &[
    open(&Method::GET, "/simulation", "The console of the simulation"),
    open(&Method::POST, "/simulation/clock", "Moves the clock of the Hub"),
    open(&Method::POST, "/simulation/people", "Acts on a person, or as one"),
    open(&Method::POST, "/simulation/sign-in", "Signs in as anyone"),
    open(
        &Method::POST,
        "/simulation/integrations",
        "Acts on an integration",
    ),
    open(
        &Method::POST,
        "/simulation/expire-access-tokens",
        "Lets every access token expire",
    ),
    open(&Method::POST, "/simulation/faults", "Makes a fault"),
    open(&Method::POST, "/simulation/faults/{id}/remove", "Removes a fault"),
    open(&Method::POST, "/simulation/reset", "Forgets faults and log"),
    open(
        &Method::POST,
        "/simulation/v1/people/{email}/{act}",
        "Acts on a person, or as one, without their password",
    ),
    open(
        &Method::POST,
        "/simulation/v1/integrations/{client_id}/{act}",
        "Acts on an integration",
    ),
    open(
        &Method::POST,
        "/simulation/v1/organizations/{organization}/close",
        "Closes an organization for good",
    ),
    open(
        &Method::POST,
        "/simulation/v1/expire-access-tokens",
        "Lets every access token expire, and no refresh token",
    ),
    open(&Method::GET, "/simulation/v1/faults", "Every fault"),
    open(&Method::POST, "/simulation/v1/faults", "Makes a fault"),
    open(&Method::DELETE, "/simulation/v1/faults", "Removes every fault"),
    open(&Method::DELETE, "/simulation/v1/faults/{id}", "Removes a fault"),
    open(
        &Method::GET,
        "/simulation/v1/requests",
        "What was asked of the Hub, and by whom",
    ),
    open(&Method::POST, "/simulation/v1/reset", "Forgets faults and log"),
];

/// The console and the API, for this machine alone.
pub fn router(simulation: Simulation) -> Router {
    let clock = kit_simulation::router(simulation.time().clone());
    Router::new()
        .route("/simulation", get(pages::console))
        .route("/simulation/clock", post(pages::move_clock))
        .route("/simulation/people", post(pages::act_on_person))
        .route("/simulation/sign-in", post(pages::sign_in))
        .route("/simulation/integrations", post(pages::act_on_integration))
        .route(
            "/simulation/expire-access-tokens",
            post(pages::expire_access_tokens),
        )
        .route("/simulation/faults", post(pages::add_fault))
        .route("/simulation/faults/{id}/remove", post(pages::remove_fault))
        .route("/simulation/reset", post(pages::reset))
        .route("/simulation/v1/people/{email}/{act}", post(api::act_on_person))
        .route(
            "/simulation/v1/integrations/{client_id}/{act}",
            post(api::act_on_integration),
        )
        .route(
            "/simulation/v1/organizations/{organization}/close",
            post(api::close_organization),
        )
        .route(
            "/simulation/v1/expire-access-tokens",
            post(api::expire_access_tokens),
        )
        .route(
            "/simulation/v1/faults",
            get(api::list_faults)
                .post(api::add_fault)
                .delete(api::remove_faults),
        )
        .route("/simulation/v1/faults/{id}", delete(api::remove_fault))
        .route("/simulation/v1/requests", get(api::requests))
        .route("/simulation/v1/reset", post(api::reset))
        .layer(middleware::from_fn(kit_simulation::only_from_this_machine))
        .with_state(simulation)
        .merge(clock)
}
