//! What the common layers promise, seen from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use http::StatusCode;
use kit::{Error, Kind, SeededRandomness};
use kit_test::App;
use kit_web::{
    ApiError, Form, Json, Message, Page, PageError, Product, PublicUrl, Query, Stack, Tone, csrf_field, stack,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Wanted {
    number: u8,
}

fn app() -> App {
    let routes = Router::new()
        .route(
            "/v1/fails",
            get(|| async { ApiError(Error::internal("disk 7 is full")) }),
        )
        .route(
            "/v1/busy",
            get(|| async {
                ApiError(Error::new(
                    Kind::TooMany(std::time::Duration::from_millis(1500)),
                    "Slow down.",
                ))
            }),
        )
        .route(
            "/v1/query",
            get(|Query(wanted): Query<Wanted>| async move { wanted.number.to_string() }),
        )
        .route(
            "/v1/json",
            post(|Json(wanted): Json<Wanted>| async move { wanted.number.to_string() }),
        )
        .route(
            "/broken",
            get(|| async { PageError(Error::internal("disk 7 is full")) }),
        )
        .route(
            "/form",
            get(|| async { csrf_field() })
                .post(|Form(wanted): Form<Wanted>| async move { wanted.number.to_string() }),
        )
        .route("/only-a-form", post(|| async { "" }))
        .route("/v1/long", get(|| async { "a".repeat(5_000) }))
        .route("/long", get(|| async { axum::response::Html("a".repeat(5_000)) }))
        .route("/says", get(|| async { says_one_thing() }));
    let options = Stack {
        product: Product::Hub,
        public_url: PublicUrl::parse("http://127.0.0.1:8080").unwrap(),
        further_hosts: vec!["gateway.example:8443".to_owned()],
        csrf_key: [7; 32],
        randomness: Arc::new(SeededRandomness::new(1)),
    };
    App::new(stack(routes, options), "127.0.0.1:8080")
}

fn says_one_thing() -> Page {
    let mut message = Message::new(Tone::Success, "Done <b>", "It \"worked\".");
    message.facts.push(("Client ID".to_owned(), "C1<2".to_owned()));
    message.actions.push(("On".to_owned(), "/on?a=1&b=2".to_owned()));
    message.into_page(StatusCode::OK)
}

#[tokio::test]
async fn a_failure_of_ours_is_answered_in_the_envelope_without_its_cause() {
    let answer = app()
        .get("/v1/fails")
        .header("TrackingID", "SIMPLE_1")
        .send()
        .await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.header("trackingid"), Some("SIMPLE_1"));
    assert_eq!(answer.json()["trackingId"], "SIMPLE_1");
    assert_eq!(
        answer.json()["message"],
        answer.json()["errors"][0]["description"]
    );
    assert!(!answer.body.contains("disk 7"));
}

#[tokio::test]
async fn a_tracking_id_that_could_forge_a_log_line_is_replaced() {
    let answer = app()
        .get("/v1/fails")
        .header("TrackingID", "a b\u{9}c")
        .send()
        .await;
    assert!(answer.header("trackingid").unwrap().starts_with("ROUTERGW_"));
}

#[tokio::test]
async fn retry_after_is_rounded_up() {
    let answer = app().get("/v1/busy").send().await;
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (StatusCode::TOO_MANY_REQUESTS, Some("2"))
    );
}

#[tokio::test]
async fn an_operation_that_is_not_served_says_so() {
    let app = app();
    let missing = app.get("/v1/nowhere").send().await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(
        missing.json()["message"],
        "No operation is served at GET /v1/nowhere."
    );
    let wrong = app.delete("/v1/query").send().await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(
        wrong.json()["message"],
        "The method DELETE is not served at /v1/query."
    );
    let page = app.get("/only-a-form").send().await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        page.body.contains("<h1>There is no page at this address</h1>"),
        "{}",
        page.body
    );
    assert!(
        app.get("/nowhere")
            .send()
            .await
            .body
            .contains("<h1>Not found</h1>")
    );
}

#[tokio::test]
async fn bad_input_is_named() {
    let app = app();
    let query = app.get("/v1/query?number=300").send().await;
    assert_eq!(query.status, StatusCode::BAD_REQUEST);
    assert!(
        query.json()["message"].as_str().unwrap().contains("300") || query.body.contains("number"),
        "{}",
        query.body
    );
    let json = app.post("/v1/json").body("{\"number\": \"x\"}").send().await;
    assert_eq!(json.status, StatusCode::BAD_REQUEST);
    assert!(json.body.contains("line 1 column"), "{}", json.body);
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_own_browser() {
    let app = app();
    let token = app.get("/form").send().await.field("csrf");
    let good = app
        .post("/form")
        .form(&[("csrf", &token), ("number", "5")])
        .send()
        .await;
    assert_eq!(good.body, "5");
    let other = app.other_browser();
    let stolen = other
        .post("/form")
        .form(&[("csrf", &token), ("number", "5")])
        .send()
        .await;
    assert_eq!(stolen.status, StatusCode::FORBIDDEN);
    let without = app.post("/form").form(&[("number", "5")]).send().await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    let foreign = app
        .post("/form")
        .header("sec-fetch-site", "cross-site")
        .form(&[("csrf", &token), ("number", "5")])
        .send()
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn only_the_known_hosts_are_answered_for() {
    let rebound = App::new(router_of_app(), "evil.example:8080")
        .get("/says")
        .send()
        .await;
    assert_eq!(rebound.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(rebound.body.contains("evil.example:8080"));
}

fn router_of_app() -> Router {
    let options = Stack {
        product: Product::Suite,
        public_url: PublicUrl::parse("https://suite.example").unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SeededRandomness::new(1)),
    };
    stack(
        Router::new().route("/says", get(|| async { says_one_thing() })),
        options,
    )
}

#[tokio::test]
async fn pages_carry_the_headers_that_keep_them_safe() {
    let answer = app().get("/says").send().await;
    for (name, part) in [
        ("content-security-policy", "default-src 'self'"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("set-cookie", "HttpOnly; SameSite=Lax"),
    ] {
        assert!(
            answer.header(name).unwrap_or_default().contains(part),
            "{name}: {:?}",
            answer.header(name)
        );
    }
    let tls = App::new(router_of_app(), "suite.example")
        .get("/says")
        .send()
        .await;
    assert!(
        tls.header("set-cookie")
            .unwrap()
            .starts_with("__Host-trunkline_suite_browser=")
    );
    assert!(tls.header("set-cookie").unwrap().contains("; Secure"));
}

#[tokio::test]
async fn a_message_page_escapes_what_it_is_given() {
    let answer = app().get("/says").send().await;
    let main = answer.body.split("<main").nth(1).unwrap();
    insta::assert_snapshot!(main.split("</main>").next().unwrap());
}

#[tokio::test]
async fn assets_are_kept_for_a_year_under_their_hash() {
    let app = app();
    let path = kit_web::asset_url("app.css");
    let answer = app.get(&path).send().await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("cache-control").unwrap().contains("immutable"));
    assert_eq!(
        app.get("/assets/0/nothing.css").send().await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_broken_page_names_its_tracking_id_and_not_its_cause() {
    let answer = app().get("/broken").header("TrackingID", "T_1").send().await;
    assert!(answer.body.contains("T_1") && !answer.body.contains("disk 7"));
}

#[tokio::test]
async fn answers_of_the_api_are_compressed_and_pages_with_their_csrf_token_are_not() {
    let app = app();
    let api = app.get("/v1/long").header("Accept-Encoding", "gzip").send().await;
    assert_eq!(api.header("content-encoding"), Some("gzip"));
    let page = app.get("/long").header("Accept-Encoding", "gzip").send().await;
    assert_eq!(page.header("content-encoding"), None);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_the_envelope() {
    let body = format!("{{\"number\": 1, \"filler\": \"{}\"}}", "x".repeat(1 << 20));
    let answer = app().post("/v1/json").body(body).send().await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        answer.json()["message"],
        "The body of this request is larger than 1 MiB."
    );
}
