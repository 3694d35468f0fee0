//! The device grant.

use hub_directory::seed::NamedPerson::FullAdmin;
use kit_test::Answer;

use crate::world::{ADMIN_SCOPES, OTHER, SYNCH, World, tokens_of};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn begin(world: &World, scope: &str) -> Answer {
    let fields = [("client_id", SYNCH), ("scope", scope)];
    world
        .program()
        .post("/v1/device/authorize")
        .form(&fields)
        .send()
        .await
}

async fn poll(world: &World, device_code: &str) -> Answer {
    let fields = [
        ("grant_type", GRANT),
        ("device_code", device_code),
        ("client_id", SYNCH),
    ];
    world
        .program()
        .post("/v1/device/token")
        .header("authorization", &world.basic())
        .form(&fields)
        .send()
        .await
}

fn error(answer: &Answer) -> (u16, String) {
    (
        answer.status.as_u16(),
        answer.json()["error"].as_str().unwrap_or_default().to_owned(),
    )
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap().to_owned()
}

/// Types a code as the Full Admin; the answer leads to the consent page.
async fn type_code(world: &World, code: &str) -> Answer {
    world.sign_in(&world.app, FullAdmin).await;
    let page = world.app.get("/device").send().await;
    world
        .app
        .post("/device")
        .form(&[("csrf", page.field("csrf").as_str()), ("code", code)])
        .send()
        .await
}

kit_test::both_databases! {
    async fn r16_somebody_types_the_code_and_the_device_gets_its_tokens_once(database: Database) {
        let world = World::new(database).await;
        let begun = begin(&world, ADMIN_SCOPES).await;
        assert_eq!((begun.status.as_u16(), begun.header("cache-control")), (200, Some("no-store")), "{}", begun.body);
        let (device, user) = (text(&begun, "device_code"), text(&begun, "user_code"));
        assert!(user.len() == 6 && user.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!((begun.json()["expires_in"].as_i64(), begun.json()["interval"].as_i64()), (Some(300), Some(2)));
        assert_eq!(text(&begun, "verification_uri"), "http://127.0.0.1:8080/device");
        assert_eq!(error(&poll(&world, &device).await), (428, "authorization_pending".to_owned()));
        let to_consent = type_code(&world, &format!("{} {}", &user[..3], &user[3..])).await;
        let done = world.decide(&world.app, to_consent.location(), "accept").await;
        assert!(done.location().starts_with("http://127.0.0.1:8080/device?done=1"), "{}", done.location());
        world.wait(2).await;
        let tokens = tokens_of(&poll(&world, &device).await);
        assert!(world.is_alive(&tokens.access).await);
        tokens_of(&world.refresh(&tokens.refresh).await);
        assert_eq!(error(&poll(&world, &device).await), (400, "invalid_grant".to_owned()));
        assert!(world.is_alive(&tokens.access).await, "a device that asks again is no thief");
        assert_eq!(type_code(&world, &user).await.status, 422, "a code is of use once");
    }

    async fn r16_a_device_that_asks_too_often_must_slow_down_and_one_that_waits_too_long_begins_again(database: Database) {
        let world = World::new(database).await;
        let begun = begin(&world, ADMIN_SCOPES).await;
        let device = text(&begun, "device_code");
        let mut answers = Vec::new();
        for wait in [0, 1, 5, 7, 300] {
            world.wait(wait).await;
            answers.push(error(&poll(&world, &device).await).1);
        }
        assert_eq!(answers, ["authorization_pending", "slow_down", "slow_down", "slow_down", "expired_token"]);
        assert_eq!(type_code(&world, &text(&begun, "user_code")).await.status, 422);
    }

    async fn r16_guessing_codes_is_bounded(database: Database) {
        let world = World::new(database).await;
        world.sign_in(&world.app, FullAdmin).await;
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(type_code(&world, "000000").await.status.as_u16());
        }
        assert_eq!((statuses[9], statuses[10], statuses[11]), (422, 429, 429), "{statuses:?}");
        world.wait(300).await;
        assert_eq!(type_code(&world, "000000").await.status, 422);
    }

    async fn r16_a_device_code_is_its_clients_and_says_what_is_wrong(database: Database) {
        let world = World::new(database).await;
        let device = text(&begin(&world, ADMIN_SCOPES).await, "device_code");
        let fields = [("client_id", OTHER), ("client_secret", world.other_secret.as_str()), ("grant_type", GRANT), ("device_code", device.as_str())];
        let foreign = world.program().post("/v1/access_token").form(&fields).send().await;
        assert_eq!(error(&foreign), (400, "invalid_grant".to_owned()));
        let unproven = world.program().post("/v1/device/token").form(&[("client_id", SYNCH), ("grant_type", GRANT), ("device_code", device.as_str())]).send().await;
        assert_eq!(error(&unproven), (400, "invalid_client".to_owned()));
        for (scope, what) in [("openid", "invalid_scope"), ("spark:all", "invalid_scope"), ("", "invalid_scope")] {
            assert_eq!(error(&begin(&world, scope).await), (400, what.to_owned()), "{scope}");
        }
        let nobody = world.program().post("/v1/device/authorize").form(&[("client_id", "C7"), ("scope", ADMIN_SCOPES)]).send().await;
        assert_eq!(error(&nobody), (400, "invalid_client".to_owned()));
    }

    async fn r16_policy_and_the_persons_no_reach_the_device(database: Database) {
        let world = World::new(database).await;
        let begun = begin(&world, ADMIN_SCOPES).await;
        let to_consent = type_code(&world, &text(&begun, "user_code")).await;
        world.block(SYNCH);
        assert_eq!(world.app.get(to_consent.location()).send().await.status, 403);
        world.unblock(SYNCH);
        let done = world.decide(&world.app, to_consent.location(), "decline").await;
        assert!(done.location().contains("error=access_denied"), "{}", done.location());
        assert_eq!(error(&poll(&world, &text(&begun, "device_code")).await), (400, "access_denied".to_owned()));
        // What happens between Accept and the device's question counts.
        let begun = begin(&world, ADMIN_SCOPES).await;
        let to_consent = type_code(&world, &text(&begun, "user_code")).await;
        world.decide(&world.app, to_consent.location(), "accept").await;
        world.oauth.withdraw(world.id(FullAdmin), SYNCH).await.unwrap();
        assert_eq!(error(&poll(&world, &text(&begun, "device_code")).await), (400, "invalid_grant".to_owned()));
    }
}
