//! The protocol endpoints, and the administrators' view of tokens.

mod access_token;
mod authorizations;
mod authorize;
mod client_credentials;
mod denied;
mod device;
mod envelope;
mod introspect;
mod openid;
mod revoke;

use axum::Router;
use axum::routing::{delete, get, post};
use http::Method;
use kit_web::{Needs, RouteSpec};

use crate::{OAuth, pages};

const fn route(
    method: &'static Method,
    path: &'static str,
    needs: Needs,
    summary: &'static str,
) -> RouteSpec {
    RouteSpec::new(method, path, needs, summary)
}

/// Every protocol route of this slice. The token endpoints want a client's credentials in place of a bearer.
pub const ROUTES: &[RouteSpec] = &[
    route(
        &Method::GET,
        "/v1/authorize",
        Needs::Nothing,
        "Begin an authorization",
    ),
    route(
        &Method::GET,
        "/v1/authorize/{request_id}",
        Needs::Nothing,
        "Go on with an authorization: sign-in, policy, consent",
    ),
    route(
        &Method::POST,
        "/v1/authorize/{request_id}",
        Needs::Nothing,
        "Accept or decline",
    ),
    route(
        &Method::GET,
        "/v1/authorize/{request_id}/waiting",
        Needs::Nothing,
        "Whether policy still refuses an authorization that waits",
    ),
    route(
        &Method::POST,
        "/v1/authorize/{request_id}/reason",
        Needs::Nothing,
        "Say why one needs what policy refuses",
    ),
    route(
        &Method::POST,
        "/v1/access_token",
        Needs::Nothing,
        "Redeem a code, refresh",
    ),
    route(
        &Method::POST,
        "/v1/device/authorize",
        Needs::Nothing,
        "Begin an authorization on a device without a browser",
    ),
    route(
        &Method::POST,
        "/v1/device/token",
        Needs::Nothing,
        "Fetch a device's tokens",
    ),
    route(
        &Method::GET,
        "/device",
        Needs::Nothing,
        "Where somebody types the code that a device shows",
    ),
    route(
        &Method::POST,
        "/device",
        Needs::Nothing,
        "Type the code that a device shows",
    ),
    route(&Method::POST, "/v1/revoke", Needs::Nothing, "Give a token back"),
    route(
        &Method::POST,
        "/v1/introspect",
        Needs::Nothing,
        "What a token is worth",
    ),
    route(
        &Method::GET,
        "/v1/authorizations",
        Needs::Scopes(&["identity:tokens_read"]),
        "A person's tokens",
    ),
    route(
        &Method::DELETE,
        "/v1/authorizations",
        Needs::Scopes(&["identity:tokens_write"]),
        "Revoke all tokens of a client",
    ),
    route(
        &Method::GET,
        "/v1/authorizations/tokenExpiry",
        Needs::Scopes(&[]),
        "When the token in use expires",
    ),
    route(
        &Method::DELETE,
        "/v1/authorizations/{authorization_id}",
        Needs::Scopes(&["identity:tokens_write"]),
        "Revoke a token",
    ),
    route(
        &Method::GET,
        "/v1/userinfo",
        Needs::Scopes(&["openid"]),
        "Who the token's person is",
    ),
    route(
        &Method::GET,
        "/v1/verification",
        Needs::Nothing,
        "The keys that sign ID tokens",
    ),
    route(
        &Method::GET,
        "/v1/.well-known/openid-configuration",
        Needs::Nothing,
        "What this server can do",
    ),
    route(
        &Method::GET,
        "/.well-known/openid-configuration",
        Needs::Nothing,
        "What this server can do",
    ),
    route(
        &Method::GET,
        "/.well-known/oauth-authorization-server",
        Needs::Nothing,
        "What this server can do",
    ),
    route(
        &Method::GET,
        "/idb/oauth2/v1/authorize",
        Needs::Nothing,
        "Begin an authorization",
    ),
    route(
        &Method::POST,
        "/idb/oauth2/v1/access_token",
        Needs::Nothing,
        "Redeem a code, refresh",
    ),
    route(
        &Method::POST,
        "/idb/oauth2/v1/revoke",
        Needs::Nothing,
        "Give a token back",
    ),
];

/// The protocol endpoints. `/v1/authorize…` draws pages and wants [`kit_web::stack`] around it; the routes that
/// want scopes take a [`hub_directory::Caller`] out of the request.
pub fn api_router(oauth: OAuth) -> Router {
    Router::new()
        .route("/v1/authorize", get(authorize::begin))
        .route("/idb/oauth2/v1/authorize", get(authorize::begin))
        .route(
            "/v1/authorize/{request_id}",
            get(authorize::open).post(authorize::decide),
        )
        .route("/v1/authorize/{request_id}/waiting", get(denied::waiting))
        .route("/v1/authorize/{request_id}/reason", post(denied::give_reason))
        .route("/v1/access_token", post(access_token::public_api))
        .route("/idb/oauth2/v1/access_token", post(access_token::broker))
        .route("/idb/oauth2/v1/revoke", post(revoke::broker))
        .route("/v1/device/authorize", post(device::authorize))
        .route("/v1/device/token", post(device::token))
        .route("/device", get(pages::device::show).post(pages::device::enter))
        .route("/v1/revoke", post(revoke::public_api))
        .route("/v1/introspect", post(introspect::introspect))
        .route(
            "/v1/authorizations",
            get(authorizations::list).delete(authorizations::delete_of_client),
        )
        .route(
            "/v1/authorizations/tokenExpiry",
            get(authorizations::token_expiry),
        )
        .route(
            "/v1/authorizations/{authorization_id}",
            delete(authorizations::delete_one),
        )
        .route("/v1/userinfo", get(openid::user_info))
        .route("/v1/verification", get(openid::keys))
        .route("/v1/.well-known/openid-configuration", get(openid::configuration))
        .route("/.well-known/openid-configuration", get(openid::configuration))
        .route(
            "/.well-known/oauth-authorization-server",
            get(openid::configuration),
        )
        .with_state(oauth)
}
