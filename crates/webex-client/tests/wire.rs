//! The client against a server on the loopback interface: what it sends, what it waits for, what it refuses.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use futures::StreamExt as _;
use http::StatusCode;
use kit::{ExposeSecret as _, ManualClock, SecretString, Timestamp};
use serde_json::json;
use webex_client::{
    ClientCredentials, ErrorKind, FixedToken, Origins, Patience, PeopleQuery, TokenEndpoint, TokenError,
    TokenFailure, TokenSource, WebexClient, http_client,
};

/// What the server got: method, path and query, headers, body.
#[derive(Clone, Debug)]
struct Seen {
    method: String,
    target: String,
    authorization: Option<String>,
    tracking_id: Option<String>,
    body: String,
}

type ScriptedAnswer = (u16, Vec<(String, String)>, String);

#[derive(Clone, Default)]
struct Script {
    seen: Arc<Mutex<Vec<Seen>>>,
    answers: Arc<Mutex<VecDeque<ScriptedAnswer>>>,
}

struct Platform {
    base: String,
    script: Script,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(script): State<Script>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(ToOwned::to_owned)
    };
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    script.seen.lock().unwrap().push(Seen {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        authorization: header("authorization"),
        tracking_id: header("trackingid"),
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let next = script.answers.lock().unwrap().pop_front();
    let (status, headers, body) = next.unwrap_or((500, vec![], "the script is at its end".to_owned()));
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(Body::from(body)).unwrap()
}

impl Platform {
    async fn start() -> Self {
        let script = Script::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(script.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, script, server }
    }

    fn will_answer(&self, status: u16, headers: &[(&str, &str)], body: impl ToString) {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.script
            .answers
            .lock()
            .unwrap()
            .push_back((status, headers, body.to_string()));
    }

    fn seen(&self) -> Vec<Seen> {
        self.script.seen.lock().unwrap().clone()
    }

    fn client(&self, clock: &ManualClock) -> WebexClient {
        self.client_with(clock, Arc::new(Renewable::default()))
    }

    fn client_with(&self, clock: &ManualClock, tokens: Arc<dyn TokenSource>) -> WebexClient {
        let origins = Origins::single(&format!("{}/v1", self.base)).unwrap();
        WebexClient::new(origins, tokens, http_client().unwrap(), Arc::new(clock.clone()))
    }

    fn token_endpoint(&self) -> TokenEndpoint {
        let url = |path: &str| format!("{}{path}", self.base).parse().unwrap();
        TokenEndpoint::new(
            url("/v1/access_token"),
            Some(url("/revoke")),
            http_client().unwrap(),
        )
    }
}

/// Hands out `first`, and `second` once `first` was rejected.
#[derive(Default)]
struct Renewable {
    renewals: Mutex<u32>,
}

#[async_trait]
impl TokenSource for Renewable {
    async fn access_token(&self) -> Result<SecretString, TokenError> {
        Ok("first-secret".into())
    }

    async fn refreshed_after(&self, rejected: &SecretString) -> Result<SecretString, TokenError> {
        assert_eq!(rejected.expose_secret(), "first-secret");
        *self.renewals.lock().unwrap() += 1;
        Ok("second-secret".into())
    }
}

fn clock() -> ManualClock {
    ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap())
}

fn person(id: &str) -> serde_json::Value {
    json!({ "id": id, "emails": [format!("{id}@contoso.example")], "displayName": id, "orgId": "o" })
}

fn people(ids: &[&str]) -> serde_json::Value {
    json!({ "notFoundIds": null, "items": ids.iter().map(|id| person(id)).collect::<Vec<_>>() })
}

/// Runs `call` while moving the clock on whenever somebody waits; says how much time passed on it.
async fn with_time_passing<T: Send + 'static>(
    clock: &ManualClock,
    call: impl Future<Output = T> + Send + 'static,
) -> (T, Duration) {
    let began = kit::Clock::now(clock);
    let running = tokio::spawn(call);
    while !running.is_finished() {
        if clock.sleepers() > 0 {
            clock.advance(Duration::from_millis(500)).await;
        }
        tokio::task::yield_now().await;
    }
    (running.await.unwrap(), kit::Clock::now(clock).since(began))
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn a_list_is_read_page_by_page_to_its_end() {
    let platform = Platform::start().await;
    let link = format!("<{}/v1/people?max=2&cursor=abc%3D>; rel=\"next\"", platform.base);
    platform.will_answer(200, &[JSON, ("link", &link)], people(&["a", "b"]));
    platform.will_answer(
        200,
        &[JSON, ("link", "</v1/people?cursor=3>; rel=\"next\"")],
        people(&["c"]),
    );
    platform.will_answer(200, &[JSON], people(&["d"]));
    let query = PeopleQuery {
        calling_data: true,
        max: Some(2),
        ..PeopleQuery::default()
    };
    let pages: Vec<_> = platform.client(&clock()).people(&query).collect().await;
    let ids: Vec<Vec<String>> = pages
        .into_iter()
        .map(|page| page.unwrap().items.into_iter().map(|person| person.id).collect())
        .collect();
    assert_eq!(ids, vec![vec!["a", "b"], vec!["c"], vec!["d"]]);
    let targets: Vec<String> = platform.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        [
            "/v1/people?callingData=true&max=2",
            "/v1/people?max=2&cursor=abc%3D",
            "/v1/people?cursor=3"
        ]
    );
}

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
async fn a_link_to_another_server_ends_the_list_and_gets_no_token() {
    let (platform, thief) = (Platform::start().await, Platform::start().await);
    let link = format!("<{}/v1/people?cursor=2>; rel=\"next\"", thief.base);
    platform.will_answer(200, &[JSON, ("link", &link)], people(&["a"]));
    let pages: Vec<_> = platform
        .client(&clock())
        .people(&PeopleQuery::default())
        .collect()
        .await;
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0].as_ref().unwrap().items.len(), 1);
    assert_eq!(pages[1].as_ref().unwrap_err().kind, ErrorKind::ForeignOrigin);
    assert!(thief.seen().is_empty());
}

#[tokio::test]
async fn a_link_that_leads_in_a_circle_ends_the_list_with_an_error() {
    let platform = Platform::start().await;
    platform.will_answer(
        200,
        &[JSON, ("link", "</v1/people>; rel=\"next\"")],
        people(&["a"]),
    );
    let pages: Vec<_> = platform
        .client(&clock())
        .people(&PeopleQuery::default())
        .collect()
        .await;
    assert_eq!(pages[1].as_ref().unwrap_err().kind, ErrorKind::Protocol);
}

#[tokio::test]
async fn a_circle_of_several_pages_ends_the_list_as_well() {
    let platform = Platform::start().await;
    for (cursor, name) in [("b", "one"), ("c", "two"), ("b", "three")] {
        platform.will_answer(
            200,
            &[
                JSON,
                ("link", &format!("</v1/people?cursor={cursor}>; rel=\"next\"")),
            ],
            people(&[name]),
        );
    }
    let pages: Vec<_> = platform
        .client(&clock())
        .people(&PeopleQuery::default())
        .collect()
        .await;
    assert_eq!(pages.len(), 4, "three pages and the error");
    assert_eq!(pages[3].as_ref().unwrap_err().kind, ErrorKind::Protocol);
    assert_eq!(platform.seen().len(), 3);
}

#[tokio::test]
async fn what_is_read_ahead_is_bounded_by_its_size() {
    let platform = Platform::start().await;
    let padding = "x".repeat(3 << 20);
    for cursor in 0..8 {
        let mut page = people(&["somebody"]);
        page["padding"] = padding.as_str().into();
        platform.will_answer(
            200,
            &[
                JSON,
                ("link", &format!("</v1/people?cursor={cursor}>; rel=\"next\"")),
            ],
            page,
        );
    }
    platform.will_answer(200, &[JSON], people(&["last"]));
    let mut pages = platform.client(&clock()).people(&PeopleQuery::default());
    pages.next().await.unwrap().unwrap();
    // Two of 3 MiB wait, the third was read and finds no room among 8 MiB.
    while platform.seen().len() < 4 {
        tokio::task::yield_now().await;
    }
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert!(
        platform.seen().len() <= 5,
        "{} pages were asked for",
        platform.seen().len()
    );
    assert_eq!(
        pages.collect::<Vec<_>>().await.len(),
        8,
        "and yet all of them come"
    );
}

#[tokio::test]
async fn an_answer_without_an_end_is_not_read_to_it() {
    let platform = Platform::start().await;
    platform.will_answer(200, &[JSON], format!("[{}]", " ".repeat(17 << 20)));
    let error = platform.client(&clock()).me().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Protocol);
    assert!(error.message.contains("larger than 16 MiB"), "{error}");
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
async fn a_redirect_is_not_followed() {
    let (platform, thief) = (Platform::start().await, Platform::start().await);
    platform.will_answer(302, &[("location", &format!("{}/v1/people/me", thief.base))], "");
    let error = platform.client(&clock()).me().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Protocol);
    assert!(thief.seen().is_empty());
}

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

fn credentials() -> ClientCredentials {
    ClientCredentials {
        client_id: "C12".to_owned(),
        client_secret: "client-secret".into(),
    }
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
