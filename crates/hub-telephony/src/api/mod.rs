//! The public API of this slice: HTTP in, one call, reply out.

mod person_settings;
mod routes;
mod virtual_line_wire;
mod virtual_lines;
mod wire;
mod workspace_body;
mod workspace_wire;
mod workspaces;

use axum::Router;

use crate::Telephony;
pub use routes::ROUTES;

/// The public API. The composition puts a [`hub_directory::Caller`] into each request whose token it found valid.
pub fn api_router(telephony: Telephony) -> Router {
    Router::new()
        .merge(workspaces::router())
        .merge(virtual_lines::router())
        .merge(person_settings::router())
        .with_state(telephony)
}
