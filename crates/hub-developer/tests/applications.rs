//! Integrations by the API: registered, changed, rotated, deleted, listed; on both databases.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use std::time::Duration;

use hub_developer::Overlap;
use hub_directory::seed::NamedPerson;
use kit::SecretString;
use serde_json::json;
use support::{CALLBACK, World, integration_body, made, service_app_body};

kit_test::both_databases! {
    async fn an_integration_is_registered_and_stands_in_the_catalogue(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        let answer = heidi.post("/v1/applications").json(&integration_body()).send().await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, Some("no-store")));
        let body = answer.json();
        let client_id = body["clientId"].as_str().unwrap();
        assert!(client_id.len() == 65 && client_id.starts_with('C'));
        assert_eq!(body["id"], webex::application_id(client_id));
        assert_eq!((body["type"].as_str(), body["redirectUrls"][0].as_str()), (Some("integration"), Some(CALLBACK)));
        assert_eq!(body["clientSecret"].as_str().unwrap().len(), 64, "as the platform's own");
        // Governance lists every client that the authorization server has.
        assert!(world.oauth.clients().await.unwrap().iter().any(|client| client.client_id == client_id));
        // The secret is never answered again, by either spelling of the id.
        for id in [client_id, body["id"].as_str().unwrap()] {
            let again = heidi.get(&format!("/v1/applications/{id}")).send().await;
            assert_eq!(again.status, 200);
            assert!(!again.body.contains("clientSecret"), "{}", again.body);
        }
    }

    async fn what_is_wrong_is_said_with_its_field(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        for (key, value, said) in [
            ("name", json!(""), "name"),
            ("contactEmail", json!("nobody"), "contact"),
            ("redirectUrls", json!(["javascript:alert(1)"]), "run it"),
            ("redirectUrls", json!([]), "at least one address"),
            ("scopes", json!(["spark:fly"]), "spark:fly"),
            ("scopes", json!([]), "at least one permission"),
            ("privacyUrl", json!("ftp://x"), "https://"),
            ("type", json!("bot"), "integration or authorizedAppIssuer"),
        ] {
            let mut body = integration_body();
            body[key] = value;
            let answer = heidi.post("/v1/applications").json(&body).send().await;
            assert_eq!(answer.status, 400, "{key}: {}", answer.body);
            assert!(answer.body.contains(said), "{key}: {}", answer.body);
        }
        assert_eq!(heidi.get("/v1/applications").send().await.json()["items"], json!([]));
    }

    async fn a_change_leaves_out_what_stays_and_is_taken_down_with_both_values(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        let app = made(&heidi, &integration_body()).await;
        let path = format!("/v1/applications/{}", app.id);
        let answer = heidi.put(&path).json(&json!({ "name": "Roster 2", "redirectUrls": [CALLBACK, "https://two.example/cb"] })).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let body = answer.json();
        assert_eq!((body["name"].as_str(), body["contactEmail"].as_str()), (Some("Roster 2"), Some("dev@roster.example")));
        assert_eq!(body["redirectUrls"].as_array().unwrap().len(), 2);
        let rows = world.rows("SELECT setting, previous_value, new_value FROM events_audit WHERE setting = 'Name'").await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].text("previous_value").unwrap(), rows[0].text("new_value").unwrap()), ("Roster".to_owned(), "Roster 2".to_owned()));
        assert_eq!(heidi.put(&path).json(&json!({ "type": "authorizedAppIssuer" })).send().await.status, 400);
        assert_eq!(heidi.put(&path).json(&json!({ "scopes": [] })).send().await.status, 400);
    }

    async fn both_secrets_work_until_the_overlap_ends_and_no_longer(database: Database) {
        let world = World::new(&database).await;
        let owner = world.session(NamedPerson::HeidiHarper).await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        let app = made(&heidi, &integration_body()).await;
        let works = async |secret: &SecretString| world.oauth.is_secret_of(&app.client_id, secret).await.unwrap();
        let first = SecretString::from(app.secret.as_str());

        let second = world.developer.rotate_secret(&owner, &app.client_id, Overlap::OneHour).await.unwrap();
        assert!(works(&first).await && works(&second).await);
        let own = world.developer.show_application(&owner, &app.id).await.unwrap();
        let until = own.application.previous_secret_until.unwrap();
        assert_eq!(until.since(own.application.secret_made_at), Duration::from_secs(3600));
        world.clock.advance(Duration::from_secs(3599)).await;
        assert!(works(&first).await);
        world.clock.advance(Duration::from_secs(1)).await;
        assert!(!works(&first).await && works(&second).await);

        // Twice within the overlap: the newest two work, the oldest is over.
        let third = world.developer.rotate_secret(&owner, &app.client_id, Overlap::SevenDays).await.unwrap();
        let fourth = world.developer.rotate_secret(&owner, &app.client_id, Overlap::SevenDays).await.unwrap();
        assert!(!works(&second).await && works(&third).await && works(&fourth).await);
        // The API's way ends the one before at once.
        let answer = heidi.delete(&format!("/v1/applications/{}/clientSecret", app.id)).send().await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, Some("no-store")));
        let fifth = SecretString::from(answer.json()["clientSecret"].as_str().unwrap());
        assert!(!works(&fourth).await && works(&fifth).await);
        let audit = world.audit().await;
        assert_eq!(audit.iter().filter(|line| line.contains("rotated the secret")).count(), 4, "{audit:?}");
    }

    async fn a_deleted_integration_is_gone_and_its_id_does_not_come_back(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        let app = made(&heidi, &integration_body()).await;
        assert_eq!(heidi.delete(&format!("/v1/applications/{}", app.id)).send().await.status, 204);
        assert_eq!(heidi.get(&format!("/v1/applications/{}", app.id)).send().await.status, 404);
        assert!(world.oauth.client(&app.client_id).await.unwrap().is_none());
        assert!(!world.oauth.is_secret_of(&app.client_id, &SecretString::from(app.secret.as_str())).await.unwrap());
        let again = hub_oauth::NewClient { client_id: app.client_id, name: "Again".to_owned(), ..hub_oauth::NewClient::default() };
        assert!(world.oauth.register_client(again).await.is_err());
    }

    async fn a_list_shows_ones_own_and_is_narrowed_ordered_and_paged(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        for name in ["Zebra", "apple", "Mango"] {
            let mut body = integration_body();
            body["name"] = json!(name);
            made(&heidi, &body).await;
        }
        let service_app = made(&heidi, &service_app_body()).await;
        let names = async |app: &kit_test::App, query: &str| -> Vec<String> {
            let answer = app.get(&format!("/v1/applications{query}")).send().await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            answer.json()["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&heidi, "").await, ["apple", "Mango", "Roster Bot", "Zebra"]);
        assert_eq!(names(&heidi, "?type=authorizedAppIssuer").await, ["Roster Bot"]);
        assert_eq!(names(&heidi, "?orgSubmissionStatus=submitted").await, Vec::<String>::new());
        for nothing in ["?type=bot", "?isFeatured=true", "?botEmail=x@y", "?category=sales"] {
            assert_eq!(names(&heidi, nothing).await, Vec::<String>::new(), "{nothing}");
        }
        let first = heidi.get("/v1/applications?max=3").send().await;
        let link = first.header("link").unwrap().to_owned();
        let next = link.split('<').nth(1).unwrap().split('>').next().unwrap().replace("http://127.0.0.1:8080/v1/applications", "");
        assert_eq!(names(&heidi, &next).await, ["Zebra"]);
        assert_eq!(heidi.get("/v1/applications?orderBy=colour").send().await.status, 400);
        // Somebody else has none; their Full Admin sees all of them, a stranger only what was submitted.
        assert!(names(&world.app(Some(world.caller(NamedPerson::KenAlvarez).await)), "").await.is_empty());
        let admin = world.app(Some(world.caller(NamedPerson::FullAdmin).await));
        assert_eq!(names(&admin, "").await.len(), 4);
        assert!(names(&admin, "?createdBy=me").await.is_empty());
        let stranger = hub_test::token_caller(&world.directory, world.id_of_other(NamedPerson::FullAdmin), support::EVERY_SCOPE).await;
        let stranger = world.app(Some(stranger));
        assert!(names(&stranger, "").await.is_empty());
        world.submit(&service_app).await;
        assert_eq!(names(&stranger, "").await, ["Roster Bot"]);
        let seen = stranger.get(&format!("/v1/applications/{}", service_app.id)).send().await.json();
        assert!(seen["redirectUrls"].is_null() && seen["submissionStatus"] == "submitted");
    }

    async fn a_person_has_a_hundred_at_the_most_and_a_public_client_has_no_secret(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.app(Some(world.caller(NamedPerson::HeidiHarper).await));
        let mut body = integration_body();
        body["isPublic"] = json!(true);
        let answer = heidi.post("/v1/applications").json(&body).send().await.json();
        assert!(answer["clientSecret"].is_null());
        let client = world.oauth.client(answer["clientId"].as_str().unwrap()).await.unwrap().unwrap();
        assert!(client.is_public && client.rotates_refresh_tokens);
        let refused = heidi.delete(&format!("/v1/applications/{}/clientSecret", answer["id"].as_str().unwrap())).send().await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        for _ in 1..100 {
            made(&heidi, &integration_body()).await;
        }
        let full = heidi.post("/v1/applications").json(&integration_body()).send().await;
        assert_eq!(full.status, 409, "{}", full.body);
    }

    async fn no_secret_is_kept_in_the_clear_or_written_by_debug(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let pair = world.fetch_tokens(&app).await.json();
        let secrets = [app.secret.clone(), pair["access_token"].as_str().unwrap().to_owned(), pair["refresh_token"].as_str().unwrap().to_owned()];
        for statement in [
            "SELECT action_text || COALESCE(previous_value, '') || COALESCE(new_value, '') AS text FROM events_audit",
            "SELECT payload AS text FROM events_outbox",
            "SELECT subject || paragraphs || COALESCE(link_path, '') AS text FROM events_letter",
            "SELECT secret_hash AS text FROM oauth_client",
            "SELECT description || logo_url || form_key AS text FROM developer_application",
        ] {
            for row in world.rows(statement).await {
                let text = row.text("text").unwrap();
                assert!(secrets.iter().all(|secret| !text.contains(secret)), "{statement}: {text}");
            }
        }
        let owner = world.session(NamedPerson::HeidiHarper).await;
        let secret = world.developer.rotate_secret(&owner, &app.client_id, Overlap::AtOnce).await.unwrap();
        let fresh = hub_developer::FreshSecret {
            application: world.developer.show_application(&owner, &app.client_id).await.unwrap(),
            secret: Some(secret.clone()),
        };
        use kit::ExposeSecret as _;
        assert!(!format!("{fresh:?}").contains(secret.expose_secret()));
    }
}
