//! Sign-in, the own account, customers, users and the audit trail, as pages.

mod account;
mod audit;
mod customers;
mod edit_customer;
mod extract;
mod principals;
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
        .route("/customers", get(customers::show).post(edit_customer::add))
        .route("/customers/new", get(edit_customer::show_new))
        .route(
            "/customers/{customer_id}/rename",
            get(edit_customer::show_rename).post(edit_customer::rename),
        )
        .route("/me", get(account::show))
        .route("/me/password", post(account::change_password))
        .route("/me/sessions/end-others", post(account::end_others))
        .route("/me/sessions/{session_id}/end", post(account::end))
        .route("/users", get(principals::show).post(principals::add))
        .route("/users/new", get(principals::show_new))
        .route("/users/{principal_id}/state", post(principals::set_state))
        .route("/audit", get(audit::show))
        .with_state(tenancy)
}

const fn route(
    method: &'static Method,
    path: &'static str,
    needs: Needs,
    summary: &'static str,
) -> RouteSpec {
    RouteSpec::new(method, path, needs, summary)
}

/// Every route of the slice.
pub const ROUTES: &[RouteSpec] = &[
    route(&Method::GET, "/sign-in", Needs::Nothing, "Sign-in page"),
    route(&Method::POST, "/sign-in", Needs::Nothing, "Sign in"),
    route(&Method::POST, "/sign-out", Needs::Nothing, "Sign out"),
    route(&Method::GET, "/customers", Needs::Session, "Customers"),
    route(&Method::POST, "/customers", Needs::Session, "Add a customer"),
    route(
        &Method::GET,
        "/customers/new",
        Needs::Session,
        "The form of a new customer",
    ),
    route(
        &Method::GET,
        "/customers/{customer_id}/rename",
        Needs::Session,
        "The form of another name",
    ),
    route(
        &Method::POST,
        "/customers/{customer_id}/rename",
        Needs::Session,
        "Rename a customer",
    ),
    route(&Method::GET, "/me", Needs::Session, "The own account"),
    route(
        &Method::POST,
        "/me/password",
        Needs::Session,
        "Change the own password",
    ),
    route(
        &Method::POST,
        "/me/sessions/end-others",
        Needs::Session,
        "End every other session",
    ),
    route(
        &Method::POST,
        "/me/sessions/{session_id}/end",
        Needs::Session,
        "End a session",
    ),
    route(&Method::GET, "/users", Needs::Session, "Users of the Suite"),
    route(&Method::POST, "/users", Needs::Session, "Add a user"),
    route(
        &Method::GET,
        "/users/new",
        Needs::Session,
        "The form of a new user",
    ),
    route(
        &Method::POST,
        "/users/{principal_id}/state",
        Needs::Session,
        "Disable or enable a user",
    ),
    route(&Method::GET, "/audit", Needs::Session, "The audit trail"),
];

/// The outcome of what was done before, from a word in the query: nobody can put their own sentence there.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}
