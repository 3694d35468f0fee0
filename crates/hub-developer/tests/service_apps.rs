//! Service Apps from the request to the last token, on both databases.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use std::time::Duration;

use hub_developer::{Audience, Overlap};
use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use serde_json::json;
use support::{MACHINE_SCOPES, Made, World, made, service_app_body, token_body};

const DEAD: &str = hub_directory::INVALID_TOKEN;

fn tokens(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.json();
    let text = |key: &str| body[key].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

async fn refresh(programs: &App, made: &Made, token: &str) -> Answer {
    let pairs = [
        ("grant_type", "refresh_token"),
        ("client_id", made.client_id.as_str()),
        ("client_secret", made.secret.as_str()),
        ("refresh_token", token),
    ];
    programs.post("/v1/access_token").form(&pairs).send().await
}

async fn people(programs: &App, access: &str) -> Answer {
    programs.get("/v1/people?max=5").bearer(access).send().await
}

kit_test::both_databases! {
    async fn from_the_request_to_tokens_that_read_the_organization(database: Database) {
        let world = World::new(&database).await;
        let app = world.service_app().await;
        // Shown to nobody: no administrator finds it, and nobody can authorize it.
        let admin = world.session(NamedPerson::FullAdmin).await;
        assert!(world.developer.list_service_apps(&admin).await.unwrap().is_empty());
        assert!(world.developer.authorize_service_app(&admin, &app.client_id, None).await.is_err());
        assert_eq!(world.fetch_tokens(&app).await.status, 403);

        let heidi = world.session(NamedPerson::HeidiHarper).await;
        world.developer.set_audience(&heidi, &app.client_id, Audience::OwnOrganization).await.unwrap();
        assert_eq!(world.developer.list_service_apps(&admin).await.unwrap().len(), 1);
        let stranger = world.session_of_other(NamedPerson::FullAdmin).await;
        assert!(world.developer.list_service_apps(&stranger).await.unwrap().is_empty());
        // Three Full Admins can sign in; each got one letter.
        let letters = world.rows("SELECT recipient FROM events_letter").await;
        assert_eq!(letters.len(), 3);

        let authorized = world.developer.authorize_service_app(&admin, &app.id, None).await.unwrap();
        assert_eq!(authorized.authorized_by, admin.person_id);
        let answer = world.fetch_tokens(&app).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let body = answer.json();
        assert_eq!((body["expires_in"].as_u64(), body["refresh_token_expires_in"].as_u64()), (Some(1_209_599), Some(7_775_999)));
        assert_eq!(body["token_type"], "Bearer");
        let (access, refresh_token) = tokens(&answer);
        assert!(access.ends_with(&world.own.id.to_string()), "clients read the organization out of the token");

        // The policy of these tests allows no integration at all: a Service App was authorized by name.
        let programs = world.programs();
        let answer = people(&programs, &access).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.json()["items"].as_array().unwrap().len(), 5);
        assert!(answer.json()["items"][0]["roles"].is_array(), "it sees what an administrator sees");
        let me = programs.get("/v1/people/me").bearer(&access).send().await.json();
        assert_eq!((me["type"].as_str(), me["displayName"].as_str()), (Some("appuser"), Some("Roster Bot")));
        assert_eq!(me["orgId"], world.org_id());
        // What it did not ask for stays closed.
        assert_eq!(programs.get("/v1/licenses").bearer(&access).send().await.status, 403);
        // It stands in no list of people.
        let listed = programs.get("/v1/people?displayName=Roster").bearer(&access).send().await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 0);

        let renewed = tokens(&refresh(&programs, &app, &refresh_token).await);
        assert_eq!(people(&programs, &renewed.0).await.status, 200);
    }

    async fn a_deauthorized_service_app_is_dead_and_authorizing_it_again_resurrects_nothing(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let (access, refresh_token) = tokens(&world.fetch_tokens(&app).await);
        let programs = world.programs();
        assert_eq!(people(&programs, &access).await.status, 200);

        let admin = world.session(NamedPerson::SecondFullAdmin).await;
        world.developer.deauthorize_service_app(&admin, &app.client_id).await.unwrap();
        let answer = people(&programs, &access).await;
        assert_eq!((answer.status.as_u16(), answer.json()["message"].as_str()), (401, Some(DEAD)));
        assert_eq!(refresh(&programs, &app, &refresh_token).await.status, 400);
        let refused = world.fetch_tokens(&app).await;
        assert_eq!(refused.status, 403, "{}", refused.body);
        assert!(refused.json()["message"].as_str().unwrap().contains("Full Administrator"), "{}", refused.body);

        world.developer.authorize_service_app(&admin, &app.client_id, None).await.unwrap();
        assert_eq!(people(&programs, &access).await.status, 401);
        assert_eq!(refresh(&programs, &app, &refresh_token).await.status, 400);
        let (fresh, _) = tokens(&world.fetch_tokens(&app).await);
        assert_eq!(people(&programs, &fresh).await.status, 200);
    }

    async fn it_hangs_on_nobodys_password_role_or_account(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let (access, refresh_token) = tokens(&world.fetch_tokens(&app).await);
        let authorizer = world.id_of(NamedPerson::FullAdmin);
        world.identity.set_password(authorizer, &kit::SecretString::from("another horse battery staple")).await.unwrap();
        let second = hub_test::token_caller(&world.directory, world.id_of(NamedPerson::SecondFullAdmin), "spark-admin:people_write").await;
        for gone in [authorizer, world.id_of(NamedPerson::HeidiHarper)] {
            world.directory.delete_person(&second, gone).await.unwrap();
        }
        let programs = world.programs();
        assert_eq!(people(&programs, &access).await.status, 200);
        let (renewed, _) = tokens(&refresh(&programs, &app, &refresh_token).await);
        assert_eq!(people(&programs, &renewed).await.status, 200);
        // Who authorized it stands there by name.
        let seen = world.developer.service_app(&second_session(&world).await, &app.client_id).await.unwrap();
        assert!(!seen.authorization.unwrap().authorized_by_name.is_empty());
        // Its developer is gone: a Full Admin of their organization looks after it.
        world.developer.rotate_secret(&second_session(&world).await, &app.client_id, Overlap::AtOnce).await.unwrap();
    }

    async fn the_token_endpoint_says_what_is_wrong(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        let path = format!("/v1/applications/{}/token", app.id);
        let whole = token_body(&app, &world.org_id());
        let ask = |body: serde_json::Value, path: String| { let heidi = heidi.clone(); async move { heidi.post(&path).json(&body).send().await } };

        for key in ["clientId", "clientSecret", "targetOrgId"] {
            let mut body = whole.clone();
            body.as_object_mut().unwrap().remove(key);
            let answer = ask(body, path.clone()).await;
            assert_eq!(answer.status, 400, "{}", answer.body);
            assert!(answer.body.contains(key), "{}", answer.body);
        }
        assert_eq!(ask(json!([1]), path.clone()).await.status, 400);
        let answer = ask(json!({ "clientId": app.client_id, "clientSecret": "wrong", "targetOrgId": world.org_id() }), path.clone()).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.json()["message"], "Invalid client credentials");
        assert_eq!(answer.json()["errors"][0]["description"], "The provided clientSecret is invalid");
        let answer = ask(json!({ "clientId": "C1", "clientSecret": app.secret, "targetOrgId": world.org_id() }), path.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.json()["errors"][0]["description"].as_str()), (401, Some("The provided clientId is invalid")));
        // The plain uuid of the organization is taken too.
        let plain = json!({ "clientId": app.client_id, "clientSecret": app.secret, "targetOrgId": world.own.id.to_string() });
        assert_eq!(ask(plain, path.clone()).await.status, 200);
        // An organization that did not authorize it, and one that is not there, look alike.
        for target in [world.other_org_id(), kit::Uuid::nil().to_string()] {
            let answer = ask(token_body(&app, &target), path.clone()).await;
            assert_eq!(answer.status, 403, "{}", answer.body);
        }
        for unknown in [webex::application_id("C0"), "nonsense".to_owned()] {
            assert_eq!(ask(whole.clone(), format!("/v1/applications/{unknown}/token")).await.status, 404);
        }
        // An integration is no Service App.
        let integration = made(&heidi, &support::integration_body()).await;
        let answer = ask(token_body(&integration, &world.org_id()), format!("/v1/applications/{}/token", integration.id)).await;
        assert_eq!(answer.status, 404, "{}", answer.body);
    }

    async fn a_service_app_hands_out_no_tokens_and_lets_in_no_other(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let heidi = world.session(NamedPerson::HeidiHarper).await;
        let authorization = world.developer.authorizations_of(&heidi, &app.id).await.unwrap().remove(0).0;
        // Even with a token whose scopes no Service App can ask for.
        let machine = hub_test::token_caller(&world.directory, authorization.machine_id, support::EVERY_SCOPE).await;
        assert!(machine.is_full_admin());
        let program = world.app(Some(machine));
        let answer = program.post(&format!("/v1/applications/{}/token", app.id)).json(&token_body(&app, &world.org_id())).send().await;
        assert_eq!(answer.status, 403);
        let other = world.service_app().await;
        world.submit(&other).await;
        for action in ["authorize", "deauthorize"] {
            let answer = program.post(&format!("/v1/applications/{}/{action}", other.id)).json(&json!({})).send().await;
            assert_eq!(answer.status, 403, "{action}: {}", answer.body);
        }
        assert_eq!(program.post("/v1/applications").json(&service_app_body()).send().await.status, 403);
        for scope in ["spark:applications_token", "spark:all", "openid"] {
            let mut body = service_app_body();
            body["scopes"] = json!([scope]);
            let answer = world.app(Some(world.caller(NamedPerson::HeidiHarper).await)).post("/v1/applications").json(&body).send().await;
            assert_eq!(answer.status, 400, "{scope}: {}", answer.body);
        }
    }

    async fn more_permissions_wait_for_an_administrator_and_fewer_are_fewer_at_once(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        let path = format!("/v1/applications/{}", app.id);
        let more = ["spark-admin:people_read", "spark-admin:licenses_read"];
        assert_eq!(heidi.put(&path).json(&json!({ "scopes": more })).send().await.status, 200);
        let granted = |answer: Answer| answer.json()["scope"].as_str().unwrap().to_owned();
        assert_eq!(granted(world.fetch_tokens(&app).await), "spark-admin:people_read");

        let admin = world.session(NamedPerson::FullAdmin).await;
        let entry = world.developer.service_app(&admin, &app.client_id).await.unwrap();
        assert_eq!(entry.further_scopes().to_string(), "spark-admin:licenses_read");
        // What they read is what they authorize.
        let read = MACHINE_SCOPES.join(" ");
        let refused = world.developer.authorize_service_app(&admin, &app.client_id, Some(&read)).await.unwrap_err();
        assert!(refused.public().contains("while you were reading"), "{}", refused.public());
        let read = entry.client.scopes.to_string();
        world.developer.authorize_service_app(&admin, &app.client_id, Some(&read)).await.unwrap();
        assert_eq!(granted(world.fetch_tokens(&app).await), "spark-admin:licenses_read spark-admin:people_read");
        let again = world.developer.authorize_service_app(&admin, &app.client_id, Some(&read)).await.unwrap_err();
        assert_eq!(*again.kind(), kit::Kind::Conflict);
    }

    async fn deleting_it_ends_it_everywhere(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let (access, refresh_token) = tokens(&world.fetch_tokens(&app).await);
        let stranger = world.session_of_other(NamedPerson::FullAdmin).await;
        world.developer.authorize_service_app(&stranger, &app.client_id, None).await.unwrap();
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        assert_eq!(heidi.delete(&format!("/v1/applications/{}", app.id)).send().await.status, 204);
        let programs = world.programs();
        assert_eq!(people(&programs, &access).await.status, 401);
        // The client itself is unknown now.
        assert!(refresh(&programs, &app, &refresh_token).await.status.is_client_error());
        assert_eq!(world.fetch_tokens(&app).await.status, 404);
        assert!(world.developer.list_service_apps(&stranger).await.unwrap().is_empty());
        let deleted = world.outbox("security").await;
        assert_eq!(deleted.iter().filter(|event| event["event"] == "integration-deleted").count(), 2, "each organization hears it: {deleted:?}");
        assert!(world.rows("SELECT id FROM machine").await.is_empty());
        assert!(world.rows("SELECT client_id FROM developer_authorization").await.is_empty());
    }

    async fn what_happens_is_told_to_the_developer_and_taken_down(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let admin = world.session(NamedPerson::FullAdmin).await;
        world.developer.deauthorize_service_app(&admin, &app.client_id).await.unwrap();

        let news = world.outbox("webhook").await;
        let events: Vec<&str> = news.iter().map(|news| news["event"].as_str().unwrap()).collect();
        assert_eq!(events.len(), 2);
        assert!(events.contains(&"authorized") && events.contains(&"deauthorized"));
        for news in &news {
            assert_eq!(news["resource"], "serviceApp");
            assert_eq!(news["data"]["id"], app.id);
            assert_eq!(news["data"]["orgId"], world.org_id());
            let text = news.to_string();
            assert!(text.contains(&world.id_of(NamedPerson::HeidiHarper).to_string()), "{text}");
        }
        let security = world.outbox("security").await;
        assert!(security.iter().any(|event| event["event"] == "integration-revoked"), "{security:?}");
        let audit = world.audit().await;
        for part in ["registered the Service App Roster Bot", "authorized the Service App Roster Bot", "took back the authorization"] {
            assert!(audit.iter().any(|line| line.contains(part)), "{part}: {audit:?}");
        }
        let letters = world.rows("SELECT subject FROM events_letter").await;
        let subjects: Vec<String> = letters.iter().map(|row| row.text("subject").unwrap()).collect();
        assert!(subjects.iter().any(|subject| subject.contains("took back the authorization of “Roster Bot”")), "{subjects:?}");
    }

    async fn an_administrator_decides_for_the_own_organization_alone(database: Database) {
        let world = World::new(&database).await;
        let app = world.service_app().await;
        world.submit(&app).await;
        let admin = world.app(Some(world.caller(NamedPerson::FullAdmin).await));
        let path = format!("/v1/applications/{}/authorize", app.id);
        assert_eq!(admin.post(&path).json(&json!({ "orgId": world.other_org_id() })).send().await.status, 404);
        for part in [NamedPerson::ReadOnlyAdmin, NamedPerson::UserAdmin, NamedPerson::HeidiHarper] {
            let lesser = world.app(Some(world.caller(part).await));
            assert_eq!(lesser.post(&path).json(&json!({})).send().await.status, 403, "{part:?}");
        }
        assert_eq!(admin.post(&path).send().await.status, 200);
        // Another organization's administrator takes nothing back here.
        let stranger = world.session_of_other(NamedPerson::FullAdmin).await;
        let refused = world.developer.deauthorize_service_app(&stranger, &app.client_id).await.unwrap_err();
        assert_eq!(*refused.kind(), kit::Kind::NotFound);
        assert_eq!(world.fetch_tokens(&app).await.status, 200);
    }

    async fn the_refresh_token_slides_and_dies_when_nobody_uses_it(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let (_, refresh_token) = tokens(&world.fetch_tokens(&app).await);
        let programs = world.programs();
        const DAY: u64 = 24 * 3600;
        world.clock.advance(Duration::from_secs(80 * DAY)).await;
        let (_, again) = tokens(&refresh(&programs, &app, &refresh_token).await);
        world.clock.advance(Duration::from_secs(80 * DAY)).await;
        let (_, last) = tokens(&refresh(&programs, &app, &again).await);
        world.clock.advance(Duration::from_secs(91 * DAY)).await;
        assert_eq!(refresh(&programs, &app, &last).await.status, 400);
        assert_eq!(world.fetch_tokens(&app).await.status, 200);
    }
}

async fn second_session(world: &World) -> hub_directory::Caller {
    world.session(NamedPerson::SecondFullAdmin).await
}
