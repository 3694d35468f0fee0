//! What each revocation tells the world: the event with its subject and initiator, and the line in the audit.

use std::time::Duration;

use hub_directory::seed::NamedPerson::{FullAdmin, SecondFullAdmin};
use hub_oauth::GrantKind;
use kit::{ExposeSecret as _, SecretString};
use kit_sql::{Argument, insert_rows, sql};
use serde_json::Value;
use webex::{PublicId, ResourceKind, ScopeSet};

use crate::world::{ADMIN_SCOPES, OTHER, SYNCH, World, tokens_of};

const DAY: u64 = 24 * 3600;

fn words(events: &[Value]) -> Vec<(&str, &str)> {
    events
        .iter()
        .map(|event| {
            (
                event["event"].as_str().unwrap(),
                event["initiator"].as_str().unwrap(),
            )
        })
        .collect()
}

kit_test::both_databases! {
    async fn withdrawn_consent_is_the_persons_own_doing_and_names_each_grant(database: Database) {
        let world = World::new(database).await;
        world.tokens(ADMIN_SCOPES).await;
        world.tokens("spark:people_read").await;
        assert_eq!(world.oauth.withdraw(world.id(FullAdmin), SYNCH).await.unwrap(), 2);
        assert_eq!(world.oauth.withdraw(world.id(FullAdmin), SYNCH).await.unwrap(), 0);
        let events = world.announced().await;
        assert_eq!(words(&events), [("consent-withdrawn", "user"); 2]);
        assert!(events.iter().all(|event| event["subject"]["person"].as_str() == Some(world.id(FullAdmin).to_string().as_str())));
        assert_eq!(world.audited().await, ["Consent withdrawn"]);
    }

    async fn a_deleted_authorization_is_an_administrators_doing(database: Database) {
        let world = World::new(database).await;
        world.tokens(ADMIN_SCOPES).await;
        let grant = world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap()[0].id;
        let bearer = world.oauth.issue_personal_token(world.id(SecondFullAdmin)).await.unwrap();
        let path = format!("/v1/authorizations/{}", PublicId::of_uuid(ResourceKind::Authorization, grant.uuid()));
        assert_eq!(world.program().delete(&path).bearer(bearer.expose_secret()).send().await.status, 204);
        let events = world.announced().await;
        assert_eq!(words(&events), [("authorization-deleted", "admin")]);
        assert_eq!(events[0]["subject"]["grant"].as_str(), Some(grant.to_string().as_str()));
        world.wait(1).await;
        world.tokens(ADMIN_SCOPES).await;
        let path = format!("/v1/authorizations?clientId={SYNCH}");
        assert_eq!(world.program().delete(&path).bearer(bearer.expose_secret()).send().await.status, 204);
        let events = world.announced().await;
        assert_eq!(words(&events)[1], ("integration-revoked", "admin"));
        assert_eq!(events[1]["subject"]["client"].as_str(), Some(SYNCH));
        assert_eq!(world.audited().await, ["Authorization deleted", "Authorizations of an integration deleted"]);
    }

    async fn an_old_secret_works_beside_the_new_one_until_the_overlap_ends(database: Database) {
        let mut world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let fresh = world.oauth.rotate_secret(SYNCH, Duration::from_secs(3 * DAY)).await.unwrap();
        tokens_of(&world.refresh(&tokens.refresh).await);
        let old = std::mem::replace(&mut world.secret, fresh.expose_secret().to_owned());
        tokens_of(&world.refresh(&tokens.refresh).await);
        assert_eq!(words(&world.announced().await), [("secret-rotated", "system")]);
        assert!(world.oauth.is_secret_of(SYNCH, &SecretString::from(old.clone())).await.unwrap());
        world.wait(3 * DAY).await;
        tokens_of(&world.refresh(&tokens.refresh).await);
        world.secret = old;
        assert_eq!(world.refresh(&tokens.refresh).await.json()["error"].as_str(), Some("invalid_client"));
        assert!(world.oauth.rotate_secret(SYNCH, Duration::from_secs(31 * DAY)).await.is_err());
    }

    async fn of_two_rotations_in_a_row_the_first_secret_ends_at_once(database: Database) {
        let mut world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        for _ in 0..2 {
            world.oauth.rotate_secret(SYNCH, Duration::from_secs(DAY)).await.unwrap();
        }
        assert_eq!(world.refresh(&tokens.refresh).await.json()["error"].as_str(), Some("invalid_client"));
        world.secret = world.oauth.regenerate_secret(SYNCH).await.unwrap().expose_secret().to_owned();
        tokens_of(&world.refresh(&tokens.refresh).await);
    }

    async fn a_deleted_client_is_gone_with_everything_that_it_had(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let code = world.code(SYNCH, ADMIN_SCOPES).await;
        world.oauth.delete_client(SYNCH).await.unwrap();
        assert!(!world.is_alive(&tokens.access).await);
        assert_eq!(world.refresh(&tokens.refresh).await.json()["error"].as_str(), Some("invalid_client"));
        assert_eq!(world.redeem(&code).await.json()["error"].as_str(), Some("invalid_client"));
        assert!(world.oauth.client(SYNCH).await.unwrap().is_none());
        assert_eq!(words(&world.announced().await), [("integration-deleted", "system")]);
        assert!(world.oauth.delete_client(SYNCH).await.is_err() && world.oauth.delete_client(hub_oauth::DEVELOPER_PORTAL).await.is_err());
        assert!(world.oauth.client(OTHER).await.unwrap().is_some());
    }

    async fn r10_a_client_that_is_switched_on_again_starts_afresh(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        world.wait(1).await;
        world.oauth.set_client_enabled(SYNCH, false).await.unwrap();
        assert!(!world.is_alive(&tokens.access).await);
        world.oauth.set_client_enabled(SYNCH, true).await.unwrap();
        assert!(!world.is_alive(&tokens.access).await);
        assert_eq!(world.refresh(&tokens.refresh).await.status, 400);
        world.wait(1).await;
        assert!(world.is_alive(&world.tokens(ADMIN_SCOPES).await.access).await);
    }

    async fn a_refresh_token_that_nobody_used_is_told_once_when_it_expires(database: Database) {
        let world = World::new(database).await;
        world.tokens(ADMIN_SCOPES).await;
        world.oauth.sweep().await.unwrap();
        assert!(world.announced().await.is_empty());
        world.wait(90 * DAY).await;
        world.oauth.sweep().await.unwrap();
        world.oauth.sweep().await.unwrap();
        assert_eq!(words(&world.announced().await), [("refresh-expired", "policy")]);
    }

    async fn what_died_before_its_refresh_token_expired_is_no_news(database: Database) {
        let world = World::new(database).await;
        world.tokens(ADMIN_SCOPES).await;
        world.identity.set_password(world.id(FullAdmin), &SecretString::from("another password 1")).await.unwrap();
        let before = world.announced().await.len();
        world.wait(90 * DAY).await;
        world.oauth.sweep().await.unwrap();
        assert_eq!(world.announced().await.len(), before);
    }

    async fn a_full_account_is_told_once_a_day(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let grant = world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap()[0].id;
        let rows: Vec<Vec<Argument>> = (0..749)
            .map(|number| vec![format!("hash {number}").into(), format!("id {number}").into(), grant.uuid().into(), "".into(), 0.into(), i64::MAX.into()])
            .collect();
        let insert = "INSERT INTO oauth_access_token (token_hash, id, grant_id, scopes, created_at, expires_at)";
        insert_rows(&world.database, insert, 6, rows, "").await.unwrap();
        sql("UPDATE oauth_account SET room = 0").run(&world.database).await.unwrap();
        for (wait, told) in [(0, 1), (3600, 1), (DAY, 2)] {
            world.wait(wait).await;
            assert_eq!(world.refresh(&tokens.refresh).await.json()["error"].as_str(), Some("tokenlimit_reached"));
            assert_eq!(words(&world.announced().await), vec![("token-ceiling-reached", "policy"); told]);
        }
    }

    async fn what_hangs_on_a_person_or_a_client_is_listed_and_asked_for_one_by_one(database: Database) {
        let world = World::new(database).await;
        world.tokens(ADMIN_SCOPES).await;
        let person = world.id(FullAdmin);
        world.oauth.issue_personal_token(person).await.unwrap();
        let hanging = world.oauth.grants_that_hang_on(person).await.unwrap();
        let mut kinds: Vec<(GrantKind, bool)> = hanging.iter().map(|grant| (grant.kind, grant.is_administrative)).collect();
        kinds.sort_by_key(|(kind, _)| *kind == GrantKind::Consent);
        assert_eq!(kinds, [(GrantKind::Personal, true), (GrantKind::Consent, true)]);
        let of_client = world.oauth.grants_that_hang_on_client(world.organization(), SYNCH).await.unwrap();
        assert_eq!((of_client.len(), of_client[0].person_id), (1, person));
        assert!(world.oauth.grant_lives(of_client[0].id.uuid()).await.unwrap());
        world.block(SYNCH);
        assert!(!world.oauth.grant_lives(of_client[0].id.uuid()).await.unwrap());
        assert!(!world.oauth.grant_lives(kit::Uuid::nil()).await.unwrap());
    }

    async fn a_service_app_refreshes_like_any_client_and_no_policy_of_integrations_reaches_it(database: Database) {
        let world = World::new(database).await;
        let scopes = ScopeSet::parse("spark-admin:people_read").unwrap();
        let pair = world.oauth.issue_service_app_tokens(SYNCH, world.organization(), world.id(SecondFullAdmin), &scopes).await.unwrap();
        assert!(world.is_alive(pair.access_token.expose_secret()).await);
        let fresh = tokens_of(&world.refresh(pair.refresh_token.expose_secret()).await);
        world.block(SYNCH);
        assert!(world.is_alive(&fresh.access).await);
        world.oauth.revoke_client_in(world.organization(), SYNCH).await.unwrap();
        assert!(!world.is_alive(&fresh.access).await);
        assert_eq!(world.refresh(pair.refresh_token.expose_secret()).await.status, 400);
    }
}
