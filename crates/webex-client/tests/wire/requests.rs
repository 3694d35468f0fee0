//! What a request carries, and which answers are followed or refused.

use futures::StreamExt as _;
use kit::Timestamp;
use serde_json::json;
use webex_client::{ErrorKind, PeopleQuery};

use crate::platform::{JSON, Platform, clock, person};

#[tokio::test]
async fn every_request_carries_the_token_and_a_tracking_id_of_its_own() {
    let platform = Platform::start().await;
    platform.will_answer(200, &[JSON], person("a"));
    platform.will_answer(200, &[JSON], person("a"));
    let client = platform
        .client(&clock())
        .with_tracking_prefix("TRUNKLINE_test\r\nX: y");
    client.me().await.unwrap();
    client.person("a/../b?c#d").await.unwrap();
    let seen = platform.seen();
    assert_eq!(seen[0].authorization.as_deref(), Some("Bearer first-secret"));
    assert_eq!(seen[0].tracking_id.as_deref(), Some("TRUNKLINE_testXy_1"));
    assert_eq!(seen[1].tracking_id.as_deref(), Some("TRUNKLINE_testXy_2"));
    assert_eq!(
        seen[1].target, "/v1/people/a%2F..%2Fb%3Fc%23d",
        "an id is one segment, whatever is in it"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (platform, thief) = (Platform::start().await, Platform::start().await);
    platform.will_answer(302, &[("location", &format!("{}/v1/people/me", thief.base))], "");
    let error = platform.client(&clock()).me().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Protocol);
    assert!(thief.seen().is_empty());
}

#[tokio::test]
async fn statuses_become_kinds_with_the_words_and_the_tracking_id_of_the_platform() {
    let platform = Platform::start().await;
    let body = json!({ "message": "Missing required scope", "errors": [{ "description": "spark-admin:people_read" }], "trackingId": "ROUTERGW_body" });
    for (status, kind) in [
        (400, ErrorKind::Refused { status: 400 }),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (410, ErrorKind::NotFound),
        (423, ErrorKind::Refused { status: 423 }),
    ] {
        platform.will_answer(status, &[JSON], &body);
        let error = platform.client(&clock()).me().await.unwrap_err();
        assert_eq!(error.kind, kind);
        assert_eq!(error.tracking_id.as_deref(), Some("ROUTERGW_body"));
        assert_eq!(
            error.message,
            format!("The platform answered {status}: Missing required scope – spark-admin:people_read")
        );
    }
}

#[tokio::test]
async fn another_region_is_named_and_not_called() {
    let platform = Platform::start().await;
    platform.will_answer(
        451,
        &[JSON],
        json!({ "message": "Please use analytics-calling-eu.webexapis.com", "trackingId": "ROUTERGW_1" }),
    );
    let window = webex_client::CallRecordsWindow {
        start: Timestamp::from_millis(0),
        end: Timestamp::from_millis(1),
        max: 500,
    };
    let error = platform.client(&clock()).call_records(window).await.unwrap_err();
    assert_eq!(
        error.kind,
        ErrorKind::Region {
            host: Some("analytics-calling-eu.webexapis.com".to_owned())
        }
    );
    assert_eq!(platform.seen().len(), 1);
}

#[tokio::test]
async fn no_body_makes_the_client_panic() {
    let platform = Platform::start().await;
    for garbage in [
        "",
        "null",
        "[]",
        "{}",
        "{\"items\":",
        "\u{0}\u{1}",
        "{\"items\":[{\"id\":7}]}",
        "<html></html>",
        "{\"id\":{}}",
        "\"text\"",
    ] {
        platform.will_answer(200, &[JSON], garbage);
        let error = platform.client(&clock()).me().await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Protocol, "{garbage}");
        platform.will_answer(200, &[JSON, ("link", "<<>>;;rel=,,\"<; rel")], garbage);
        let pages: Vec<_> = platform
            .client(&clock())
            .people(&PeopleQuery::default())
            .collect()
            .await;
        assert!(pages.last().unwrap().is_err(), "{garbage}");
        platform.will_answer(400, &[], garbage);
        assert!(platform.client(&clock()).me().await.is_err());
    }
}
