#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! Webhooks, as their owners see them.
mod support;

use serde_json::json;
use support::{CLIENT, OTHER_CLIENT, World, admin, organization, person, user, with_client};
use webex::{PublicId, ResourceKind, ScopeSet};

kit_test::both_databases! {
    async fn a_webhook_is_made_read_changed_and_deleted_as_on_the_platform(database: Database) {
        let world = World::new(database).await;
        let app = world.app(Some(admin(1, 1)));
        let body = json!({
            "name": "Calls", "targetUrl": "https://example.com/hook", "resource": "telephony_calls", "event": "all",
            "filter": "state=alerting", "secret": "s3cret",
        });
        let made = app.post("/v1/webhooks").json(&body).send().await;
        assert_eq!(made.status, 200, "{}", made.body);
        let webhook = made.json();
        let id = webhook["id"].as_str().unwrap().to_owned();
        PublicId::parse(ResourceKind::Webhook, &id).unwrap();
        let wanted = json!({
            "id": id, "name": "Calls", "targetUrl": "https://example.com/hook", "resource": "telephony_calls", "event": "all",
            "filter": "state=alerting", "secret": "s3cret", "status": "active", "created": "2026-11-24T09:00:00.000Z",
            "orgId": PublicId::of_uuid(ResourceKind::Organization, organization(1).uuid()).to_string(),
            "createdBy": PublicId::of_uuid(ResourceKind::People, person(1).uuid()).to_string(),
            "appId": PublicId::new(ResourceKind::Application, CLIENT).to_string(),
            "ownedBy": "creator",
        });
        assert_eq!(webhook, wanted);
        let path = format!("/v1/webhooks/{id}");
        assert_eq!(app.get(&path).send().await.json(), wanted);
        assert_eq!(app.get("/v1/webhooks").send().await.json(), json!({"items": [wanted]}));
        let change = json!({"name": "All calls", "targetUrl": "https://example.org/", "secret": "other", "resource": "rooms"});
        let changed = app.put(&path).json(&change).send().await.json();
        assert_eq!(changed["name"], "All calls");
        assert_eq!(changed["targetUrl"], "https://example.org/");
        assert_eq!(changed["secret"], "other");
        assert_eq!(changed["resource"], "telephony_calls", "only name, target, secret and status change");
        assert_eq!(app.delete(&path).send().await.status, 204);
        assert_eq!(app.get(&path).send().await.status, 404);
        assert_eq!(app.delete(&path).send().await.status, 404);
    }

    async fn a_list_is_paged_by_links_that_are_complete(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        for number in 0..5 {
            world.webhook(&caller, &format!("https://example.com/{number}")).await;
            world.pass(std::time::Duration::from_millis(1)).await;
        }
        let app = world.app(Some(caller));
        let mut names = Vec::new();
        let mut next = Some("/v1/webhooks?max=2&ownedBy=creator".to_owned());
        let mut pages = 0;
        while let Some(path) = next {
            // As one SDK asks: its own parameters once more behind those of the link.
            let answer = app.get(&format!("{path}&max=2")).send().await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            for item in answer.json()["items"].as_array().unwrap() {
                names.push(item["targetUrl"].as_str().unwrap().to_owned());
            }
            pages += 1;
            next = answer.header("link").map(|link| {
                let url = link.strip_prefix('<').unwrap().split('>').next().unwrap();
                url.strip_prefix(support::ISSUER).unwrap().to_owned()
            });
        }
        assert_eq!(pages, 3);
        let wanted: Vec<String> = (0..5).rev().map(|number| format!("https://example.com/{number}")).collect();
        assert_eq!(names, wanted);
        let org = app.get("/v1/webhooks?ownedBy=org").send().await;
        assert_eq!(org.json(), json!({"items": []}));
    }

    async fn what_cannot_be_registered_is_refused_in_words(database: Database) {
        let world = World::with(database, |_| {}).await;
        let app = world.app(Some(admin(1, 1)));
        let good = json!({"name": "n", "targetUrl": "https://example.com/", "resource": "telephony_calls", "event": "created"});
        let cases = [
            ("name", json!(""), "name is missing."),
            ("targetUrl", json!("http://example.com/"), "targetUrl “http://example.com/” cannot be used: it must begin with https://."),
            ("targetUrl", json!("https://192.168.1.1/"), "targetUrl “https://192.168.1.1/” cannot be used: this Hub delivers to public addresses only."),
            ("event", json!("answered"), "event “answered” is not one that telephony_calls has: created, updated, deleted, all."),
            ("filter", json!("state"), "filter has “state=”; write name=value, and & between several."),
            ("ownedBy", json!("me"), "ownedBy is “creator” or “org”."),
            ("ownedBy", json!("org"), "ownedBy “org” is not possible for the resource telephony_calls."),
        ];
        for (member, value, sentence) in cases {
            let mut body = good.clone();
            body[member] = value;
            let answer = app.post("/v1/webhooks").json(&body).send().await;
            assert_eq!(answer.status, 400, "{member}: {}", answer.body);
            assert_eq!(answer.json()["message"], sentence);
        }
        assert_eq!(app.post("/v1/webhooks").json(&good).send().await.status, 200);
        assert_eq!(app.post("/v1/webhooks").json(&good).send().await.status, 409, "the same once more");
        // wxc_sdk sends a form and says that it is JSON; the platform refuses that too.
        let id = app.get("/v1/webhooks").send().await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let form = app.put(&format!("/v1/webhooks/{id}")).form(&[("name", "x")]).send().await;
        assert_eq!(form.status, 400, "{}", form.body);
    }

    async fn a_registration_rests_on_the_read_scope_of_its_resource(database: Database) {
        let world = World::new(database).await;
        let body = |resource: &str, event: &str| json!({"name": "n", "targetUrl": "https://example.com/", "resource": resource, "event": event});
        let mut caller = user(1, 1);
        let app = world.app(Some(caller.clone()));
        assert_eq!(app.post("/v1/webhooks").json(&body("telephony_calls", "created")).send().await.status, 200);
        assert_eq!(app.post("/v1/webhooks").json(&body("serviceApp", "authorized")).send().await.status, 403);
        assert_eq!(app.post("/v1/webhooks").json(&body("all", "all")).send().await.status, 403);
        caller.scopes = ScopeSet::parse("spark-admin:calls_read").unwrap();
        let without_role = world.app(Some(caller.clone()));
        assert_eq!(without_role.post("/v1/webhooks").json(&body("telephony_mwi", "updated")).send().await.status, 403);
        caller.scopes = ScopeSet::parse("spark:all").unwrap();
        let firehose = world.app(Some(caller));
        assert_eq!(firehose.post("/v1/webhooks").json(&body("all", "all")).send().await.status, 200);
    }

    async fn others_webhooks_do_not_exist(database: Database) {
        let world = World::new(database).await;
        let id = world.webhook(&admin(1, 1), "https://example.com/").await;
        let path = format!("/v1/webhooks/{id}");
        for other in [admin(2, 2), with_client(admin(1, 1), OTHER_CLIENT)] {
            let app = world.app(Some(other));
            assert_eq!(app.get(&path).send().await.status, 404);
            assert_eq!(app.put(&path).json(&json!({"name": "mine"})).send().await.status, 404);
            assert_eq!(app.delete(&path).send().await.status, 404);
            assert_eq!(app.get("/v1/webhooks").send().await.json(), json!({"items": []}));
        }
        assert_eq!(world.app(Some(admin(1, 1))).get(&path).send().await.json()["name"], "to https://example.com/");
    }

    async fn a_webhook_dies_with_the_grant_that_made_it(database: Database) {
        let world = World::new(database).await;
        let id = world.webhook(&admin(1, 1), "https://example.com/").await;
        // The same person authorizes the same integration again: the new grant sees the old webhook while the old grant lives.
        let again = world.app(Some(admin(1, 2)));
        assert_eq!(again.get(&format!("/v1/webhooks/{id}")).send().await.status, 200);
        world.kill_grant(support::grant(1));
        assert_eq!(again.get("/v1/webhooks").send().await.json(), json!({"items": []}));
        assert_eq!(again.get(&format!("/v1/webhooks/{id}")).send().await.status, 404);
    }
}
