//! What the SDK for JavaScript asks first: where the services are, and under which registration it runs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use kit::ExposeSecret as _;
use kit_test::TestDatabase;
use serde_json::json;
use support::House;

impl House {
    async fn token_of(&self, name: &str) -> String {
        let token = self
            .hub
            .issue_personal_token(&self.person(name).email)
            .await
            .unwrap();
        token.expose_secret().to_owned()
    }
}

#[tokio::test]
async fn the_catalogue_leads_to_this_hub_alone() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let before = house
        .app
        .get("/u2c/api/v1/limited/catalog?orgId=nobody&format=hostmap")
        .send()
        .await;
    assert_eq!(before.status, 200, "{}", before.body);
    assert_eq!(before.json()["hostCatalog"], json!({}));
    assert_eq!(
        before.json()["serviceLinks"],
        json!({
            "hydra": "http://127.0.0.1:8080/v1",
            "idbroker": "http://127.0.0.1:8080",
            "identity": "http://127.0.0.1:8080",
            "metrics": "http://127.0.0.1:8080/metrics/api/v1",
            "u2c": "http://127.0.0.1:8080/u2c/api/v1",
            "wdm": "http://127.0.0.1:8080/wdm/api/v1",
        })
    );
    assert_eq!(
        house
            .app
            .get("/u2c/api/v1/catalog?format=hostmap")
            .send()
            .await
            .status,
        401
    );
    let token = house.token_of("Alex Morgan").await;
    let after = house
        .app
        .get("/u2c/api/v1/catalog?format=hostmap")
        .bearer(&token)
        .send()
        .await;
    assert_eq!(after.json(), before.json());
}

#[tokio::test]
async fn the_second_format_names_the_same_services_and_there_is_no_third() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let before = house.app.get("/u2c/api/v1/limited/catalog").send().await;
    let token = house.token_of("Alex Morgan").await;
    let refused = house
        .app
        .get("/u2c/api/v1/catalog?format=xml")
        .bearer(&token)
        .send()
        .await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()["trackingId"].is_string()),
        (400, true)
    );
    let second = house
        .app
        .get("/u2c/api/v1/catalog?format=U2CV2")
        .bearer(&token)
        .send()
        .await
        .json();
    for service in second["services"].as_array().unwrap() {
        let name = service["serviceName"].as_str().unwrap();
        assert_eq!(
            service["serviceUrls"][0]["baseUrl"],
            before.json()["serviceLinks"][name]
        );
        assert_eq!(second["activeServices"][name], service["id"]);
    }
}

#[tokio::test]
async fn a_token_has_one_registration_that_no_other_sees() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let (alex, heidi) = (
        house.token_of("Alex Morgan").await,
        house.token_of("Heidi Harper").await,
    );
    let program = json!({ "name": "node", "deviceType": "WEB", "systemName": "WEBEX_JS_SDK" });
    let made = house
        .app
        .post("/wdm/api/v1/devices")
        .bearer(&alex)
        .json(&program)
        .send()
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    let device = made.json();
    assert_eq!(
        (&device["name"], &device["deviceType"]),
        (&json!("node"), &json!("WEB"))
    );
    let url = device["url"]
        .as_str()
        .unwrap()
        .trim_start_matches("http://127.0.0.1:8080")
        .to_owned();
    assert!(
        device["webSocketUrl"]
            .as_str()
            .unwrap()
            .starts_with("ws://127.0.0.1:8080/mercury/")
    );
    assert!(
        !made.body.contains(&alex),
        "the registration does not tell the token"
    );
    let renewed = house.app.put(&url).bearer(&alex).json(&device).send().await;
    assert_eq!(
        (renewed.status.as_u16(), &renewed.json()["url"]),
        (200, &device["url"])
    );
    let listed = house.app.get("/wdm/api/v1/devices").bearer(&alex).send().await;
    assert_eq!(listed.json()["devices"][0]["url"], device["url"]);
    for request in [
        house.app.get(&url),
        house.app.put(&url).json(&program),
        house.app.delete(&url),
    ] {
        assert_eq!(request.bearer(&heidi).send().await.status, 404);
    }
    assert_eq!(house.app.delete(&url).bearer(&alex).send().await.status, 204);
    assert_eq!(
        house
            .app
            .post("/metrics/api/v1/clientmetrics")
            .json(&json!({ "metrics": [] }))
            .send()
            .await
            .status,
        204
    );
}

#[tokio::test]
async fn people_are_asked_for_with_a_slash_at_the_end() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let token = house.token_of("Alex Morgan").await;
    let me = house.app.get("/v1/people/me").bearer(&token).send().await.json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let nobody = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMGRlYWQ";
    let answer = house
        .app
        .get(&format!("/v1/people/?id={me},{nobody}&showAllTypes=false"))
        .bearer(&token)
        .send()
        .await;
    assert_eq!(answer.json()["items"][0]["id"], me.as_str());
    assert_eq!(answer.json()["notFoundIds"], json!([nobody]));
}
