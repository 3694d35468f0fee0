//! The token endpoint: codes, renewals, revocation.

use http::StatusCode;
use kit::ExposeSecret as _;
use serde_json::json;
use webex_client::{ClientCredentials, TokenFailure};

use crate::platform::{JSON, Platform};

fn credentials() -> ClientCredentials {
    ClientCredentials {
        client_id: "C12".to_owned(),
        client_secret: "client-secret".into(),
    }
}

#[tokio::test]
async fn a_token_that_lives_for_ever_lives_for_ten_years() {
    let platform = Platform::start().await;
    platform.will_answer(200, &[JSON], json!({ "access_token": "new", "expires_in": u64::MAX, "refresh_token": "rt", "refresh_token_expires_in": u64::MAX }));
    let grant = platform
        .token_endpoint()
        .refresh(&credentials(), &"rt".into())
        .await
        .unwrap();
    assert_eq!(
        (grant.expires_in, grant.refresh_token_expires_in),
        (315_360_000, Some(315_360_000))
    );
}

#[tokio::test]
async fn a_code_is_exchanged_as_a_form() {
    let platform = Platform::start().await;
    platform.will_answer(
        200,
        &[JSON],
        json!({ "access_token": "at", "expires_in": 1_209_599, "refresh_token": "rt", "refresh_token_expires_in": 7_775_999, "token_type": "Bearer", "scope": "b a" }),
    );
    let grant = platform
        .token_endpoint()
        .exchange_code(
            &credentials(),
            &"the code".into(),
            "http://localhost:8090/authorizations/callback",
            &"verifier".into(),
        )
        .await
        .unwrap();
    assert_eq!(
        (grant.access_token.expose_secret(), grant.expires_in),
        ("at", 1_209_599)
    );
    assert_eq!(grant.scope.unwrap().to_string(), "a b");
    let seen = platform.seen().remove(0);
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/v1/access_token")
    );
    assert_eq!(
        seen.body,
        "grant_type=authorization_code&client_id=C12&client_secret=client-secret&code=the+code&redirect_uri=http%3A%2F%2Flocalhost%3A8090%2Fauthorizations%2Fcallback&code_verifier=verifier"
    );
}

#[tokio::test]
async fn a_refusal_that_is_oauth_shaped_is_a_death_and_everything_else_is_weather() {
    let platform = Platform::start().await;
    let endpoint = platform.token_endpoint();
    let hydra = |description: &str| {
        json!({ "message": "The request could not be understood by the server due to malformed syntax.", "errors": [{ "description": description }], "trackingId": "ROUTER_1" }).to_string()
    };
    let dead = "The refresh token provided is expired, revoked, malformed, or invalid";
    let cases: Vec<(u16, String, &str)> = vec![
        (
            400,
            json!({ "error": "invalid_request", "error_description": dead, "trackingID": "T" }).to_string(),
            "refused",
        ),
        (400, json!({ "error": "invalid_grant" }).to_string(), "refused"),
        (400, hydra(dead), "refused"),
        (400, json!({ "error": "invalid_client" }).to_string(), "client"),
        (401, json!({ "error": "invalid_client" }).to_string(), "client"),
        (400, hydra("Client Id is invalid"), "client"),
        (400, json!({ "error": "tokenlimit_reached" }).to_string(), "limit"),
        (400, hydra("tokenlimit_reached"), "limit"),
        (400, "<html>captive portal</html>".to_owned(), "transport"),
        (403, json!({ "message": "waf" }).to_string(), "transport"),
        (429, json!({ "error": "invalid_grant" }).to_string(), "transport"),
        (500, json!({ "error": "invalid_grant" }).to_string(), "transport"),
        (503, String::new(), "transport"),
        (302, String::new(), "transport"),
        (200, "{}".to_owned(), "transport"),
        (
            200,
            json!({ "access_token": "a b", "expires_in": 1 }).to_string(),
            "transport",
        ),
        (200, "not json".to_owned(), "transport"),
    ];
    for (status, body, wanted) in cases {
        platform.will_answer(status, &[JSON], &body);
        let failure = endpoint
            .refresh(&credentials(), &"refresh-secret".into())
            .await
            .unwrap_err();
        let got = match &failure {
            TokenFailure::Transport(_) => "transport",
            TokenFailure::Refused(_) => "refused",
            TokenFailure::InvalidClient(_) => "client",
            TokenFailure::TokenLimit(_) => "limit",
        };
        assert_eq!(got, wanted, "{status} {body}");
        assert!(
            !format!("{failure} {failure:?}").contains("secret"),
            "{failure:?}"
        );
    }
}

#[tokio::test]
async fn a_renewal_without_a_refresh_token_in_its_answer_is_a_success() {
    let platform = Platform::start().await;
    platform.will_answer(
        200,
        &[JSON],
        json!({ "access_token": "new", "expires_in": 10, "refresh_token": "" }),
    );
    let grant = platform
        .token_endpoint()
        .refresh(&credentials(), &"rt".into())
        .await
        .unwrap();
    assert!(grant.refresh_token.is_none());
}

#[tokio::test]
async fn a_token_is_revoked_with_basic_authentication() {
    let platform = Platform::start().await;
    platform.will_answer(StatusCode::OK.as_u16(), &[], "");
    assert!(
        platform
            .token_endpoint()
            .revoke(&credentials(), &"rt".into(), "refresh_token")
            .await
    );
    let seen = platform.seen().remove(0);
    assert_eq!(seen.body, "token=rt&token_type_hint=refresh_token");
    assert!(seen.authorization.unwrap().starts_with("Basic "));
    platform.will_answer(500, &[], "");
    assert!(
        !platform
            .token_endpoint()
            .revoke(&credentials(), &"rt".into(), "refresh_token")
            .await
    );
}
