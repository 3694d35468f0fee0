//! The developer's pages, and the catalogue of Service Apps.

mod application;
mod apps;
mod form;
mod logo;
mod notices;
mod removal;
mod secret;
mod service_apps;
mod tokens;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use kit_web::PageError;

use crate::Developer;

/// What a handler of a page answers.
type Answer = std::result::Result<Response, PageError>;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(developer: Developer) -> Router {
    Router::new()
        .route("/developer/apps", get(apps::list))
        .route(
            "/developer/apps/new/integration",
            get(form::new_integration).post(form::register_integration),
        )
        .route(
            "/developer/apps/new/service-app",
            get(form::new_service_app).post(form::register_service_app),
        )
        .route("/developer/apps/{client_id}", get(application::show))
        .route(
            "/developer/apps/{client_id}/edit",
            get(form::edit).post(form::save),
        )
        .route("/developer/apps/{client_id}/logo", post(logo::upload))
        .route(
            "/developer/apps/{client_id}/secret",
            get(secret::ask).post(secret::rotate),
        )
        .route(
            "/developer/apps/{client_id}/delete",
            get(removal::ask).post(removal::delete),
        )
        .route(
            "/developer/apps/{client_id}/audience",
            post(application::set_audience),
        )
        .route("/developer/apps/{client_id}/tokens", post(tokens::fetch))
        .route("/apps/logos/{client_id}", get(logo::show))
        .route("/apps/service-apps", get(service_apps::list))
        .route("/apps/service-apps/{client_id}", get(service_apps::panel))
        .route(
            "/apps/service-apps/{client_id}/authorize",
            get(service_apps::ask_to_authorize).post(service_apps::authorize),
        )
        .route(
            "/apps/service-apps/{client_id}/deauthorize",
            get(service_apps::ask_to_deauthorize).post(service_apps::deauthorize),
        )
        .with_state(developer)
}

/// Where a developer's application is.
fn path_of(client_id: &str) -> String {
    format!("/developer/apps/{client_id}")
}

/// “1 person”, “3 people”.
fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}
