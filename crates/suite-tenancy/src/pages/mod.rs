//! Sign-in, the own account, customers, users and the audit trail, as pages.

mod extract;
mod sign_in;

use axum::Router;
use axum::routing::{get, post};
use http::Method;
use kit_web::{Needs, RouteSpec};

use crate::Tenancy;

pub use extract::{PageActor, Source, recognize};

/// The pages of the slice.
pub fn pages_router(tenancy: Tenancy) -> Router {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-out", post(sign_in::sign_out))
        .with_state(tenancy)
}

const fn route(method: &'static Method, path: &'static str, needs: Needs, summary: &'static str) -> RouteSpec {
    RouteSpec { method, path, needs, summary }
}

/// Every route of the slice.
pub const ROUTES: &[RouteSpec] = &[
    route(&Method::GET, "/sign-in", Needs::Nothing, "Sign-in page"),
    route(&Method::POST, "/sign-in", Needs::Nothing, "Sign in"),
    route(&Method::POST, "/sign-out", Needs::Nothing, "Sign out"),
];
