//! Refresh tokens that change, and clients that have no secret.

use std::collections::BTreeSet;
use std::sync::Arc;

use hub_directory::seed::NamedPerson::FullAdmin;
use hub_oauth::{ClientChange, NewClient};
use kit_sql::sql;
use kit_test::Answer;
use webex::ScopeSet;

use crate::world::{
    ADMIN_SCOPES, CALLBACK, SYNCH, Tokens, VERIFIER, World, authorize, authorize_with, parameter, tokens_of,
};

const PUBLIC: &str = "C00000000000000000000000000000000000000000000000000000000000000aa";
const SCOPES: &str = "spark:people_read";

/// A client without a secret, and what it got.
async fn public_client(world: &World) -> Tokens {
    let new = NewClient {
        client_id: PUBLIC.to_owned(),
        name: "An app on a telephone".to_owned(),
        scopes: ScopeSet::parse(SCOPES).unwrap(),
        redirect_uris: vec![CALLBACK.to_owned()],
        ..NewClient::default()
    };
    world.oauth.register_public_client(new).await.unwrap();
    public_tokens(world).await
}

async fn public_tokens(world: &World) -> Tokens {
    let code = world.code(PUBLIC, SCOPES).await;
    let answer = ask(
        world,
        &[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ],
    )
    .await;
    tokens_of(&answer)
}

async fn ask(world: &World, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("client_id", PUBLIC)];
    all.extend_from_slice(fields);
    world.program().post("/v1/access_token").form(&all).send().await
}

async fn refresh(world: &World, token: &str) -> Answer {
    ask(
        world,
        &[("grant_type", "refresh_token"), ("refresh_token", token)],
    )
    .await
}

kit_test::both_databases! {
    async fn a_client_without_a_secret_gets_nothing_that_nobody_saw(database: Database) {
        let world = World::new(database).await;
        public_client(&world).await;
        let app = world.app.other_browser();
        world.sign_in(&app, FullAdmin).await;
        let challenge = crate::world::CHALLENGE;
        let silent = authorize_with(&[("client_id", PUBLIC), ("scope", SCOPES), ("prompt", "none"), ("code_challenge", challenge), ("code_challenge_method", "S256")]);
        let refused = app.get(&silent).send().await;
        assert_eq!(parameter(refused.location(), "error").as_deref(), Some("consent_required"));
        assert!(parameter(refused.location(), "code").is_none());
    }

    async fn r02_a_client_without_a_secret_must_use_pkce_and_shows_no_secret(database: Database) {
        let world = World::new(database).await;
        let tokens = public_client(&world).await;
        assert!(world.is_alive(&tokens.access).await);
        for parameters in [
            vec![("client_id", PUBLIC), ("scope", SCOPES)],
            vec![("client_id", PUBLIC), ("scope", SCOPES), ("code_challenge", VERIFIER), ("code_challenge_method", "plain")],
        ] {
            let refused = world.app.get(&authorize_with(&parameters)).send().await;
            assert_eq!(parameter(refused.location(), "error").as_deref(), Some("invalid_request"));
        }
        let with_secret = ask(&world, &[("client_secret", "guess"), ("grant_type", "refresh_token"), ("refresh_token", &tokens.refresh)]).await;
        assert_eq!((with_secret.status.as_u16(), with_secret.json()["error"].as_str()), (400, Some("invalid_client")));
        // Whoever has a secret cannot do without it.
        let fields = [("client_id", SYNCH), ("grant_type", "refresh_token"), ("refresh_token", tokens.refresh.as_str())];
        let without = world.program().post("/v1/access_token").form(&fields).send().await;
        assert_eq!(without.json()["error"].as_str(), Some("invalid_client"));
        assert_eq!(world.oauth.rotate_secret(PUBLIC, std::time::Duration::ZERO).await.unwrap_err().kind(), &kit::Kind::Conflict);
    }

    async fn r06_each_refresh_of_a_public_client_brings_a_new_refresh_token(database: Database) {
        let world = World::new(database).await;
        let first = public_client(&world).await;
        let second = tokens_of(&refresh(&world, &first.refresh).await);
        let third = tokens_of(&refresh(&world, &second.refresh).await);
        let texts = BTreeSet::from([first.refresh.clone(), second.refresh.clone(), third.refresh.clone()]);
        assert_eq!(texts.len(), 3);
        assert!(second.refresh.ends_with(&world.organization().to_string()) && second.refresh.len() == 106);
        for tokens in [&first, &second, &third] {
            assert!(world.is_alive(&tokens.access).await, "what was issued before lives its own time");
        }
        assert_eq!(world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap().len(), 1);
    }

    async fn r07_a_lost_answer_is_given_again_as_long_as_nobody_used_it(database: Database) {
        let world = World::new(database).await;
        let first = public_client(&world).await;
        let lost = tokens_of(&refresh(&world, &first.refresh).await);
        let again = tokens_of(&refresh(&world, &first.refresh).await);
        assert_eq!(lost.refresh, again.refresh);
        // Also after a restart: the text is derived and kept nowhere.
        let third = tokens_of(&refresh(&world, &again.refresh).await);
        assert_ne!(third.refresh, again.refresh);
        assert!(world.announced().await.is_empty());
    }

    async fn r06_a_refresh_token_whose_successor_was_used_ends_its_lineage_and_no_other(database: Database) {
        let world = World::new(database).await;
        let first = public_client(&world).await;
        let innocent = public_tokens(&world).await;
        let second = tokens_of(&refresh(&world, &first.refresh).await);
        let third = tokens_of(&refresh(&world, &second.refresh).await);
        let stolen = refresh(&world, &first.refresh).await;
        assert_eq!((stolen.status.as_u16(), stolen.json()["error"].as_str()), (400, Some("invalid_grant")));
        for tokens in [&first, &second, &third] {
            assert!(!world.is_alive(&tokens.access).await);
            assert_eq!(refresh(&world, &tokens.refresh).await.status, 400);
        }
        assert!(world.is_alive(&innocent.access).await);
        tokens_of(&refresh(&world, &innocent.refresh).await);
        let announced = world.announced().await;
        assert_eq!(announced.iter().map(|event| event["event"].as_str().unwrap()).collect::<Vec<_>>(), ["refresh-token-stolen"]);
        assert_eq!(announced[0]["subject"]["client"].as_str(), Some(PUBLIC));
        assert_eq!(world.audited().await, ["Authorization ended after a stolen refresh token"]);
        let letters = sql("SELECT recipient, subject FROM events_letter").all(&world.database).await.unwrap();
        let admins = world.directory.full_admins(world.organization()).await.unwrap();
        assert_eq!(letters.len(), admins.iter().filter(|admin| admin.login_enabled).count(), "each Full Admin is told once");
    }

    async fn r08_many_refreshes_at_once_bring_one_successor(database: Database) {
        let world = Arc::new(World::new(database).await);
        let mut tokens = public_client(&world).await;
        for _ in 0..3 {
            let mut refreshes = Vec::new();
            for _ in 0..10 {
                let (world, token) = (Arc::clone(&world), tokens.refresh.clone());
                refreshes.push(tokio::spawn(async move { tokens_of(&refresh(&world, &token).await) }));
            }
            let mut successors = BTreeSet::new();
            for one in refreshes {
                let got = one.await.unwrap();
                assert!(world.is_alive(&got.access).await);
                successors.insert(got.refresh.clone());
                tokens = got;
            }
            assert_eq!(successors.len(), 1);
        }
        assert!(world.announced().await.is_empty(), "nobody was taken for a thief");
    }

    async fn r08_two_who_race_for_one_token_never_both_hold_a_lineage(database: Database) {
        let world = Arc::new(World::new(database).await);
        let first = public_client(&world).await;
        // One goes on at once; the other is late with the first token.
        let mut races = Vec::new();
        for late in [false, true, false, true] {
            let (world, token) = (Arc::clone(&world), first.refresh.clone());
            races.push(tokio::spawn(async move {
                let answer = refresh(&world, &token).await;
                if late || answer.status != 200 {
                    return answer.status.as_u16();
                }
                refresh(&world, &tokens_of(&answer).refresh).await.status.as_u16()
            }));
        }
        for race in races {
            assert!(matches!(race.await.unwrap(), 200 | 400), "no race ends in an error of ours");
        }
        assert!(world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap().len() <= 1);
    }

    async fn rotation_is_a_choice_per_client_and_may_change_under_a_grant(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        assert_eq!(tokens_of(&world.refresh(&tokens.refresh).await).refresh, tokens.refresh);
        let rotating = ClientChange { rotates_refresh_tokens: Some(true), ..ClientChange::default() };
        assert!(world.oauth.update_client(SYNCH, rotating).await.unwrap().rotates_refresh_tokens);
        let second = tokens_of(&world.refresh(&tokens.refresh).await);
        assert_ne!(second.refresh, tokens.refresh);
        let still = ClientChange { rotates_refresh_tokens: Some(false), ..ClientChange::default() };
        world.oauth.update_client(SYNCH, still).await.unwrap();
        assert_eq!(tokens_of(&world.refresh(&tokens.refresh).await).refresh, second.refresh, "the lost answer again");
        assert_eq!(tokens_of(&world.refresh(&second.refresh).await).refresh, second.refresh);
    }

    async fn r11_a_public_client_gives_a_lineage_back_by_any_of_its_tokens(database: Database) {
        let world = World::new(database).await;
        let first = public_client(&world).await;
        let second = tokens_of(&refresh(&world, &first.refresh).await);
        let third = tokens_of(&refresh(&world, &second.refresh).await);
        let answer = world.program().post("/v1/revoke").form(&[("client_id", PUBLIC), ("token", &first.refresh)]).send().await;
        assert_eq!(answer.status, 200);
        assert!(!world.is_alive(&third.access).await);
        assert_eq!(refresh(&world, &third.refresh).await.status, 400);
        let announced = world.announced().await;
        assert_eq!(announced[0]["event"].as_str(), Some("authorization-revoked-by-client"));
    }

    async fn r20_the_successor_of_a_refresh_token_lies_nowhere_in_the_database(database: Database) {
        let world = World::new(database).await;
        let first = public_client(&world).await;
        let second = tokens_of(&refresh(&world, &first.refresh).await);
        tokens_of(&refresh(&world, &second.refresh).await);
        let rows = sql("SELECT refresh_hash, previous_refresh_hash, 'x' AS retired FROM oauth_grant WHERE previous_refresh_hash IS NOT NULL
            UNION ALL SELECT token_hash, token_hash, token_hash FROM oauth_retired_refresh").all(&world.database).await.unwrap();
        assert_eq!(rows.len(), 2);
        for row in rows {
            for column in ["refresh_hash", "previous_refresh_hash"] {
                let value = row.text(column).unwrap();
                assert!(value.len() == 64 && !second.refresh.contains(&value) && !first.refresh.contains(&value));
            }
        }
    }

    async fn a_public_client_sees_the_consent_page_like_any_other(database: Database) {
        let world = World::new(database).await;
        public_client(&world).await;
        world.sign_in(&world.app, FullAdmin).await;
        let begun = world.app.get(&authorize(PUBLIC, SCOPES)).send().await;
        assert!(world.app.get(begun.location()).send().await.body.contains("An app on a telephone"));
    }
}
