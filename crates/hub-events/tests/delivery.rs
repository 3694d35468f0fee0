#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! What webhooks are told, and what they are not.
mod support;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hmac;
use hub_events::Recorder;
use kit::{ManualClock, SeededRandomness};
use kit_sql::sql;
use serde_json::json;
use support::receiver::{Habit, Receiver};
use support::{InventedNames, World, admin, call_news, grant, organization, person, start, user};
use webex::{PublicId, ResourceKind};

fn hex(algorithm: hmac::Algorithm, body: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(algorithm, b"s3cret"), body);
    tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn waiting(world: &World) -> i64 {
    let row = sql("SELECT COUNT(*) AS waiting FROM events_delivery")
        .one(&world.database)
        .await
        .unwrap();
    row.integer("waiting").unwrap()
}

async fn last_errors(world: &World) -> Vec<String> {
    let rows = sql("SELECT last_error FROM events_delivery")
        .all(&world.database)
        .await
        .unwrap();
    rows.iter().map(|row| row.text("last_error").unwrap()).collect()
}

kit_test::both_databases! {
    async fn a_receiver_hears_signed_what_happened(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(204)).await;
        let id = world.webhook(&admin(1, 1), &receiver.url).await;
        world.call(1).await;
        world.events.work_once().await.unwrap();
        let heard = receiver.heard();
        assert_eq!(heard.len(), 1);
        assert_eq!(heard[0].headers["x-spark-signature"], hex(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &heard[0].body));
        assert_eq!(heard[0].headers["x-webex-signature"], format!("sha256={}", hex(hmac::HMAC_SHA256, &heard[0].body)));
        assert_eq!(heard[0].headers["content-type"], "application/json");
        let body = heard[0].json();
        assert_eq!(body["id"], id);
        assert_eq!(body["resource"], "telephony_calls");
        assert_eq!(body["event"], "created");
        assert_eq!(body["data"], json!({"callId": 1, "state": "alerting"}));
        assert_eq!(body["actorId"], PublicId::of_uuid(ResourceKind::People, person(7).uuid()).to_string());
        assert!(body.get("secret").is_none(), "the secret stays here: {body}");
        world.events.work_once().await.unwrap();
        assert_eq!(receiver.heard().len(), 1, "once taken it is not told again");
        assert_eq!(waiting(&world).await, 0);
    }

    async fn what_was_rolled_back_was_never_said(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(200)).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        let mut transaction = world.database.begin().await.unwrap();
        world.recorder.tell_webhooks(&mut transaction, &call_news(1)).await.unwrap();
        drop(transaction);
        world.call(2).await;
        world.events.work_once().await.unwrap();
        let heard: Vec<_> = receiver.heard().iter().map(|heard| heard.json()["data"]["callId"].clone()).collect();
        assert_eq!(heard, [json!(2)]);
    }

    async fn a_row_that_commits_late_is_not_lost(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(200)).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        world.pass(Duration::from_secs(10)).await;
        world.call(2).await;
        world.events.work_once().await.unwrap();
        // Written by somebody whose clock lags, and who was slower to commit.
        let earlier = Recorder::new(Arc::new(ManualClock::at(start())), Arc::new(SeededRandomness::new(9)));
        let mut transaction = world.database.begin().await.unwrap();
        earlier.tell_webhooks(&mut transaction, &call_news(1)).await.unwrap();
        transaction.commit().await.unwrap();
        world.events.work_once().await.unwrap();
        let heard: Vec<_> = receiver.heard().iter().map(|heard| heard.json()["data"]["callId"].clone()).collect();
        assert_eq!(heard, [json!(2), json!(1)]);
    }

    async fn a_restart_loses_nothing(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(500)).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        world.call(1).await;
        world.events.work_once().await.unwrap();
        world.call(2).await;
        let after = world.another_node();
        drop(world.events);
        receiver.change(Habit::Answers(200));
        after.pass(Duration::from_secs(60)).await;
        after.events.work_once().await.unwrap();
        let mut heard: Vec<_> = receiver.heard().iter().map(|heard| heard.json()["data"]["callId"].as_i64().unwrap()).collect();
        heard.sort_unstable();
        assert_eq!(heard, [1, 1, 2], "the first was tried once before");
        assert_eq!(waiting(&after).await, 0);
    }

    async fn receivers_of_bad_habits_harm_nobody_else(database: Database) {
        let world = World::with(database, |options| {
            options.allow_private_targets = true;
            options.patience = Duration::from_millis(300);
        }).await;
        let good = Receiver::that(Habit::Answers(200)).await;
        let elsewhere = Receiver::that(Habit::Answers(200)).await;
        let bad = [
            Receiver::that(Habit::Hangs).await,
            Receiver::that(Habit::Answers(500)).await,
            Receiver::that(Habit::Redirects(elsewhere.url.clone())).await,
        ];
        let endless = Receiver::that(Habit::NeverEnds).await;
        for (number, receiver) in (1_u128..).zip(&bad) {
            world.webhook(&admin(number, number), &receiver.url).await;
        }
        world.webhook(&admin(8, 8), &endless.url).await;
        world.webhook(&admin(9, 9), &good.url).await;
        world.call(1).await;
        world.call(2).await;
        world.events.work_once().await.unwrap();
        assert_eq!(good.heard().len(), 2);
        assert_eq!(endless.heard().len(), 2, "it answered 200; its body is nobody's business");
        assert!(elsewhere.heard().is_empty(), "no redirect is followed");
        assert_eq!(bad[0].heard().len(), 1, "one that hangs is left alone after one try");
        assert_eq!(waiting(&world).await, 6);
        let errors = last_errors(&world).await;
        for sentence in ["The receiver did not answer in time.", "The receiver answered with status 500.", "The receiver answered with status 307."] {
            assert!(errors.iter().any(|error| error == sentence), "{errors:?}");
        }
        bad[0].change(Habit::Answers(200));
        world.pass(Duration::from_secs(5)).await;
        world.events.work_once().await.unwrap();
        assert_eq!(bad[0].heard().len(), 3, "what waited is told once it works");
    }

    async fn a_private_address_behind_a_name_is_refused_when_it_is_dialled(database: Database) {
        let receiver = Receiver::that(Habit::Answers(200)).await;
        let loopback: IpAddr = "127.0.0.1".parse().unwrap();
        let public: IpAddr = "8.8.8.8".parse().unwrap();
        let names = InventedNames(
            [
                ("inside.example".to_owned(), vec![loopback]),
                // One public address does not hide the other.
                ("both.example".to_owned(), vec![public, loopback]),
                ("metadata.example".to_owned(), vec!["169.254.169.254".parse().unwrap()]),
            ]
            .into(),
        );
        let world = World::with(database, |options| options.lookup = Arc::new(names)).await;
        for (number, name) in (1_u128..).zip(["inside.example", "both.example", "metadata.example"]) {
            let target = format!("https://{name}:{}/hook", receiver.port());
            world.webhook(&admin(number, number), &target).await;
        }
        world.call(1).await;
        world.events.work_once().await.unwrap();
        assert!(receiver.heard().is_empty());
        let errors = last_errors(&world).await;
        assert_eq!(errors.len(), 3);
        for error in errors {
            assert!(error.ends_with("is not a public address, and this Hub delivers to public addresses only."), "{error}");
        }
    }

    async fn the_names_of_this_machine_are_refused_too(database: Database) {
        let receiver = Receiver::that(Habit::Answers(200)).await;
        let world = World::with(database, |_| {}).await;
        world.webhook(&admin(1, 1), &format!("https://localhost:{}/hook", receiver.port())).await;
        // An address that stands in the table, however it came there, is checked when it is dialled.
        let literal = format!("http://127.0.0.1:{}/hook", receiver.port());
        world.webhook(&admin(2, 2), "https://example.com/").await;
        sql("UPDATE events_webhook SET target_url = $1 WHERE target_url = 'https://example.com/'").bind(literal).run(&world.database).await.unwrap();
        world.call(1).await;
        world.events.work_once().await.unwrap();
        assert!(receiver.heard().is_empty());
        for error in last_errors(&world).await {
            assert!(error.ends_with("is not a public address, and this Hub delivers to public addresses only."), "{error}");
        }
    }

    async fn persistent_failure_switches_a_webhook_off_and_its_owner_hears_of_it(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(503)).await;
        let id = world.webhook(&admin(1, 1), &receiver.url).await;
        let app = world.app(Some(admin(1, 1)));
        let path = format!("/v1/webhooks/{id}");
        let mut hours = 0;
        while app.get(&path).send().await.json()["status"] == "active" {
            world.call(hours).await;
            world.events.work_once().await.unwrap();
            world.pass(Duration::from_secs(3600)).await;
            hours += 1;
            assert!(hours < 50, "it is never switched off");
        }
        assert!(hours > 12, "a night without a receiver is no reason: {hours} hours");
        assert_eq!(waiting(&world).await, 0);
        let heard = receiver.heard().len();
        world.call(100).await;
        world.events.work_once().await.unwrap();
        assert_eq!(receiver.heard().len(), heard, "nothing goes to a webhook that is off");
        let query = "/v1/adminAudit/events?orgId=aaaa0000-0000-4000-8000-000000000001&from=2026-11-01T00:00:00Z&to=2026-12-31T00:00:00Z";
        let audit = app.get(query).send().await.json();
        assert_eq!(audit["items"][0]["data"]["eventDescription"], "Webhook switched off");
        assert_eq!(audit["items"][0]["data"]["targetId"], id);
        assert_eq!(audit["items"][0]["data"]["previousValue"], "active");
        let letters = sql("SELECT recipient, subject FROM events_letter").all(&world.database).await.unwrap();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].text("recipient").unwrap(), format!("{}@kestrel.example", person(1)));
        receiver.change(Habit::Answers(200));
        assert_eq!(app.put(&path).json(&json!({"status": "inactive"})).send().await.status, 200);
        let on = app.put(&path).json(&json!({"status": "active"})).send().await;
        assert_eq!(on.json()["status"], "active");
        assert_eq!(app.put(&path).json(&json!({"status": "inactive"})).send().await.status, 400);
        world.call(101).await;
        world.events.work_once().await.unwrap();
        assert_eq!(receiver.heard().last().unwrap().json()["data"]["callId"], 101);
    }

    async fn nothing_is_told_to_a_webhook_whose_grant_is_dead(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(200)).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        world.call(1).await;
        world.kill_grant(grant(1));
        world.events.work_once().await.unwrap();
        assert!(receiver.heard().is_empty());
        let row = sql("SELECT COUNT(*) AS webhooks FROM events_webhook").one(&world.database).await.unwrap();
        assert_eq!(row.integer("webhooks").unwrap(), 0);
        assert_eq!(waiting(&world).await, 0);
    }

    async fn two_nodes_never_deliver_the_same_twice(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::WaitsForTest).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        for number in 0..3 {
            world.call(number).await;
        }
        let other = world.another_node();
        let (one, two) = (world.events.clone(), other.events.clone());
        let first = tokio::spawn(async move { one.work_once().await });
        receiver.has_heard(1).await;
        // While the first waits for its receiver, the second finds nothing that is free.
        two.work_once().await.unwrap();
        assert_eq!(receiver.heard().len(), 1);
        receiver.change(Habit::Answers(200));
        receiver.let_go();
        first.await.unwrap().unwrap();
        other.events.work_once().await.unwrap();
        let mut heard: Vec<_> = receiver.heard().iter().map(|heard| heard.json()["data"]["callId"].as_i64().unwrap()).collect();
        heard.sort_unstable();
        assert_eq!(heard, [0, 1, 2]);
    }

    async fn whoever_lost_the_lease_changes_nothing_any_more(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::WaitsForTest).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        world.call(1).await;
        let slow = world.events.clone();
        let first = tokio::spawn(async move { slow.work_once().await });
        receiver.has_heard(1).await;
        // The first node stands still for so long that its lease ends; the second takes over and fails.
        world.pass(Duration::from_secs(600)).await;
        receiver.change(Habit::Answers(500));
        let other = world.another_node();
        other.events.work_once().await.unwrap();
        assert_eq!(receiver.heard().len(), 2);
        receiver.let_go();
        first.await.unwrap().unwrap();
        assert_eq!(waiting(&world).await, 1, "the number of the lease is the second one's: the first deletes nothing");
    }

    async fn a_person_without_a_role_hears_of_their_own_calls_only(database: Database) {
        let world = World::new(database).await;
        let (own, others) = (Receiver::that(Habit::Answers(200)).await, Receiver::that(Habit::Answers(200)).await);
        world.webhook(&user(7, 1), &own.url).await;
        world.webhook(&user(6, 2), &others.url).await;
        let mut foreign = user(7, 3);
        foreign.organization_id = organization(2);
        world.webhook(&foreign, &format!("{}/foreign", others.url)).await;
        world.call(1).await;
        world.events.work_once().await.unwrap();
        assert_eq!(own.heard().len(), 1);
        assert!(others.heard().is_empty());
    }

    async fn whoever_loses_the_role_hears_of_nobody_else_any_more(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(200)).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        world.call(1).await;
        world.events.hand_out().await.unwrap();
        world.neighbours.without_role.lock().unwrap().insert(person(1));
        world.events.work_once().await.unwrap();
        world.call(2).await;
        world.events.work_once().await.unwrap();
        assert!(receiver.heard().is_empty());
        assert_eq!(waiting(&world).await, 0);
    }

    async fn a_filter_lets_through_what_it_names(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(200)).await;
        let app = world.app(Some(admin(1, 1)));
        for (name, filter) in [("some", "state=alerting"), ("none", "state=connected")] {
            let body = json!({"name": name, "targetUrl": receiver.url, "resource": "telephony_calls", "event": "all", "filter": filter});
            assert_eq!(app.post("/v1/webhooks").json(&body).send().await.status, 200);
        }
        world.call(1).await;
        world.events.work_once().await.unwrap();
        let names: Vec<_> = receiver.heard().iter().map(|heard| heard.json()["name"].clone()).collect();
        assert_eq!(names, [json!("some")]);
    }

    async fn a_developer_hears_which_customer_authorized_their_service_app(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(200)).await;
        let developer = admin(1, 1);
        let body = json!({"name": "apps", "targetUrl": receiver.url, "resource": "serviceApp", "event": "authorized"});
        assert_eq!(world.app(Some(developer)).post("/v1/webhooks").json(&body).send().await.status, 200);
        let mut bystander = body.clone();
        bystander["name"] = json!("not mine");
        assert_eq!(world.app(Some(admin(2, 2))).post("/v1/webhooks").json(&bystander).send().await.status, 200);
        let mut transaction = world.database.begin().await.unwrap();
        let mut news = call_news(1);
        news.organization_id = organization(5);
        news.resource = "serviceApp";
        news.event = "authorized";
        news.owner_person_id = Some(person(1));
        world.recorder.tell_webhooks(&mut transaction, &news).await.unwrap();
        transaction.commit().await.unwrap();
        world.events.work_once().await.unwrap();
        let heard = receiver.heard();
        assert_eq!(heard.len(), 1);
        let customer = PublicId::of_uuid(ResourceKind::Organization, organization(5).uuid()).to_string();
        assert_eq!(heard[0].json()["orgId"], customer, "the customer's organization");
        assert_eq!(heard[0].json()["name"], "apps");
    }

    async fn the_reconciler_delivers_what_is_recorded_while_it_runs(database: Database) {
        let world = World::new(database).await;
        let receiver = Receiver::that(Habit::Answers(200)).await;
        let hanging = Receiver::that(Habit::Hangs).await;
        world.webhook(&admin(1, 1), &receiver.url).await;
        world.webhook(&admin(2, 2), &hanging.url).await;
        let events = world.events.clone();
        let worker = tokio::spawn(async move { events.work().await });
        world.call(1).await;
        world.events.ring();
        while receiver.heard().is_empty() {
            // Nobody rang the bell at the right moment: the period brings it.
            world.pass(Duration::from_secs(1)).await;
            tokio::task::yield_now().await;
        }
        hanging.has_heard(1).await;
        world.call(2).await;
        world.events.ring();
        while receiver.heard().len() < 2 {
            world.pass(Duration::from_secs(1)).await;
            tokio::task::yield_now().await;
        }
        worker.abort();
    }
}

/// Two writers at once, which only PostgreSQL has: what was begun first commits last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_first_and_committed_last_is_delivered_too() {
    let test = kit_test::TestDatabase::postgres().await;
    let world = World::new(test.database.clone()).await;
    let receiver = Receiver::that(Habit::Answers(200)).await;
    world.webhook(&admin(1, 1), &receiver.url).await;
    let mut slow = world.database.begin().await.unwrap();
    world
        .recorder
        .tell_webhooks(&mut slow, &call_news(1))
        .await
        .unwrap();
    world.pass(Duration::from_secs(1)).await;
    for number in 2..300 {
        world.call(number).await;
    }
    world.events.work_once().await.unwrap();
    slow.commit().await.unwrap();
    for _ in 0..10 {
        world.events.work_once().await.unwrap();
    }
    let mut heard: Vec<_> = receiver
        .heard()
        .iter()
        .map(|heard| heard.json()["data"]["callId"].as_i64().unwrap())
        .collect();
    heard.sort_unstable();
    assert_eq!(heard, (1..300).collect::<Vec<_>>());
}
