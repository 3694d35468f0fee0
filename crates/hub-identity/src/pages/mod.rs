//! Sign-in, sign-out, and what a person sees of their own account.

mod account;
mod account_password;
mod account_sessions;
mod sign_in;
mod tabs;

use axum::Router;
use axum::routing::{get, post};
use http::Method;
use kit_web::{Needs, RouteSpec};

pub use tabs::{AccountTab, account_tabs};

use crate::Identity;

/// A secret field of a form: nothing but the use case sees it as text.
fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<kit::SecretString, D::Error> {
    <String as serde::Deserialize>::deserialize(deserializer).map(kit::SecretString::from)
}

const fn page(method: &'static Method, path: &'static str, needs: Needs, summary: &'static str) -> RouteSpec {
    RouteSpec::new(method, path, needs, summary)
}

/// Every route of this slice.
pub const ROUTES: &[RouteSpec] = &[
    page(
        &Method::GET,
        "/sign-in",
        Needs::Nothing,
        "Sign-in: the e-mail address",
    ),
    page(
        &Method::POST,
        "/sign-in",
        Needs::Nothing,
        "Sign-in: on to the password",
    ),
    page(
        &Method::GET,
        "/sign-in/password",
        Needs::Nothing,
        "Sign-in: the password",
    ),
    page(
        &Method::POST,
        "/sign-in/password",
        Needs::Nothing,
        "Sign-in: check the password and start a session",
    ),
    page(
        &Method::POST,
        "/sign-out",
        Needs::Nothing,
        "End the session of this browser",
    ),
    page(&Method::GET, "/me", Needs::Session, "One's own account"),
    page(
        &Method::GET,
        "/me/password",
        Needs::Session,
        "Change one's own password",
    ),
    page(
        &Method::POST,
        "/me/password",
        Needs::Session,
        "Change one's own password",
    ),
    page(&Method::GET, "/me/presence", Needs::Session, "Presence sharing"),
    page(
        &Method::POST,
        "/me/presence",
        Needs::Session,
        "Switch presence sharing",
    ),
    page(&Method::GET, "/me/sessions", Needs::Session, "One's own sessions"),
    page(
        &Method::POST,
        "/me/sessions/others/end",
        Needs::Session,
        "End every other session",
    ),
    page(
        &Method::POST,
        "/me/sessions/{session_id}/end",
        Needs::Session,
        "End one session",
    ),
];

/// The pages of this slice; [`crate::attach_session`] must stand around them.
pub fn pages_router(identity: Identity) -> Router {
    Router::new()
        .route("/sign-in", get(sign_in::email_page).post(sign_in::take_email))
        .route(
            "/sign-in/password",
            get(sign_in::password_page).post(sign_in::take_password),
        )
        .route("/sign-out", post(sign_in::sign_out))
        .route("/me", get(account::profile))
        .route(
            "/me/presence",
            get(account::presence).post(account::switch_presence),
        )
        .route(
            "/me/password",
            get(account_password::page).post(account_password::change),
        )
        .route("/me/sessions", get(account_sessions::list))
        .route("/me/sessions/others/end", post(account_sessions::end_others))
        .route("/me/sessions/{session_id}/end", post(account_sessions::end_one))
        .with_state(identity)
}
