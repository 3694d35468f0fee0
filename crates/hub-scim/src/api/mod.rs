//! The public API of this slice: HTTP in, one call, reply out.

use axum::Router;
use kit_web::RouteSpec;

use crate::Scim;

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &[];

/// The public API. The composition puts a [`hub_directory::Caller`] into each request whose token it found valid.
pub fn api_router(scim: Scim) -> Router {
    Router::new().with_state(scim)
}
