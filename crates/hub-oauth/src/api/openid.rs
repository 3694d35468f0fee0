use axum::Json;
use axum::extract::State;
use hub_directory::Caller;
use kit_web::ApiError;
use serde_json::{Value, json};

use crate::OAuth;
use crate::use_cases::UserInfo;

/// What this server can do, and nothing that it cannot (RFC 8414, OpenID Connect Discovery).
pub(super) async fn configuration(State(oauth): State<OAuth>) -> Json<Value> {
    let link = |path: &str| oauth.public_url().link(path);
    let with_secret = ["client_secret_basic", "client_secret_post"];
    // A client that was registered without a secret names itself alone.
    let any_client = ["client_secret_basic", "client_secret_post", "none"];
    Json(json!({
        "issuer": oauth.issuer(),
        "authorization_endpoint": link("/v1/authorize"),
        "token_endpoint": link("/v1/access_token"),
        "userinfo_endpoint": link("/v1/userinfo"),
        "jwks_uri": link("/v1/verification"),
        "revocation_endpoint": link("/v1/revoke"),
        "introspection_endpoint": link("/v1/introspect"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "device_authorization_endpoint": link("/v1/device/authorize"),
        "grant_types_supported": ["authorization_code", "refresh_token", super::device::DEVICE_CODE],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid", "email", "profile"],
        "claims_supported": [
            "aud", "sub", "auth_time", "iss", "exp", "iat", "nonce", "email", "email_verified", "name", "given_name", "family_name"
        ],
        "prompt_values_supported": ["none", "login", "select_account", "consent"],
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "token_endpoint_auth_methods_supported": any_client,
        "revocation_endpoint_auth_methods_supported": any_client,
        "introspection_endpoint_auth_methods_supported": with_secret,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

pub(super) async fn keys(State(oauth): State<OAuth>) -> Result<Json<Value>, ApiError> {
    let key = oauth.signing_key().await?;
    Ok(Json(json!({
        "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": key.kid, "x": key.x, "y": key.y }]
    })))
}

pub(super) async fn user_info(
    State(oauth): State<OAuth>,
    caller: Caller,
) -> Result<Json<UserInfo>, ApiError> {
    Ok(Json(oauth.user_info(&caller).await?))
}
