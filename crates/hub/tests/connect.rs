//! “Connect your SDK”: this Hub's own addresses, for whoever is signed in; and the certificate for everybody.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use hub::{Hub, HubOptions};
use kit_test::{App, TestDatabase};
use support::{House, options};

#[tokio::test]
async fn every_signed_in_person_sees_each_recipe_with_this_hub_s_addresses() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let certificate = house.folder.path().canonicalize().unwrap().join("gateway-ca.pem");
    for name in ["Alex Morgan", "Ken Alvarez"] {
        let browser = house.browser_of(name).await;
        let page = browser.get("/connect").send().await;
        assert_eq!(page.status, 200, "{name}: {}", page.body);
        for recipe in [
            "https_proxy='http://127.0.0.1:8443'",
            &format!("REQUESTS_CA_BUNDLE='{}'", certificate.display()),
            "trust_env=True",
            "base_url=\"http://127.0.0.1:8080/v1/\"",
            "request.url = \"http://127.0.0.1:8080\" + asked.path",
            "U2C_SERVICE_URL='http://127.0.0.1:8080/u2c/api/v1'",
            "http://127.0.0.1:8080/v1/people/me",
            "href=\"/me/token\"",
            "href=\"/gateway/ca.pem\"",
        ] {
            let shown = page.body.replace("&#34;", "\"").replace("&#39;", "'");
            assert!(shown.contains(recipe), "{name} does not see {recipe}: {shown}");
        }
        let own = browser.get("/me").send().await;
        assert!(
            own.body.contains("href=\"/connect\""),
            "{name}'s menu leads there"
        );
    }
    let overview = house.browser_of("Alex Morgan").await.get("/").send().await;
    assert!(overview.body.contains("class=\"button\" href=\"/connect\""));
}

#[tokio::test]
async fn the_certificate_is_for_everybody_and_the_key_for_nobody() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let answer = house.app.get("/gateway/ca.pem").send().await;
    assert_eq!(answer.status, 200);
    let file = std::fs::read_to_string(house.folder.path().join("gateway-ca.pem")).unwrap();
    assert_eq!(answer.body, file);
    assert!(file.starts_with("-----BEGIN CERTIFICATE-----") && !file.contains("PRIVATE"));
}

#[tokio::test]
async fn a_hub_without_a_gateway_says_so_and_makes_no_certificate() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let folder = tempfile::tempdir().unwrap();
    let without = HubOptions {
        gateway: None,
        ..options(&house.database, &folder, &house.clock)
    };
    let hub = Hub::open(without).await.unwrap();
    let answer = App::new(hub.router(), "127.0.0.1:8080")
        .get("/gateway/ca.pem")
        .send()
        .await;
    assert_eq!(answer.status, 404);
    assert!(
        answer.body.contains("--gateway 127.0.0.1:8443"),
        "{}",
        answer.body
    );
    assert!(!folder.path().join("gateway-ca.key").exists());
    let app = App::new(hub.router(), "127.0.0.1:8080");
    support::sign_in(&app, &house.person("Ken Alvarez"), "/sign-in").await;
    let page = app.get("/connect").send().await;
    assert!(
        page.body.contains("The gateway of this Hub is off") && page.body.contains("base_url="),
        "{}",
        page.body
    );
}
