//! Waiting: for rate limits, for a new token, for a server that comes back.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use webex_client::{ErrorKind, FixedToken, Origins, Patience, TokenSource, WebexClient, http_client};

use crate::platform::{JSON, Platform, Renewable, clock, person, with_time_passing};

#[tokio::test]
async fn retry_after_is_waited_for_on_the_clock() {
    let (platform, clock) = (Platform::start().await, clock());
    platform.will_answer(
        429,
        &[JSON, ("retry-after", "30")],
        json!({ "message": "slow down" }),
    );
    platform.will_answer(429, &[JSON], "");
    platform.will_answer(200, &[JSON], person("a"));
    let client = platform.client(&clock);
    let (person, waited) = with_time_passing(&clock, async move { client.me().await }).await;
    assert_eq!(person.unwrap().id, "a");
    assert_eq!(
        waited,
        Duration::from_secs(35),
        "thirty as told, five where nothing is told"
    );
}

#[tokio::test]
async fn waiting_for_the_rate_limit_is_bounded_in_number_and_in_length() {
    let (platform, clock) = (Platform::start().await, clock());
    for _ in 0..3 {
        platform.will_answer(
            429,
            &[JSON, ("retry-after", "1")],
            json!({ "message": "slow down" }),
        );
    }
    let patience = Patience {
        rate_limit_waits: 2,
        longest_wait: Duration::from_secs(60),
        ..Patience::default()
    };
    let client = platform.client(&clock).with_patience(patience);
    let (outcome, waited) = with_time_passing(&clock, async move { client.me().await }).await;
    assert_eq!(
        outcome.unwrap_err().kind,
        ErrorKind::RateLimited {
            retry_after: Duration::from_secs(1)
        }
    );
    assert_eq!(waited, Duration::from_secs(2));

    platform.will_answer(429, &[JSON, ("retry-after", "86400")], "");
    let error = platform
        .client(&clock)
        .with_patience(patience)
        .me()
        .await
        .unwrap_err();
    assert_eq!(
        error.kind,
        ErrorKind::RateLimited {
            retry_after: Duration::from_secs(86_400)
        }
    );
}

#[tokio::test]
async fn a_rejected_token_is_renewed_once_and_the_request_replayed() {
    let platform = Platform::start().await;
    platform.will_answer(
        401,
        &[JSON],
        json!({ "message": "The request requires a valid access token" }),
    );
    platform.will_answer(200, &[JSON], person("a"));
    platform.client(&clock()).me().await.unwrap();
    let bearers: Vec<_> = platform
        .seen()
        .into_iter()
        .filter_map(|seen| seen.authorization)
        .collect();
    assert_eq!(bearers, ["Bearer first-secret", "Bearer second-secret"]);
}

#[tokio::test]
async fn a_token_that_is_rejected_again_after_its_renewal_is_an_error() {
    let platform = Platform::start().await;
    for _ in 0..2 {
        platform.will_answer(
            401,
            &[JSON, ("trackingid", "ROUTERGW_7")],
            json!({ "message": "no" }),
        );
    }
    let tokens = Arc::new(Renewable::default());
    let error = platform
        .client_with(&clock(), Arc::clone(&tokens) as Arc<dyn TokenSource>)
        .me()
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert_eq!(error.tracking_id.as_deref(), Some("ROUTERGW_7"));
    assert_eq!(*tokens.renewals.lock().unwrap(), 1);
    assert_eq!(platform.seen().len(), 2);
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_says_so() {
    let platform = Platform::start().await;
    platform.will_answer(401, &[JSON], "");
    let tokens = Arc::new(FixedToken::new("only-secret".into()));
    let error = platform.client_with(&clock(), tokens).me().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NoAuthorization);
    assert!(!format!("{error:?} {error}").contains("only-secret"));
}

#[tokio::test]
async fn reads_are_tried_again_after_a_server_error_and_writes_are_not() {
    let (platform, clock) = (Platform::start().await, clock());
    platform.will_answer(503, &[], "<html>busy</html>");
    platform.will_answer(502, &[], "");
    platform.will_answer(200, &[JSON], person("a"));
    let client = platform.client(&clock);
    let (outcome, waited) = with_time_passing(&clock, async move { client.me().await }).await;
    outcome.unwrap();
    assert_eq!(waited, Duration::from_millis(1500));

    platform.will_answer(503, &[], "");
    let error = platform
        .client(&clock)
        .send::<serde_json::Value>(http::Method::POST, &["people"], &json!({}))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable { status: 503 });
    assert_eq!(platform.seen().len(), 4);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_transport_error_after_the_retries() {
    let clock = clock();
    let gone = Platform::start().await;
    let base = gone.base.clone();
    gone.server.abort();
    let _ = tokio::time::timeout(Duration::from_secs(5), async {
        while !gone.server.is_finished() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let client = WebexClient::new(
        Origins::single(&base).unwrap(),
        Arc::new(FixedToken::new("only-secret".into())),
        http_client().unwrap(),
        Arc::new(clock.clone()),
    );
    let (outcome, waited) = with_time_passing(&clock, async move { client.me().await }).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Transport);
    assert!(error.is_passing());
    assert_eq!(waited, Duration::from_millis(500 + 1000 + 2000 + 4000));
}
