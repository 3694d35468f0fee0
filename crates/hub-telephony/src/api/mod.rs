//! The public API of this slice: HTTP in, one call, reply out.

mod routes;

use axum::Router;

use crate::Telephony;
pub use routes::ROUTES;

/// The public API. The composition puts a [`hub_directory::Caller`] into each request whose token it found valid.
pub fn api_router(telephony: Telephony) -> Router {
    Router::new().with_state(telephony)
}
