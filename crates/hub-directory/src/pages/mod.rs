//! The administrators' pages about people.

mod edit_person;
mod forms;
mod new_administrator;
mod new_person;
mod outcome;
mod person;
mod roles;
mod standing;
mod users;

use axum::Router;
use axum::routing::{get, post};

use crate::Directory;

/// The pages. The composition puts a [`crate::Caller`] into each request whose session it found valid.
pub fn pages_router(directory: Directory) -> Router {
    Router::new()
        .route("/users", get(users::list))
        .route("/users/new", get(new_person::form).post(new_person::create))
        .route(
            "/users/new/administrator",
            get(new_administrator::form).post(new_administrator::create),
        )
        .route("/users/{person_id}", get(person::show))
        .route(
            "/users/{person_id}/edit",
            get(edit_person::form).post(edit_person::save),
        )
        .route("/users/{person_id}/roles", get(roles::form).post(roles::save))
        .route("/users/{person_id}/activate", post(standing::activate))
        .route(
            "/users/{person_id}/deactivate",
            get(standing::ask_to_deactivate).post(standing::deactivate),
        )
        .route(
            "/users/{person_id}/delete",
            get(standing::ask_to_delete).post(standing::delete),
        )
        .with_state(directory)
}
