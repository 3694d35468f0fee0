//! The pages that belong to no slice: Overview, search, Account, and those that say what is not here.

mod account;
mod connect;
mod coverage;
mod elsewhere;
mod health;
mod overview;
mod search;

use axum::Router;
use axum::routing::get;
use http::Method;
use hub_directory::Caller;
use kit_web::RouteSpec;
use webex::Role;

use crate::wiring::Slices;

const fn page(path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::page(&Method::GET, path, summary)
}

/// The routes of the composition itself.
pub(crate) const ROUTES: &[RouteSpec] = &[
    page("/", "Overview"),
    page("/search", "People and integrations"),
    page("/account", "The organization"),
    page("/coverage", "What of the Webex API is served"),
    page("/connect", "How each SDK reaches this Hub"),
    page("/troubleshooting", "Says that there is nothing to troubleshoot"),
    page("/reports", "Says that there are no reports"),
    page("/devices", "Says that there are no devices"),
    RouteSpec::open(
        &Method::GET,
        "/gateway/ca.pem",
        "The certificate of the gateway's development CA",
    ),
    RouteSpec::open(
        &Method::GET,
        "/healthz",
        "Whether the Hub and its database answer",
    ),
];

pub(crate) use connect::{Connect, router as connect_router};

pub(crate) fn router(slices: Slices) -> Router {
    Router::new()
        .route("/", get(overview::overview))
        .route("/search", get(search::search))
        .route("/account", get(account::account))
        .route("/coverage", get(coverage::coverage))
        .route("/troubleshooting", get(elsewhere::nothing_here))
        .route("/reports", get(elsewhere::nothing_here))
        .route("/devices", get(elsewhere::nothing_here))
        .route("/healthz", get(health::health))
        .with_state(slices)
}

/// Whether somebody sees the administrators' pages. Reading call records is a role, and administers nothing.
pub(crate) fn sees_console(caller: &Caller) -> bool {
    caller.roles.iter().any(|role| *role != Role::CallHistory)
}
