//! What clients may ask about tokens, and what the metadata says of it.

use hub_directory::seed::NamedPerson::FullAdmin;
use hub_oauth::{NewClient, RESOURCE_SERVER_SCOPE, new_client_id};
use kit::{ExposeSecret as _, SystemRandomness};
use kit_test::Answer;
use serde_json::{Value, json};
use webex::ScopeSet;

use crate::world::{ADMIN_SCOPES, CALLBACK, HUB, OTHER, SYNCH, World, tokens_of};

async fn introspect(world: &World, client: &str, secret: &str, token: &str) -> Answer {
    let fields = [
        ("client_id", client),
        ("client_secret", secret),
        ("token", token),
        ("token_type_hint", "refresh_token"),
    ];
    world.program().post("/v1/introspect").form(&fields).send().await
}

async fn own(world: &World, token: &str) -> Value {
    let answer = introspect(world, SYNCH, &world.secret, token).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("cache-control")),
        (200, Some("no-store")),
        "{}",
        answer.body
    );
    answer.json()
}

kit_test::both_databases! {
    async fn r12_a_client_reads_what_its_own_tokens_are_worth(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let email = world.seeded.named(FullAdmin).unwrap().email.clone();
        let (sub, iat) = (world.id(FullAdmin).to_string(), 1_795_510_800_i64);
        assert_eq!(own(&world, &tokens.access).await, json!({
            "active": true, "scope": ADMIN_SCOPES, "client_id": SYNCH, "username": email, "token_type": "Bearer",
            "iat": iat, "exp": iat + 14 * 24 * 3600, "sub": sub, "iss": HUB,
        }));
        let refresh = own(&world, &tokens.refresh).await;
        assert_eq!((refresh["active"].as_bool(), refresh["exp"].as_i64()), (Some(true), Some(iat + 90 * 24 * 3600)));
        assert!(refresh.get("token_type").is_none(), "a refresh token is no bearer");
    }

    async fn r12_a_token_that_is_not_ones_own_and_a_dead_one_are_inactive_and_nothing_else(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let inactive = json!({ "active": false });
        for foreign in [&tokens.access, &tokens.refresh] {
            let answer = introspect(&world, OTHER, &world.other_secret, foreign).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (200, inactive.clone()));
        }
        for unknown in ["x".to_owned(), tokens.access.replace('a', "b")] {
            assert_eq!(own(&world, &unknown).await, inactive);
        }
        world.block(SYNCH);
        assert_eq!(own(&world, &tokens.access).await, inactive, "a policy reaches introspection at once");
        world.unblock(SYNCH);
        world.oauth.withdraw(world.id(FullAdmin), SYNCH).await.unwrap();
        for dead in [&tokens.access, &tokens.refresh] {
            assert_eq!(own(&world, dead).await, inactive);
        }
        let expired = world.tokens(ADMIN_SCOPES).await;
        world.wait(14 * 24 * 3600).await;
        assert_eq!(own(&world, &expired.access).await, inactive);
    }

    async fn r12_introspection_wants_a_client_that_proves_itself(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let wrong = introspect(&world, SYNCH, "wrong", &tokens.access).await;
        assert_eq!((wrong.status.as_u16(), wrong.json()["error"].as_str()), (400, Some("invalid_client")));
        let basic = world.program().post("/v1/introspect").header("authorization", "Basic QzE6d3Jvbmc=").form(&[("token", "x")]).send().await;
        assert_eq!(basic.status, 401);
        assert!(basic.header("www-authenticate").unwrap().starts_with("Basic "));
        let by_bearer = world.program().post("/v1/introspect").bearer(&tokens.access).form(&[("token", tokens.access.as_str())]).send().await;
        assert_eq!(by_bearer.status, 401);
        let public = NewClient {
            client_id: new_client_id(&SystemRandomness), name: "A page".to_owned(), redirect_uris: vec![CALLBACK.to_owned()], ..NewClient::default()
        };
        let public = world.oauth.register_public_client(public).await.unwrap().client_id;
        let answer = world.program().post("/v1/introspect").form(&[("client_id", public.as_str()), ("token", tokens.access.as_str())]).send().await;
        assert_eq!((answer.status.as_u16(), answer.json()["error"].as_str()), (400, Some("invalid_client")));
        let nothing = world.program().post("/v1/introspect").header("authorization", &world.basic()).form(&[("a", "b")]).send().await;
        assert_eq!((nothing.status.as_u16(), nothing.json()["error"].as_str()), (400, Some("invalid_request")));
        assert_eq!(world.program().get(&format!("/v1/introspect?token={}", tokens.access)).send().await.status, 405);
    }

    async fn r12_a_resource_server_reads_access_tokens_that_others_bring_it(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let new = NewClient {
            client_id: new_client_id(&SystemRandomness), name: "A resource server".to_owned(),
            scopes: ScopeSet::parse(RESOURCE_SERVER_SCOPE).unwrap(), ..NewClient::default()
        };
        let server = world.oauth.register_client(new).await.unwrap();
        let ask = async |token: &str| introspect(&world, &server.client.client_id, server.secret.expose_secret(), token).await.json();
        assert_eq!(ask(&tokens.access).await["client_id"].as_str(), Some(SYNCH));
        assert_eq!(ask(&tokens.refresh).await, json!({ "active": false }), "a refresh token is its client's alone");
    }

    async fn r13_the_metadata_names_the_issuer_and_only_what_works(database: Database) {
        let world = World::new(database).await;
        let oauth = world.program().get("/.well-known/oauth-authorization-server").send().await.json();
        let openid = world.program().get("/.well-known/openid-configuration").send().await.json();
        assert_eq!(oauth, openid, "the two documents are one");
        assert_eq!(oauth["issuer"].as_str(), Some(HUB));
        let routes: Vec<&str> = hub_oauth::ROUTES.iter().map(|route| route.path).collect();
        let mut endpoints = 0;
        for (name, value) in oauth.as_object().unwrap() {
            if name.ends_with("_endpoint") || name == "jwks_uri" {
                let path = value.as_str().unwrap().strip_prefix(HUB).unwrap();
                assert!(routes.contains(&path), "{name} names {path}");
                endpoints += 1;
            }
        }
        assert_eq!(endpoints, 7);
        let words = |name: &str| oauth[name].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(words("response_types_supported"), ["code"]);
        assert_eq!(words("code_challenge_methods_supported"), ["S256"]);
        // Each grant type that is named is understood; one that is not named is refused as such.
        let error = async |grant: &str| world.token(&[("grant_type", grant)]).await.json()["error"].as_str().unwrap().to_owned();
        for grant in words("grant_types_supported") {
            assert_ne!(error(&grant).await, "unsupported_grant_type", "{grant}");
        }
        for grant in ["password", "client_credentials", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer"] {
            assert_eq!(error(grant).await, "unsupported_grant_type");
        }
        for absent in ["registration_endpoint", "pushed_authorization_request_endpoint", "dpop_signing_alg_values_supported", "end_session_endpoint"] {
            assert!(oauth.get(absent).is_none(), "{absent}");
        }
        tokens_of(&world.refresh(&world.tokens(ADMIN_SCOPES).await.refresh).await);
    }
}
