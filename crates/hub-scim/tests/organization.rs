//! The organization as the identity service keeps it.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use serde_json::json;
use support::World;

kit_test::both_databases! {
    async fn the_organization_is_shown_renamed_and_gives_new_people_its_language(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/v1/identity/organizations/{}", world.own.id);
        let shown = admin.app.get(&path).send().await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        let before = shown.json();
        assert_eq!((&before["displayName"], &before["id"]), (&json!(world.own.name), &json!(world.own.id.to_string())));
        assert_eq!(before["schemas"], json!(["urn:cisco:codev:identity:organization:core:1.0"]));
        let patch = |body: serde_json::Value| { let (app, path) = (admin.app.clone(), path.clone()); async move { app.request("PATCH".parse().unwrap(), &path).json(&body).send().await } };
        let after = patch(json!({ "schemas": before["schemas"], "displayName": "Kestrel", "preferredLanguage": "de_DE" })).await;
        assert_eq!(after.status, 200, "{}", after.body);
        assert_eq!((&after.json()["displayName"], &after.json()["preferredLanguage"]), (&json!("Kestrel"), &json!("de_DE")));
        assert_ne!(after.json()["meta"]["version"], before["meta"]["version"]);
        assert_eq!(admin.app.get(&format!("/identity/organizations/{}", world.own.id)).send().await.json(), after.json());
        assert_eq!(admin.made(&json!({ "userName": "new@kestrelbay.example" })).await["preferredLanguage"], "de_DE");
        for body in [json!({ "displayName": " " }), json!({ "preferredLanguage": "German" }), json!({ "displayName": 7 })] {
            let answer = patch(body.clone()).await;
            assert_eq!(answer.status, 400, "{body}");
            assert!(answer.json()["message"].is_string());
        }
    }
}
