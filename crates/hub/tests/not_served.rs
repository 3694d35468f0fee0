#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! An operation that Webex publishes and the Hub does not serve, an object that is not there, and an address that
//! nobody publishes: three different answers. And the page that tells beforehand.
mod support;

use http::Method;
use kit::ExposeSecret as _;
use kit_test::TestDatabase;
use support::House;

const NOT_SERVED: &str = "This Hub does not serve GET /v1/rooms/{roomId} yet. What it serves stands at http://127.0.0.1:8080/coverage.";

#[tokio::test]
async fn what_is_published_and_not_served_says_so_with_a_token_and_without() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let email = house.person("Alex Morgan").email;
    let token = house.hub.issue_personal_token(&email).await.unwrap();
    for bearer in [None, Some("garbage"), Some(token.expose_secret())] {
        for path in ["/v1/rooms/abc", "/v1/rooms/abc/"] {
            let request = house.app.get(path);
            let request = bearer
                .into_iter()
                .fold(request, |request, token| request.bearer(token));
            let answer = request.send().await;
            assert_eq!(answer.status, 501, "{}", answer.body);
            assert_eq!(answer.json()["message"], NOT_SERVED);
            assert_eq!(answer.json()["errors"][0]["description"], NOT_SERVED);
            assert!(answer.json()["trackingId"].is_string());
            assert_eq!(
                answer.header("trunkline-not-served"),
                Some("GET /v1/rooms/{roomId}")
            );
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
    }
    let head = house.app.request(Method::HEAD, "/v1/rooms/abc").send().await;
    assert_eq!(head.status, 501);
}

#[tokio::test]
async fn an_object_that_is_not_there_and_an_address_that_nobody_publishes_are_404() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let email = house.person("Alex Morgan").email;
    let token = house.hub.issue_personal_token(&email).await.unwrap();
    let nobody = webex::PublicId::of_uuid(webex::ResourceKind::People, kit::Uuid::nil()).to_string();
    let answer = house
        .app
        .get(&format!("/v1/people/{nobody}"))
        .bearer(token.expose_secret())
        .send()
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("trunkline-not-served")),
        (404, None)
    );
    let answer = house.app.get("/v1/roomz").send().await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("trunkline-not-served")),
        (404, None)
    );
    assert_eq!(
        answer.json()["message"],
        "No operation is served at GET /v1/roomz."
    );
}

#[tokio::test]
async fn a_method_that_nobody_publishes_is_405_whether_the_rest_is_served_or_not() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let answer = house.app.request(Method::PATCH, "/v1/rooms/abc").send().await;
    assert_eq!(answer.status, 405, "{}", answer.body);
    assert_eq!(answer.header("allow"), Some("DELETE, GET, PUT"));
    let served = house.app.request(Method::PATCH, "/v1/people/abc").send().await;
    assert_eq!(served.status, 405, "{}", served.body);
    // Served for another method, published for this one.
    let organization = house.app.delete("/v1/organizations/abc").send().await;
    assert_eq!(organization.status, 501, "{}", organization.body);
}

/// Every operation of the list is asked: what is not served says so, and nothing that is served is in the way of it.
#[tokio::test]
async fn every_published_operation_answers_as_the_table_says() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let coverage = hub::coverage(hub::routes());
    for line in &coverage.lines {
        let address = line.operation.address();
        let parts: Vec<&str> = address
            .split('/')
            .map(|part| if part.starts_with('{') { "x" } else { part })
            .collect();
        let answer = house
            .app
            .other_browser()
            .request(line.operation.method.clone(), &parts.join("/"))
            .send()
            .await;
        let is_missing = answer.status == 501;
        assert_eq!(
            is_missing,
            line.state == hub::State::NotServed,
            "{} {address} answers {}: {}",
            line.operation.method,
            answer.status,
            answer.body
        );
    }
}

#[tokio::test]
async fn the_page_shows_everybody_who_is_signed_in_what_is_served() {
    let house = House::open(TestDatabase::sqlite().await).await;
    assert_eq!(
        house.app.get("/coverage").send().await.status,
        303,
        "sign in first"
    );
    let browser = house.browser_of("Heidi Harper").await;
    let own = browser.get("/me").send().await;
    assert!(
        own.body.contains("href=\"/coverage\""),
        "a way leads there: {}",
        own.body
    );
    let all = browser.get("/coverage").send().await;
    assert_eq!(all.status, 200, "{}", all.body);
    let counts = hub::coverage(hub::routes()).counts();
    for number in [counts.served, counts.in_part, counts.not_served] {
        let figure = format!("<span class=\"stat-value\">{number}</span>");
        assert!(all.body.contains(&figure), "{figure}: {}", all.body);
    }
    assert!(all.body.contains("CC BY 4.0") && all.body.contains("/coverage?family=Messaging"));

    let found = browser.get("/coverage?q=GET+people&state=served").send().await;
    assert!(found.body.contains("GET /v1/people/me"), "{}", found.body);
    assert!(!found.body.contains("DELETE /v1/people") && !found.body.contains("/v1/rooms"));
    let family = browser.get("/coverage?family=Messaging").send().await;
    assert!(family.body.contains("GET /v1/rooms/{roomId}") && !family.body.contains("GET /v1/people/me"));
    assert!(
        family.body.contains("<option selected>Messaging</option>"),
        "{}",
        family.body
    );
    let pages = browser.get("/coverage?state=not-served&page=2").send().await;
    assert!(
        pages.body.contains("101–200 of ") && pages.body.contains("rel=\"prev\""),
        "{}",
        pages.body
    );
    let last = browser.get("/coverage?state=not-served&page=99999").send().await;
    assert_eq!(last.status, 200);
    let nothing = browser.get("/coverage?q=%3Cscript%3E").send().await;
    assert!(nothing.body.contains("No published operation matches") && !nothing.body.contains("<script>"));
}
