//! The customer's page with its five cards, the way to the platform and back, and the pages behind an invitation.

mod callback;
mod card_view;
mod confirm;
mod customer;
mod invitation;
mod invite;
mod refusal_page;
mod see_how;

use axum::Router;
use axum::routing::{get, post};
use http::Method;
use kit_web::{Needs, RouteSpec};

use crate::Authorizations;

const fn route(
    method: &'static Method,
    path: &'static str,
    needs: Needs,
    summary: &'static str,
) -> RouteSpec {
    RouteSpec::new(method, path, needs, summary)
}

/// Every route of the slice. Those that need nothing are bound to a browser or to a secret link.
pub const ROUTES: &[RouteSpec] = &[
    route(
        &Method::GET,
        "/customers/{customer_id}",
        Needs::Session,
        "A customer's integrations",
    ),
    route(
        &Method::POST,
        "/customers/{customer_id}/authorizations/{integration}/authorize",
        Needs::Session,
        "Begin an authorization",
    ),
    route(
        &Method::GET,
        "/customers/{customer_id}/authorizations/{integration}/see-how",
        Needs::Session,
        "What to do in Control Hub",
    ),
    route(
        &Method::POST,
        "/customers/{customer_id}/authorizations/{integration}/check",
        Needs::Session,
        "Check an authorization",
    ),
    route(
        &Method::GET,
        "/customers/{customer_id}/invitations/new",
        Needs::Session,
        "The form of an invitation",
    ),
    route(
        &Method::POST,
        "/customers/{customer_id}/invitations",
        Needs::Session,
        "Make an invitation",
    ),
    route(
        &Method::POST,
        "/customers/{customer_id}/invitations/{invitation_id}/revoke",
        Needs::Session,
        "Take an invitation back",
    ),
    route(
        &Method::GET,
        "/authorizations/callback",
        Needs::Nothing,
        "The way back from the platform",
    ),
    route(
        &Method::GET,
        "/authorizations/confirm/{attempt_id}",
        Needs::Nothing,
        "Which organization is it?",
    ),
    route(
        &Method::POST,
        "/authorizations/confirm/{attempt_id}",
        Needs::Nothing,
        "Confirm or decline the organization",
    ),
    route(
        &Method::GET,
        "/invitations/{invitation_id}",
        Needs::Nothing,
        "What an invitation asks for",
    ),
    route(
        &Method::POST,
        "/invitations/{invitation_id}/authorize/{integration}",
        Needs::Nothing,
        "Begin an authorization by invitation",
    ),
    route(
        &Method::GET,
        "/invitations/{invitation_id}/see-how/{integration}",
        Needs::Nothing,
        "What to do in Control Hub, by invitation",
    ),
];

/// The pages of the slice.
pub fn pages_router(authorizations: Authorizations) -> Router {
    Router::new()
        .route("/customers/{customer_id}", get(customer::show))
        .route(
            "/customers/{customer_id}/authorizations/{integration}/authorize",
            post(customer::authorize),
        )
        .route(
            "/customers/{customer_id}/authorizations/{integration}/see-how",
            get(see_how::show),
        )
        .route(
            "/customers/{customer_id}/authorizations/{integration}/check",
            post(customer::check),
        )
        .route("/customers/{customer_id}/invitations/new", get(invite::show))
        .route("/customers/{customer_id}/invitations", post(invite::make))
        .route(
            "/customers/{customer_id}/invitations/{invitation_id}/revoke",
            post(invite::revoke),
        )
        .route("/authorizations/callback", get(callback::come_back))
        .route(
            "/authorizations/confirm/{attempt_id}",
            get(confirm::show).post(confirm::decide),
        )
        .route("/invitations/{invitation_id}", get(invitation::show))
        .route(
            "/invitations/{invitation_id}/authorize/{integration}",
            post(invitation::authorize),
        )
        .route(
            "/invitations/{invitation_id}/see-how/{integration}",
            get(see_how::show_invited),
        )
        .with_state(authorizations)
}
