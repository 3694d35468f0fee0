//! What the SDK for JavaScript asks before it asks for anything else: where the services are, under which name this
//! program may be reached, and where its telemetry goes.

mod addresses;
mod catalogue;
mod devices;
mod telemetry;

use axum::Router;
use axum::routing::{get, post, put};
use http::Method;
use kit::SharedClock;
use kit_web::{PublicUrl, RouteSpec};

/// Any valid token.
const ANY: &[&str] = &[];

/// The routes of the catalogue and of what it needs.
pub(crate) const ROUTES: &[RouteSpec] = &[
    RouteSpec::open(
        &Method::GET,
        "/u2c/api/v1/limited/catalog",
        "Where the services are, before sign-in",
    ),
    RouteSpec::api(&Method::GET, "/u2c/api/v1/catalog", ANY, "Where the services are"),
    RouteSpec::api(
        &Method::GET,
        "/wdm/api/v1/devices",
        ANY,
        "The registrations of the token in use",
    ),
    RouteSpec::api(
        &Method::POST,
        "/wdm/api/v1/devices",
        ANY,
        "Register a program that uses the SDK for JavaScript",
    ),
    RouteSpec::api(
        &Method::GET,
        "/wdm/api/v1/devices/{device_id}",
        ANY,
        "One registration",
    ),
    RouteSpec::api(
        &Method::PUT,
        "/wdm/api/v1/devices/{device_id}",
        ANY,
        "Renew a registration",
    ),
    RouteSpec::api(
        &Method::DELETE,
        "/wdm/api/v1/devices/{device_id}",
        ANY,
        "Give a registration back",
    ),
    RouteSpec::open(
        &Method::POST,
        "/metrics/api/v1/clientmetrics",
        "Take the SDK's telemetry and keep nothing of it",
    ),
];

/// What the handlers need.
#[derive(Clone)]
pub(crate) struct ServiceCatalogue {
    public_url: PublicUrl,
    clock: SharedClock,
}

impl ServiceCatalogue {
    pub(crate) fn new(public_url: PublicUrl, clock: SharedClock) -> Self {
        Self { public_url, clock }
    }
}

/// The routes.
pub(crate) fn router(catalogue: ServiceCatalogue) -> Router {
    Router::new()
        .route("/u2c/api/v1/limited/catalog", get(catalogue::before_sign_in))
        .route("/u2c/api/v1/catalog", get(catalogue::after_sign_in))
        .route("/wdm/api/v1/devices", get(devices::list).post(devices::register))
        .route(
            "/wdm/api/v1/devices/{device_id}",
            put(devices::renew).get(devices::show).delete(devices::give_back),
        )
        .route("/metrics/api/v1/clientmetrics", post(telemetry::discard))
        .with_state(catalogue)
}
