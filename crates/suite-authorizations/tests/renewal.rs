//! Renewal: once for everybody, ahead of need, and a death only where the platform says no.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod world;

use std::sync::Arc;
use std::time::Duration;

use kit::SystemClock;
use kit_sql::sql;
use serde_json::json;
use suite_authorizations::{GrantState, IntegrationKey};
use webex_client::ErrorKind;
use world::{ORGANIZATION, World};

const KEY: IntegrationKey = IntegrationKey::UsersSynch;
const DAY: Duration = Duration::from_secs(24 * 3600);

kit_test::both_databases! {
    async fn many_tasks_of_two_processes_renew_once(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        sql("UPDATE authorization_grant SET refresh_due_at = 4102444800000").run(&database).await.unwrap();
        // Both wait on the machine's clock: one waits for the other, and that is not simulated.
        let mut clients = Vec::new();
        for _process in 0..2 {
            let (_, suite) = world::suite(&database, Arc::new(SystemClock), world::options_towards(&world.platform)).await;
            clients.push(suite.client_for(customer, KEY).await.unwrap());
        }
        world.platform.kill_access_tokens();
        world.platform.behaviour().rotates = true;
        let calls = (0..40).map(|number| {
            let client = clients[number % 2].clone();
            tokio::spawn(async move { client.me().await })
        });
        let calls: Vec<_> = calls.collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap().display_name, "Ada Moreau");
        }
        assert_eq!(world.platform.behaviour().refreshes, 1);
        let row = sql("SELECT generation, lease_until, failures FROM authorization_grant").one(&database).await.unwrap();
        assert_eq!((row.integer("generation").unwrap(), row.integer("lease_until").unwrap(), row.integer("failures").unwrap()), (2, 0, 0));
    }

    async fn it_is_renewed_ahead_of_need_and_persisted_before_use(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        let client = world.authorizations.client_for(customer, KEY).await.unwrap();
        client.me().await.unwrap();
        assert_eq!(world.platform.behaviour().refreshes, 0);
        world.pass(DAY * 11).await;
        client.me().await.unwrap();
        assert_eq!(world.platform.behaviour().refreshes, 1);
        let grant = world.authorizations.grant(customer, KEY).await.unwrap().unwrap();
        assert_eq!((grant.generation, grant.refreshed_at), (2, kit::Clock::now(&world.clock)));
        client.me().await.unwrap();
        assert_eq!(world.platform.behaviour().refreshes, 1);
    }

    async fn an_answer_without_a_refresh_token_keeps_the_old_one(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        let before = world.authorizations.grant(customer, KEY).await.unwrap().unwrap();
        world.platform.behaviour().renews_silently = true;
        for _ in 0..3 {
            world.pass(DAY * 11).await;
            assert_eq!(world.authorizations.keep_fresh().await.unwrap(), 1);
        }
        let grant = world.authorizations.grant(customer, KEY).await.unwrap().unwrap();
        assert_eq!((grant.generation, grant.refresh_expires_at), (4, before.refresh_expires_at));
        world.authorizations.client_for(customer, KEY).await.unwrap().me().await.unwrap();
    }

    async fn a_refusal_is_a_death_that_says_what_it_does_not_know(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        let client = world.authorizations.client_for(customer, KEY).await.unwrap();
        world.platform.kill_everything();
        let error = client.me().await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NoAuthorization);
        let grant = world.authorizations.grant(customer, KEY).await.unwrap().unwrap();
        let GrantState::Dead { reason, since } = &grant.state else { panic!("{:?}", grant.state) };
        assert!(reason.contains("does not say why") && reason.contains("expired, revoked, malformed"), "{reason}");
        assert_eq!(*since, world::now());
        assert_eq!(world.platform.behaviour().refreshes, 1);
        client.me().await.unwrap_err();
        assert!(world.authorizations.client_for(customer, KEY).await.err().unwrap().public().contains("is gone"));
        assert_eq!(world.platform.behaviour().refreshes, 1, "a dead one is not asked for again and again");
    }

    async fn five_days_without_the_platform_kill_nothing(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        world.pass(DAY * 11).await;
        world.platform.behaviour().refresh_error = Some((503, json!({ "message": "down" })));
        let client = world.authorizations.client_for(customer, KEY).await.unwrap();
        client.me().await.unwrap();
        let began = kit::Clock::now(&world.clock);
        for _ in 0..(5 * 24 * 4) {
            world.pass(Duration::from_secs(15 * 60)).await;
            assert_eq!(world.authorizations.keep_fresh().await.unwrap(), 0);
        }
        let grant = world.authorizations.grant(customer, KEY).await.unwrap().unwrap();
        let GrantState::Failing { since, .. } = &grant.state else { panic!("{:?}", grant.state) };
        assert_eq!(*since, began, "the trouble began when it began");
        assert!(!grant.access_token_lives(kit::Clock::now(&world.clock)));
        assert!(matches!(client.me().await.unwrap_err().kind, ErrorKind::Transport));
        world.platform.behaviour().refresh_error = None;
        world.pass(Duration::from_secs(15 * 60)).await;
        assert_eq!(world.authorizations.keep_fresh().await.unwrap(), 1);
        assert_eq!(world.authorizations.grant(customer, KEY).await.unwrap().unwrap().state, GrantState::Active);
        client.me().await.unwrap();
    }

    async fn a_renewal_that_comes_after_its_lease_is_fenced_off(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        world.pass(DAY * 11).await;
        world.platform.behaviour().hold_renewals = true;
        let slow = { let authorizations = world.authorizations.clone(); tokio::spawn(async move { authorizations.keep_fresh().await }) };
        while world.platform.behaviour().refreshes == 0 {
            tokio::task::yield_now().await;
        }
        // Another process takes over when the lease is over, and is quicker.
        world.pass(Duration::from_secs(60)).await;
        world.platform.behaviour().hold_renewals = false;
        let options = world::options_towards(&world.platform);
        let (_, other) = world::suite(&database, Arc::new(world.clock.clone()), options).await;
        assert_eq!(other.keep_fresh().await.unwrap(), 1);
        let kept = sql("SELECT access_token FROM authorization_grant").one(&database).await.unwrap().bytes("access_token").unwrap();
        world.platform.release_renewals();
        slow.await.unwrap().unwrap();
        let row = sql("SELECT access_token, generation FROM authorization_grant").one(&database).await.unwrap();
        assert_eq!(row.bytes("access_token").unwrap(), kept);
        assert_eq!(row.integer("generation").unwrap(), 2);
    }

    async fn a_late_success_counts_where_nobody_else_succeeded(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        world.pass(DAY * 11).await;
        world.platform.behaviour().rotates = true;
        world.platform.behaviour().hold_renewals = true;
        let slow = { let authorizations = world.authorizations.clone(); tokio::spawn(async move { authorizations.keep_fresh().await }) };
        while world.platform.behaviour().refreshes == 0 {
            tokio::task::yield_now().await;
        }
        world.pass(Duration::from_secs(60)).await;
        world.platform.behaviour().hold_renewals = false;
        world.platform.behaviour().refresh_error = Some((503, json!({})));
        let (_, other) = world::suite(&database, Arc::new(world.clock.clone()), world::options_towards(&world.platform)).await;
        assert_eq!(other.keep_fresh().await.unwrap(), 0);
        world.platform.behaviour().refresh_error = None;
        world.platform.release_renewals();
        assert_eq!(slow.await.unwrap().unwrap(), 1);
        let grant = world.authorizations.grant(customer, KEY).await.unwrap().unwrap();
        assert_eq!((grant.generation, grant.state), (2, GrantState::Active));
        other.client_for(customer, KEY).await.unwrap().me().await.unwrap();
    }

    async fn another_client_id_in_the_configuration_is_said_and_kills_nothing(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        world.pass(DAY * 11).await;
        let mut options = world::options_towards(&world.platform);
        options.clients[0].client_id = "C-of-another-registration".to_owned();
        let (_, reconfigured) = world::suite(&database, Arc::new(world.clock.clone()), options).await;
        reconfigured.keep_fresh().await.unwrap();
        let grant = reconfigured.grant(customer, KEY).await.unwrap().unwrap();
        assert!(matches!(&grant.state, GrantState::Misconfigured { reason, .. } if reason.contains("another client id")));
        assert_eq!(world.platform.behaviour().refreshes, 0);
    }

    async fn a_token_limit_is_no_death(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, KEY).await;
        world.pass(DAY * 11).await;
        world.platform.behaviour().refresh_error = Some((400, json!({ "error": "tokenlimit_reached" })));
        world.authorizations.keep_fresh().await.unwrap();
        let grant = world.authorizations.grant(customer, KEY).await.unwrap().unwrap();
        assert!(matches!(grant.state, GrantState::TokenLimit { .. }));
        world.authorizations.client_for(customer, KEY).await.unwrap().me().await.unwrap();
    }
}
