//! The administrators' pages of this slice.

mod person_settings;
mod shared;
mod virtual_lines;
mod workspaces;

use axum::Router;

use crate::Telephony;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(telephony: Telephony) -> Router {
    Router::new()
        .merge(workspaces::router())
        .merge(virtual_lines::router())
        .merge(person_settings::router())
        .with_state(telephony)
}
