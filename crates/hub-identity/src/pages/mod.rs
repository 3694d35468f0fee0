//! Sign-in, sign-out, and what a person sees of their own account.

mod account;
mod account_password;
mod account_sessions;
mod door;
mod external;
mod new_password;
mod person_access;
mod providers;
mod settings;
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
    page(
        &Method::GET,
        "/sign-in/external/callback",
        Needs::Nothing,
        "Sign-in: back from another provider",
    ),
    page(
        &Method::GET,
        "/sign-in/forgotten",
        Needs::Nothing,
        "Forgotten password: the e-mail address",
    ),
    page(
        &Method::POST,
        "/sign-in/forgotten",
        Needs::Nothing,
        "Forgotten password: send a link",
    ),
    page(
        &Method::GET,
        "/sign-in/forgotten/sent",
        Needs::Nothing,
        "Forgotten password: what happens now",
    ),
    page(
        &Method::GET,
        "/sign-in/link",
        Needs::Nothing,
        "Open a link to a new password",
    ),
    page(
        &Method::GET,
        "/sign-in/new-password",
        Needs::Nothing,
        "Choose a new password",
    ),
    page(
        &Method::POST,
        "/sign-in/new-password",
        Needs::Nothing,
        "Set the new password and sign in",
    ),
    page(
        &Method::GET,
        "/settings/authentication",
        Needs::Session,
        "Password policy and sign-in providers",
    ),
    page(
        &Method::POST,
        "/settings/authentication/passwords",
        Needs::Session,
        "Change the password policy",
    ),
    page(
        &Method::GET,
        "/settings/authentication/providers/new",
        Needs::Session,
        "The form of a new sign-in provider",
    ),
    page(
        &Method::POST,
        "/settings/authentication/providers/new",
        Needs::Session,
        "Add a sign-in provider",
    ),
    page(
        &Method::GET,
        "/settings/authentication/providers/{provider_id}",
        Needs::Session,
        "The form of a sign-in provider",
    ),
    page(
        &Method::POST,
        "/settings/authentication/providers/{provider_id}",
        Needs::Session,
        "Change a sign-in provider",
    ),
    page(
        &Method::POST,
        "/settings/authentication/providers/{provider_id}/try",
        Needs::Session,
        "Try a sign-in provider",
    ),
    page(
        &Method::POST,
        "/settings/authentication/providers/{provider_id}/switch",
        Needs::Session,
        "Switch a sign-in provider on or off",
    ),
    page(
        &Method::POST,
        "/settings/authentication/providers/{provider_id}/forget",
        Needs::Session,
        "Learn the accounts of a sign-in provider anew",
    ),
    page(
        &Method::POST,
        "/settings/authentication/providers/{provider_id}/remove",
        Needs::Session,
        "Remove a sign-in provider",
    ),
    page(
        &Method::GET,
        "/users/{person_id}/reset-password",
        Needs::Session,
        "Asks before a password is reset",
    ),
    page(
        &Method::POST,
        "/users/{person_id}/reset-password",
        Needs::Session,
        "Reset a person's password",
    ),
    page(
        &Method::GET,
        "/users/{person_id}/reset-access",
        Needs::Session,
        "Asks before the access is reset",
    ),
    page(
        &Method::POST,
        "/users/{person_id}/reset-access",
        Needs::Session,
        "End a person's sessions and authorizations",
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
        .merge(doors())
        .merge(administration())
        .with_state(identity)
}

/// The ways in beside the password.
fn doors() -> Router<Identity> {
    Router::new()
        .route("/sign-in/external/callback", get(external::came_back))
        .route(
            "/sign-in/forgotten",
            get(new_password::ask_for_address).post(new_password::send_link),
        )
        .route("/sign-in/forgotten/sent", get(new_password::link_sent))
        .route("/sign-in/link", get(new_password::open_link))
        .route(
            "/sign-in/new-password",
            get(new_password::page).post(new_password::choose),
        )
}

/// What administrators decide about passwords and sign-in.
fn administration() -> Router<Identity> {
    Router::new()
        .route("/settings/authentication", get(settings::page))
        .route("/settings/authentication/passwords", post(settings::save_policy))
        .route(
            "/settings/authentication/providers/new",
            get(providers::new_form).post(providers::add),
        )
        .route(
            "/settings/authentication/providers/{provider_id}",
            get(providers::edit_form).post(providers::save),
        )
        .route(
            "/settings/authentication/providers/{provider_id}/try",
            post(providers::try_it),
        )
        .route(
            "/settings/authentication/providers/{provider_id}/switch",
            post(providers::switch),
        )
        .route(
            "/settings/authentication/providers/{provider_id}/forget",
            post(providers::forget),
        )
        .route(
            "/settings/authentication/providers/{provider_id}/remove",
            post(providers::remove),
        )
        .route(
            "/users/{person_id}/reset-password",
            get(person_access::ask_password).post(person_access::reset_password),
        )
        .route(
            "/users/{person_id}/reset-access",
            get(person_access::ask_access).post(person_access::reset_access),
        )
}
