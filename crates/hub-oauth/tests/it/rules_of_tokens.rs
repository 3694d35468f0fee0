use std::sync::Arc;
use std::time::Duration;

use hub_directory::seed::NamedPerson::FullAdmin;
use hub_oauth::{Lifetimes, NewClient};
use kit::ExposeSecret as _;
use kit_sql::{Argument, insert_rows, sql};
use webex::ScopeSet;

use crate::world::{
    ADMIN_SCOPES, CALLBACK, OTHER, SYNCH, VERIFIER, World, authorize_with, parameter, tokens_of,
};

const DEAD: &str = "The refresh token provided is expired, revoked, malformed, or invalid.";

kit_test::both_databases! {
    async fn r04_a_code_works_once_for_five_minutes_for_its_client_and_address(database: Database) {
        let world = World::new(database).await;
        let code = world.code(SYNCH, ADMIN_SCOPES).await;
        let foreign = [
            ("client_id", OTHER), ("client_secret", world.other_secret.as_str()), ("grant_type", "authorization_code"),
            ("code", code.as_str()), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER),
        ];
        assert_eq!(world.program().post("/v1/access_token").form(&foreign).send().await.status, 400);
        let other_address = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", "https://two.example/cb"), ("code_verifier", VERIFIER)];
        assert_eq!(world.token(&other_address).await.status, 400);
        let no_address = [("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", VERIFIER)];
        assert_eq!(world.token(&no_address).await.status, 400);
        // None of these attempts harmed its owner; a second redemption ends what the first one brought.
        let tokens = tokens_of(&world.redeem(&code).await);
        assert!(world.is_alive(&tokens.access).await);
        let replayed = world.redeem(&code).await;
        assert_eq!((replayed.status.as_u16(), replayed.json()["error"].as_str()), (400, Some("invalid_grant")));
        assert!(!world.is_alive(&tokens.access).await);
        assert_eq!(world.refresh(&tokens.refresh).await.status, 400);
        let late = world.code(SYNCH, ADMIN_SCOPES).await;
        world.wait(300).await;
        assert_eq!(world.redeem(&late).await.status, 400);
        assert_eq!(world.redeem("garbage").await.status, 400);
    }

    async fn r04_of_many_redemptions_at_once_one_succeeds_and_what_it_got_is_ended(database: Database) {
        let world = Arc::new(World::new(database).await);
        let code = world.code(SYNCH, ADMIN_SCOPES).await;
        let mut tries = Vec::new();
        for _ in 0..8 {
            let (world, code) = (Arc::clone(&world), code.clone());
            tries.push(tokio::spawn(async move { world.redeem(&code).await }));
        }
        let mut brought = Vec::new();
        for attempt in tries {
            let answer = attempt.await.unwrap();
            match answer.status.as_u16() {
                200 => brought.push(tokens_of(&answer)),
                400 => assert_eq!(answer.json()["error"].as_str(), Some("invalid_grant")),
                other => panic!("{other}: {}", answer.body),
            }
        }
        assert_eq!(brought.len(), 1);
        assert!(!world.is_alive(&brought[0].access).await);
        assert_eq!(world.refresh(&brought[0].refresh).await.status, 400);
    }

    async fn withdrawing_while_a_code_is_redeemed_leaves_nothing_alive(database: Database) {
        let world = Arc::new(World::new(database).await);
        for _ in 0..6 {
            let code = world.code(SYNCH, ADMIN_SCOPES).await;
            let redeeming = {
                let world = Arc::clone(&world);
                tokio::spawn(async move { world.redeem(&code).await })
            };
            let withdrawing = {
                let world = Arc::clone(&world);
                tokio::spawn(async move { world.oauth.withdraw(world.id(FullAdmin), SYNCH).await.unwrap() })
            };
            let (answer, _) = (redeeming.await.unwrap(), withdrawing.await.unwrap());
            if answer.status == 200 {
                assert!(!world.is_alive(&tokens_of(&answer).access).await);
            }
            assert!(world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap().is_empty());
        }
    }

    async fn r06_a_refresh_token_is_bound_to_its_client_and_scopes(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let foreign = [
            ("client_id", OTHER), ("client_secret", world.other_secret.as_str()), ("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.as_str()),
        ];
        assert_eq!(world.program().post("/v1/access_token").form(&foreign).send().await.status, 400);
        let with = |scope| [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.as_str()), ("scope", scope)];
        let more = world.token(&with("spark-admin:organizations_read")).await;
        assert_eq!((more.status.as_u16(), more.json()["error"].as_str()), (400, Some("invalid_scope")));
        let fewer = tokens_of(&world.token(&with("spark:people_read")).await);
        let caller = world.oauth.authenticate(&fewer.access).await.unwrap().unwrap();
        assert_eq!(caller.scopes.to_string(), "spark:people_read");
        let all = tokens_of(&world.refresh(&tokens.refresh).await);
        assert_eq!(world.oauth.authenticate(&all.access).await.unwrap().unwrap().scopes.to_string(), ADMIN_SCOPES);
        // An access token is no refresh token and the other way round.
        assert_eq!(world.refresh(&tokens.access).await.status, 400);
        assert!(!world.is_alive(&tokens.refresh).await);
    }

    async fn r07_a_refresh_whose_answer_was_lost_is_simply_repeated(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let lost = tokens_of(&world.refresh(&tokens.refresh).await);
        let retried = tokens_of(&world.refresh(&tokens.refresh).await);
        assert_eq!((lost.refresh.as_str(), retried.refresh.as_str()), (tokens.refresh.as_str(), tokens.refresh.as_str()));
        assert!(world.is_alive(&retried.access).await);
        assert_eq!(world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap().len(), 1);
    }

    async fn r08_many_refreshes_at_once_all_succeed_in_one_lineage(database: Database) {
        let world = Arc::new(World::new(database).await);
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let mut refreshes = Vec::new();
        for _ in 0..12 {
            let (world, token) = (Arc::clone(&world), tokens.refresh.clone());
            refreshes.push(tokio::spawn(async move { tokens_of(&world.refresh(&token).await) }));
        }
        for refresh in refreshes {
            let got = refresh.await.unwrap();
            assert_eq!(got.refresh, tokens.refresh);
            assert!(world.is_alive(&got.access).await);
        }
        assert!(world.is_alive(&tokens.access).await);
    }

    async fn refresh_tokens_slide_and_access_tokens_live_their_own_time(database: Database) {
        const DAY: u64 = 24 * 3600;
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        world.wait(14 * DAY - 1).await;
        assert!(world.is_alive(&tokens.access).await);
        world.wait(1).await;
        assert!(!world.is_alive(&tokens.access).await);
        for days in [75, 89, 89] {
            world.wait(days * DAY).await;
            let answer = world.refresh(&tokens.refresh).await;
            assert_eq!(answer.json()["refresh_token_expires_in"].as_u64(), Some(7_775_999));
        }
        world.wait(90 * DAY).await;
        let answer = world.refresh(&tokens.refresh).await;
        assert_eq!((answer.status.as_u16(), answer.json()["errors"][0]["description"].as_str()), (400, Some(DEAD)));
    }

    async fn a_client_has_lifetimes_of_its_own_and_may_be_refused_to_slide(database: Database) {
        const HOUR: u64 = 3600;
        let world = World::new(database).await;
        let client_id = hub_oauth::new_client_id(&kit::SystemRandomness);
        let lifetimes = Lifetimes { access: Duration::from_secs(12 * HOUR), refresh: Duration::from_secs(60 * 24 * HOUR), refresh_slides: false };
        let new = NewClient {
            client_id: client_id.clone(), name: "Contact Centre".to_owned(), scopes: ScopeSet::parse("spark:people_read").unwrap(),
            redirect_uris: vec![CALLBACK.to_owned()], legacy: true, lifetimes, ..NewClient::default()
        };
        assert_eq!(*world.oauth.register_client(NewClient { client_id: SYNCH.to_owned(), ..new.clone() }).await.unwrap_err().kind(), kit::Kind::Conflict);
        let secret = world.oauth.register_client(new).await.unwrap().secret;
        let ask = async |fields: &[(&str, &str)]| {
            let mut all = vec![("client_id", client_id.as_str()), ("client_secret", secret.expose_secret())];
            all.extend_from_slice(fields);
            world.program().post("/v1/access_token").form(&all).send().await
        };
        // Registered as legacy, it may use the plain challenge, also by leaving the method out.
        world.sign_in(&world.app, FullAdmin).await;
        let query = authorize_with(&[("client_id", &client_id), ("scope", "spark:people_read"), ("code_challenge", VERIFIER)]);
        let begun = world.app.get(&query).send().await;
        let answer = world.decide(&world.app, begun.location(), "accept").await;
        let code = parameter(answer.location(), "code").unwrap();
        let redeem = |verifier| [("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", verifier)];
        assert_eq!(ask(&redeem(crate::world::CHALLENGE)).await.status, 400);
        let got = ask(&redeem(VERIFIER)).await;
        let lives = |answer: &kit_test::Answer| (answer.json()["expires_in"].as_u64(), answer.json()["refresh_token_expires_in"].as_u64());
        assert_eq!(lives(&got), (Some(43_199), Some(5_183_999)));
        let tokens = tokens_of(&got);
        world.wait(20 * 24 * HOUR).await;
        assert!(!world.is_alive(&tokens.access).await);
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.as_str())];
        assert_eq!(lives(&ask(&refresh).await), (Some(43_199), Some(40 * 24 * 3600 - 1)));
        world.wait(40 * 24 * HOUR).await;
        assert_eq!(ask(&refresh).await.status, 400);
    }

    async fn r11_a_client_gives_back_its_own_tokens_only(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let second = tokens_of(&world.refresh(&tokens.refresh).await);
        let revoke = async |client: &str, secret: &str, token: &str| {
            let fields = [("client_id", client), ("client_secret", secret), ("token", token), ("token_type_hint", "access_token")];
            world.program().post("/idb/oauth2/v1/revoke").form(&fields).send().await
        };
        assert_eq!(revoke(OTHER, &world.other_secret, &tokens.refresh).await.status, 400);
        assert!(world.is_alive(&tokens.access).await);
        assert_eq!(revoke(SYNCH, &world.secret, "unknown").await.status, 200);
        assert_eq!(revoke(SYNCH, &world.secret, &tokens.access).await.status, 200);
        assert!(!world.is_alive(&tokens.access).await && world.is_alive(&second.access).await);
        assert_eq!(revoke(SYNCH, "wrong", &tokens.refresh).await.status, 400);
        assert_eq!(revoke(SYNCH, &world.secret, &tokens.refresh).await.status, 200);
        assert!(!world.is_alive(&second.access).await);
        assert_eq!(world.refresh(&tokens.refresh).await.status, 400);
        assert_eq!(revoke(SYNCH, &world.secret, &tokens.refresh).await.status, 200);
    }

    async fn r17_errors_are_json_are_not_kept_and_answer_basic_with_a_challenge(database: Database) {
        let world = World::new(database).await;
        let program = world.program();
        let basic = |value: &str| program.post("/v1/access_token").header("authorization", value).form(&[("grant_type", "refresh_token"), ("refresh_token", "x")]);
        let wrong = basic("Basic QzE6d3Jvbmc=").send().await;
        assert_eq!(wrong.status, 401);
        assert!(wrong.header("www-authenticate").unwrap().starts_with("Basic "));
        assert_eq!((wrong.header("cache-control"), wrong.json()["error"].as_str()), (Some("no-store"), Some("invalid_client")));
        assert_eq!(basic("Basic !!").send().await.status, 401);
        let dead = basic(&world.basic()).send().await.json();
        assert_eq!(dead["message"].as_str(), Some("The request could not be understood by the server due to malformed syntax."));
        assert_eq!((dead["errors"][0]["description"].as_str(), dead["error"].as_str()), (Some(DEAD), Some("invalid_grant")));
        assert!(dead["trackingId"].as_str().unwrap().starts_with("ROUTERGW_"));
        let broker = program.post("/idb/oauth2/v1/access_token").header("authorization", &world.basic());
        let broker = broker.form(&[("grant_type", "refresh_token"), ("refresh_token", "x")]).send().await;
        let body = broker.json();
        assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["error", "error_description", "trackingID"]);
        assert_eq!((body["error"].as_str(), body["error_description"].as_str()), (Some("invalid_request"), Some(DEAD)));
        let unnamed = program.post("/v1/access_token").form(&[("grant_type", "refresh_token")]).send().await;
        assert_eq!((unnamed.status.as_u16(), unnamed.json()["error"].as_str()), (400, Some("invalid_client")));
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let json = serde_json::json!({ "grant_type": "refresh_token", "refresh_token": tokens.refresh, "client_id": SYNCH, "client_secret": world.secret });
        let answer = program.post("/v1/access_token").json(&json).send().await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, Some("no-store")));
    }

    async fn r20_no_table_holds_a_secret_that_would_work(database: Database) {
        let world = World::new(database).await;
        let waiting = world.code(SYNCH, ADMIN_SCOPES).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let secrets = [waiting, tokens.access, tokens.refresh, world.secret.clone(), world.other_secret.clone()];
        let mut columns = 0;
        for (select, column) in [
            ("SELECT token_hash AS v FROM oauth_access_token", "v"), ("SELECT code_hash AS v FROM oauth_code", "v"),
            ("SELECT refresh_hash AS v FROM oauth_grant", "v"), ("SELECT secret_hash AS v FROM oauth_client", "v"),
            ("SELECT token_hash AS v FROM session", "v"), ("SELECT browser_hash AS v FROM oauth_pending_authorization", "v"),
        ] {
            for row in sql(select).all(&world.database).await.unwrap() {
                let value = row.text(column).unwrap();
                assert_eq!(value.len(), 64, "{select}");
                assert!(secrets.iter().all(|secret| !secret.contains(&value) && *secret != value), "{select}");
                columns += 1;
            }
        }
        assert!(columns >= 10);
    }

    async fn the_751st_living_token_of_an_account_is_refused(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let grant = world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap()[0].id;
        let rows: Vec<Vec<Argument>> = (0..748)
            .map(|number| vec![format!("hash {number}").into(), format!("id {number}").into(), grant.uuid().into(), "".into(), 0.into(), i64::MAX.into()])
            .collect();
        let insert = "INSERT INTO oauth_access_token (token_hash, id, grant_id, scopes, created_at, expires_at)";
        insert_rows(&world.database, insert, 6, rows, "").await.unwrap();
        sql("UPDATE oauth_account SET room = 0").run(&world.database).await.unwrap();
        let last = tokens_of(&world.refresh(&tokens.refresh).await);
        let refused = world.refresh(&tokens.refresh).await;
        assert_eq!((refused.status.as_u16(), refused.json()["error"].as_str()), (400, Some("tokenlimit_reached")));
        assert!(world.is_alive(&last.access).await);
        let personal = world.oauth.issue_personal_token(world.id(FullAdmin)).await.unwrap_err();
        assert!(personal.public().contains("tokenlimit_reached"));
        // What an event killed does not count.
        world.identity.set_password(world.id(FullAdmin), &kit::SecretString::from(crate::world::PASSWORD)).await.unwrap();
        world.tokens(ADMIN_SCOPES).await;
    }

    async fn a_new_client_secret_replaces_the_old_one_and_grants_live_on(database: Database) {
        let mut world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let fresh = world.oauth.regenerate_secret(SYNCH).await.unwrap();
        assert_eq!(world.refresh(&tokens.refresh).await.json()["error"].as_str(), Some("invalid_client"));
        world.secret = kit::ExposeSecret::expose_secret(&fresh).to_owned();
        tokens_of(&world.refresh(&tokens.refresh).await);
        assert!(world.is_alive(&tokens.access).await);
        world.oauth.set_redirect_uris(SYNCH, &["https://moved.example/cb".to_owned()]).await.unwrap();
        assert_eq!(world.oauth.client(SYNCH).await.unwrap().unwrap().redirect_uris, ["https://moved.example/cb"]);
        let listed = world.oauth.clients().await.unwrap();
        assert_eq!(listed.iter().map(|client| client.client_id.as_str()).collect::<Vec<_>>(), [OTHER, SYNCH]);
    }
}

#[tokio::test]
async fn a_token_request_that_is_too_large_is_refused_in_the_envelope() {
    let test = kit_test::TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    let filler = "x".repeat(1 << 20);
    for (path, member) in [
        ("/v1/access_token", "trackingId"),
        ("/idb/oauth2/v1/access_token", "trackingID"),
    ] {
        let answer = world
            .program()
            .post(path)
            .form(&[("grant_type", &filler)])
            .send()
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["error"].as_str()),
            (400, Some("invalid_request")),
            "{path}"
        );
        assert!(answer.json()[member].is_string(), "{path}");
    }
}
