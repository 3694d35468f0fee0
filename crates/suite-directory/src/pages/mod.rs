//! The directory and the synchronization, as pages.

mod directory;
mod person;
mod run;
mod synch;
mod words;

use axum::Router;
use axum::routing::get;
use http::Method;
use kit_web::{PageError, RouteSpec};
use suite_tenancy::{Actor, Customer, CustomerId};

use crate::UsersSynch;

/// The pages of the slice.
pub fn pages_router(synch: UsersSynch) -> Router {
    Router::new()
        .route("/customers/{customer_id}/directory", get(directory::show))
        .route(
            "/customers/{customer_id}/directory/{person_id}",
            get(person::show),
        )
        .route(
            "/customers/{customer_id}/synch",
            get(synch::show).post(synch::start),
        )
        .route("/customers/{customer_id}/synch/{number}", get(run::show))
        .route(
            "/customers/{customer_id}/synch/{number}/progress",
            get(run::progress),
        )
        .with_state(synch)
}

const fn route(method: &'static Method, path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::page(method, path, summary)
}

/// Every route of the slice.
pub const ROUTES: &[RouteSpec] = &[
    route(
        &Method::GET,
        "/customers/{customer_id}/directory",
        "People of a customer",
    ),
    route(
        &Method::GET,
        "/customers/{customer_id}/directory/{person_id}",
        "One person",
    ),
    route(
        &Method::GET,
        "/customers/{customer_id}/synch",
        "State and runs of the synchronization",
    ),
    route(&Method::POST, "/customers/{customer_id}/synch", "Synchronize now"),
    route(
        &Method::GET,
        "/customers/{customer_id}/synch/{number}",
        "One run and what it changed",
    ),
    route(
        &Method::GET,
        "/customers/{customer_id}/synch/{number}/progress",
        "How far a run is",
    ),
];

/// The customer that a path names, if the actor may see it.
async fn customer_of(synch: &UsersSynch, actor: &Actor, id: &str) -> Result<Customer, PageError> {
    let id = CustomerId::parse(id)
        .map_err(|_| kit::Error::not_found("There is no such customer, or you may not see it."))?;
    Ok(synch.parts().tenancy.customer(actor, id).await?)
}
