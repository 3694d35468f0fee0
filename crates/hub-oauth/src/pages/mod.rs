//! What people see: consent, denial, and what they have authorized.

mod applications;
mod authorization;
mod denied;
pub(crate) mod device;
mod token;

use axum::Router;
use axum::routing::{get, post};
use http::Method;
use kit_web::RouteSpec;

use crate::OAuth;

pub(crate) use authorization::{consent, over, sign_in_path, unanswerable};
pub(crate) use denied::{denied, waiting};

const fn page(method: &'static Method, path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::page(method, path, summary)
}

/// Every page of a signed-in person in this slice.
pub const PAGE_ROUTES: &[RouteSpec] = &[
    page(&Method::GET, "/me/applications", "What one has authorized"),
    page(
        &Method::POST,
        "/me/applications/{client_id}/withdraw",
        "Withdraw an authorization",
    ),
    page(&Method::GET, "/me/token", "One's personal access tokens"),
    page(&Method::POST, "/me/token", "Make a personal access token"),
    page(
        &Method::POST,
        "/me/token/{token_id}/revoke",
        "End a personal access token",
    ),
];

/// The pages of a signed-in person; [`hub_identity::attach_session`] must stand around them.
pub fn pages_router(oauth: OAuth) -> Router {
    Router::new()
        .route("/me/applications", get(applications::list))
        .route(
            "/me/applications/{client_id}/withdraw",
            post(applications::withdraw),
        )
        .route("/me/token", get(token::list).post(token::make))
        .route("/me/token/{token_id}/revoke", post(token::revoke))
        .with_state(oauth)
}
