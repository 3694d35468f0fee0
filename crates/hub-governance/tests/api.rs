//! `/v1/policies` and what stands under our own prefix, as programs meet it: on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use hub_directory::seed::NamedPerson;
use hub_directory::{Caller, CallerOrigin, OrganizationId};
use hub_governance::{API_ROUTES, FIVE, api_router};
use kit_test::App;
use kit_web::Needs;
use serde_json::{Value, json};
use support::House;
use webex::{PublicId, ResourceKind, ScopeSet};

fn with(caller: &Caller, scopes: &str) -> Caller {
    Caller {
        scopes: ScopeSet::parse(scopes).unwrap(),
        origin: CallerOrigin::Token {
            client_id: "C1".to_owned(),
            token_hash: "h".to_owned(),
            grant_id: kit::Uuid::nil(),
        },
        ..caller.clone()
    }
}

fn app(house: &House, caller: &Caller, scopes: &str) -> App {
    hub_test::app(api_router(house.governance.clone()), Some(with(caller, scopes)))
}

const BOTH: &str = "spark-admin:policies_read spark-admin:policies_write";

async fn items(app: &App, path: &str) -> Vec<Value> {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()["items"].as_array().unwrap().clone()
}

fn person(id: hub_directory::PersonId) -> String {
    PublicId::text_of_uuid(ResourceKind::People, id.uuid())
}

kit_test::both_databases! {
    async fn policies_are_made_changed_listed_and_deleted(database: Database) {
        let house = House::open(database).await;
        let app = app(&house, &house.full_admin(), BOTH);
        assert!(items(&app, "/v1/policies?type=default").await.is_empty(), "nobody ever set one");
        assert_eq!(items(&app, "/v1/policies").await.len(), 8);

        let app_id = webex::application_id(&FIVE[0].client_id());
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        let body = json!({"type": "custom", "appId": app_id, "name": "Synch for two", "action": "allow", "personIds": [person(ursula.person_id), person(rita.person_id)]});
        let made = app.post("/v1/policies").json(&body).send().await;
        assert_eq!(made.status, 201, "{}", made.body);
        let made = made.json();
        assert_eq!((made["type"].as_str(), made["action"].as_str(), made["name"].as_str()), (Some("custom"), Some("allow"), Some("Synch for two")));
        assert_eq!(made["appId"], json!(app_id));
        assert_eq!(made["created"], json!("2026-11-24T09:00:00.000Z"));
        assert_eq!(made["orgId"], json!(PublicId::text_of_uuid(ResourceKind::Organization, house.organization().uuid())));
        let path = format!("/v1/policies/{}", made["id"].as_str().unwrap());
        assert_eq!(app.get(&path).send().await.json(), made);
        assert_eq!(app.post("/v1/policies").json(&body).send().await.status, 409);

        for (query, count) in [
            (format!("appId={app_id}"), 1),
            (format!("appId={}", FIVE[0].client_id()), 1),
            (format!("personId={}", person(rita.person_id)), 1),
            ("name=synch+FOR+two".to_owned(), 1),
            ("action=deny".to_owned(), 8),
            ("action=allow&type=custom".to_owned(), 1),
            ("type=default".to_owned(), 0),
        ] {
            assert_eq!(items(&app, &format!("/v1/policies?{query}")).await.len(), count, "{query}");
        }

        let changed = app.put(&path).json(&json!({"type": "custom", "action": "deny", "personIds": [person(ursula.person_id)]})).send().await;
        assert_eq!(changed.json()["action"], json!("deny"), "{}", changed.body);
        // Saying what the default says ends it.
        let equal = app.put(&path).json(&json!({"action": "allow"})).send().await;
        assert_eq!(equal.status, 200);
        assert_eq!(app.get(&path).send().await.status, 404);
        assert_eq!(app.post("/v1/policies").json(&json!({"type": "custom", "appId": app_id, "action": "allow"})).send().await.status, 400);

        let default = app.post("/v1/policies").json(&json!({"type": "default", "action": "deny", "name": "Closed"})).send().await;
        assert_eq!(default.status, 201, "{}", default.body);
        let all = items(&app, "/v1/policies").await;
        assert_eq!(all.len(), 1, "exceptions that say the same ended");
        let default = format!("/v1/policies/{}", default.json()["id"].as_str().unwrap());
        assert!(!house.is_enabled(&FIVE[0].client_id()).await);
        assert_eq!(app.delete(&default).send().await.status, 204);
        assert_eq!(app.get(&default).send().await.status, 404);
        assert!(house.is_enabled(&FIVE[0].client_id()).await, "without a default everything is allowed");
    }

    async fn bad_policies_are_refused_in_words(database: Database) {
        let house = House::open(database).await;
        let app = app(&house, &house.full_admin(), BOTH);
        let app_id = webex::application_id(&FIVE[0].client_id());
        let stranger = PublicId::text_of_uuid(ResourceKind::People, kit::Uuid::nil());
        for (body, words) in [
            (json!({"action": "deny"}), "type is missing"),
            (json!({"type": "special", "action": "deny"}), "type is default or custom"),
            (json!({"type": "custom", "action": "deny"}), "appId is missing"),
            (json!({"type": "default", "appId": app_id, "action": "deny"}), "has no appId"),
            (json!({"type": "custom", "appId": app_id}), "action is missing"),
            (json!({"type": "custom", "appId": app_id, "action": "block"}), "action is allow or deny"),
            (json!({"type": "custom", "appId": app_id, "action": "allow", "personIds": [stranger]}), "1 of the personIds name nobody"),
            (json!({"type": "default", "action": "deny", "personIds": [person(house.full_admin().person_id)]}), "leave personIds out"),
            (json!({"type": "custom", "appId": app_id, "action": "deny", "existingAuthorizations": "maybe"}), "end or keep"),
        ] {
            let answer = app.post("/v1/policies").json(&body).send().await;
            assert_eq!(answer.status, 400, "{body}: {}", answer.body);
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        let unknown = json!({"type": "custom", "appId": "C00", "action": "deny"});
        assert_eq!(app.post("/v1/policies").json(&unknown).send().await.status, 404);
    }

    async fn pages_follow_the_link(database: Database) {
        let house = House::open(database).await;
        let app = app(&house, &house.full_admin(), BOTH);
        let (mut path, mut seen) = ("/v1/policies?max=3".to_owned(), Vec::new());
        loop {
            let answer = app.get(&path).send().await;
            let found = answer.json()["items"].as_array().unwrap().clone();
            assert!(found.len() <= 3);
            seen.extend(found.iter().map(|policy| policy["id"].as_str().unwrap().to_owned()));
            let Some(link) = answer.header("link").map(ToOwned::to_owned) else { break };
            let url = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
            path = url.trim_start_matches("http://127.0.0.1:8080").to_owned();
        }
        assert_eq!(seen.len(), 8);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 8, "none twice");
        assert_eq!(app.get("/v1/policies?cursor=%21").send().await.status, 400);
    }

    async fn usage_says_how_many_use_what_and_when_that_was_counted(database: Database) {
        let house = House::open(database).await;
        let app = app(&house, &house.full_admin(), BOTH);
        assert_eq!(app.post("/v1/trunkline/governance/adoption/refresh").send().await.status, 204);
        let all = items(&app, "/v1/application/usage?max=100").await;
        assert_eq!(all.len(), FIVE.len() + hub_governance::OTHERS.len());
        let app_id = webex::application_id(&FIVE[1].client_id());
        let one = items(&app, &format!("/v1/application/usage?appId={app_id}")).await.remove(0);
        assert_eq!(one["appName"], json!(FIVE[1].name));
        assert_eq!((one["policyAction"].as_str(), one["appUserAdoption"].as_i64()), (Some("deny"), Some(0)));
        assert_eq!(one["lastUpdated"], json!("2026-11-24T09:00:00.000Z"));
        assert!(one["policyId"].is_string());
        let first = items(&app, "/v1/application/usage?orderBy=policy&max=1").await.remove(0);
        assert_eq!(first["policyAction"], json!("allow"));
    }

    async fn resets_requests_and_reviewers_by_program(database: Database) {
        let house = House::open(database).await;
        let app = app(&house, &house.full_admin(), BOTH);
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        let client_id = FIVE[1].client_id();
        house.tries(&ursula, &client_id, None).await;
        house.tries(&rita, &client_id, None).await;
        let open = items(&app, "/v1/trunkline/governance/requests?state=open&max=1").await;
        assert_eq!((open.len(), open[0]["state"].as_str()), (1, Some("open")));
        let all = items(&app, &format!("/v1/trunkline/governance/requests?appId={client_id}")).await;
        assert_eq!(all.len(), 2);
        let hers = all.iter().find(|request| request["personEmail"] == json!(ursula.email)).unwrap();
        let decisions = format!("/v1/trunkline/governance/applications/{}/decisions", webex::application_id(&client_id));
        let decided = app.post(&decisions).json(&json!({"decision": "allow", "requestIds": [hers["id"]], "expires": "2027-01-01T00:00:00Z"})).send().await;
        assert_eq!((decided.status.as_u16(), decided.json()["decided"].as_u64()), (200, Some(1)), "{}", decided.body);
        assert_eq!(app.post(&decisions).json(&json!({"decision": "allow", "requestIds": [hers["id"]]})).send().await.status, 409);
        assert_eq!(app.post(&decisions).json(&json!({"decision": "block"})).send().await.status, 400);
        assert_eq!(app.post(&decisions).json(&json!({"decision": "block", "justification": "no"})).send().await.status, 200);
        assert_eq!(items(&app, "/v1/trunkline/governance/requests?state=blocked").await.len(), 1);

        let reset = app.post("/v1/trunkline/governance/resets").json(&json!({})).send().await;
        assert_eq!(reset.json()["exceptions"].as_array().unwrap().len(), 8, "{}", reset.body);
        let path = format!("/v1/trunkline/governance/resets/{}", reset.json()["id"].as_str().unwrap());
        assert_eq!(app.get(&path).send().await.json()["exceptions"][0]["outcome"], json!("restored"));
        assert_eq!(app.post(&format!("{path}/undo")).json(&json!({})).send().await.status, 200);
        assert_eq!(app.post(&format!("{path}/undo")).json(&json!({})).send().await.status, 409);
        assert!(items(&app, "/v1/trunkline/governance/resets").await[0]["undone"].is_string());
        let revoke = format!("/v1/trunkline/governance/applications/{client_id}/revoke");
        assert_eq!(app.post(&revoke).send().await.status, 204);
        assert_eq!(app.post("/v1/trunkline/governance/reviewers").json(&json!({"email": rita.email})).send().await.status, 204);
        assert_eq!(items(&app, "/v1/trunkline/governance/reviewers").await[0]["email"], json!(rita.email));
        let one = format!("/v1/trunkline/governance/reviewers/{}", person(rita.person_id));
        assert_eq!(app.delete(&one).send().await.status, 204);
        assert_eq!(app.delete(&one).send().await.status, 404);
    }

    /// Every route of the table × scope × role × somebody else's organization.
    async fn every_route_wants_its_scope_and_its_role(database: Database) {
        let house = House::open(database).await;
        let made = house.governance.reset_exceptions(&house.full_admin(), hub_governance::Existing::End).await.unwrap().unwrap();
        let own = PublicId::new(ResourceKind::Policy, format!("{}:default", house.organization())).to_string();
        for route in API_ROUTES {
            let Needs::Scopes(scopes) = route.needs else { panic!("{} needs a token", route.path) };
            let writes = !scopes.contains(&"spark-admin:policies_read");
            let path = route
                .path
                .replace("{policy_id}", &own)
                .replace("{reset_id}", &made.to_string())
                .replace("{application_id}", &FIVE[0].client_id())
                .replace("{person_id}", &person(house.full_admin().person_id));
            let body = json!({"decision": "block", "justification": "x", "email": "x@y.example", "type": "default", "action": "allow"});
            let ask = |caller: Caller, scopes: &'static str| {
                let (app, path) = (app(&house, &caller, scopes), path.clone());
                let body = body.clone();
                async move { app.request(route.method.clone(), &path).json(&body).send().await.status.as_u16() }
            };
            let admin = house.full_admin();
            assert_eq!(ask(admin.clone(), "spark:people_read").await, 403, "{} without a scope", route.path);
            let read_only = ask(house.caller(NamedPerson::ReadOnlyAdmin), BOTH).await;
            assert_eq!(read_only == 403, writes, "{} {} by a read-only administrator: {read_only}", route.method, route.path);
            assert_eq!(ask(house.caller(NamedPerson::UserAdmin), BOTH).await, 403, "{} by a user administrator", route.path);
            if writes {
                assert_eq!(ask(admin.clone(), "spark-admin:policies_read").await, 403, "{} with the scope to read", route.path);
            }
            if route.path.contains("{policy_id}") || route.path.contains("{reset_id}") {
                let elsewhere = Caller { organization_id: OrganizationId::new(kit::Uuid::from_u128(7)), ..admin.clone() };
                assert_eq!(ask(elsewhere, BOTH).await, 404, "{} of another organization", route.path);
            }
        }
    }
}
