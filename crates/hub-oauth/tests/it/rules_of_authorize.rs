use hub_directory::seed::NamedPerson::FullAdmin;
use kit_test::TestDatabase;

use crate::world::{
    ADMIN_SCOPES, CALLBACK, CHALLENGE, HUB, OTHER, SYNCH, VERIFIER, World, authorize, authorize_with,
    parameter, tokens_of,
};

#[tokio::test]
async fn r01_a_redirect_uri_that_is_not_registered_to_the_letter_is_a_page() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    for uri in [
        "http://localhost:8090/authorizations/callback/",
        "http://localhost:9999/authorizations/callback",
        "http://localhost:8090/authorizations/callback?a=b",
        "https://two.example/cb",
    ] {
        let page = world
            .app
            .get(&authorize_with(&[
                ("client_id", OTHER),
                ("redirect_uri", uri),
                ("scope", ADMIN_SCOPES),
            ]))
            .send()
            .await;
        assert_eq!(
            (page.status.as_u16(), page.header("location")),
            (400, None),
            "{uri}"
        );
    }
    // A registered query is kept.
    let uri = "https://two.example/cb?tenant=7";
    let refused = world
        .app
        .get(&authorize_with(&[("client_id", OTHER), ("redirect_uri", uri)]))
        .send()
        .await;
    assert!(
        refused
            .location()
            .starts_with("https://two.example/cb?tenant=7&error=invalid_scope"),
        "{}",
        refused.location()
    );
}

#[tokio::test]
async fn r02_pkce_needs_s256_and_cannot_be_downgraded() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    let plain = [
        ("client_id", SYNCH),
        ("scope", ADMIN_SCOPES),
        ("code_challenge", VERIFIER),
        ("code_challenge_method", "plain"),
    ];
    let refused = world.app.get(&authorize_with(&plain)).send().await;
    assert_eq!(
        parameter(refused.location(), "error").as_deref(),
        Some("invalid_request")
    );
    let redeem = |code: String, verifier: Option<&'static str>| {
        let world = &world;
        async move {
            let mut fields = vec![
                ("grant_type", "authorization_code"),
                ("code", code.as_str()),
                ("redirect_uri", CALLBACK),
            ];
            fields.extend(verifier.map(|verifier| ("code_verifier", verifier)));
            world.token(&fields).await.status.as_u16()
        }
    };
    let with_challenge = world.code(SYNCH, ADMIN_SCOPES).await;
    assert_eq!(redeem(with_challenge.clone(), None).await, 400);
    assert_eq!(redeem(with_challenge.clone(), Some(CHALLENGE)).await, 400);
    assert_eq!(redeem(with_challenge, Some(VERIFIER)).await, 200);
    world.sign_in(&world.app, FullAdmin).await;
    let bare = authorize_with(&[
        ("client_id", SYNCH),
        ("redirect_uri", CALLBACK),
        ("scope", ADMIN_SCOPES),
    ]);
    let begun = world.app.get(&bare).send().await;
    let answer = world.decide(&world.app, begun.location(), "accept").await;
    let without = parameter(answer.location(), "code").unwrap();
    assert_eq!(redeem(without.clone(), Some(VERIFIER)).await, 400);
    assert_eq!(redeem(without, None).await, 200);
}

#[tokio::test]
async fn r03_there_is_no_implicit_and_no_password_grant() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    let query = authorize(SYNCH, ADMIN_SCOPES).replace("response_type=code", "response_type=token");
    let refused = world.app.get(&query).send().await;
    assert_eq!(
        parameter(refused.location(), "error").as_deref(),
        Some("unsupported_response_type")
    );
    for grant in ["password", "client_credentials", "implicit"] {
        let answer = world
            .token(&[("grant_type", grant), ("username", "a"), ("password", "b")])
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["error"].as_str()),
            (400, Some("unsupported_grant_type"))
        );
    }
}

#[tokio::test]
async fn r05_every_answer_names_the_issuer_and_metadata_says_so() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    world.sign_in(&world.app, FullAdmin).await;
    let refused = world.app.get(&authorize(SYNCH, "spark:all")).send().await;
    assert_eq!(refused.status, 302);
    assert_eq!(
        parameter(refused.location(), "error").as_deref(),
        Some("invalid_scope")
    );
    for decision in ["accept", "decline"] {
        let begun = world.app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
        let answer = world.decide(&world.app, begun.location(), decision).await;
        assert_eq!(parameter(answer.location(), "iss").as_deref(), Some(HUB));
        assert_eq!(parameter(refused.location(), "iss").as_deref(), Some(HUB));
        assert_eq!(
            parameter(answer.location(), "state"),
            parameter(refused.location(), "state")
        );
    }
    for path in [
        "/v1/.well-known/openid-configuration",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
    ] {
        let metadata = world.program().get(path).send().await.json();
        assert_eq!(metadata["issuer"].as_str(), Some(HUB));
        assert_eq!(
            metadata["authorization_response_iss_parameter_supported"].as_bool(),
            Some(true)
        );
    }
}

#[tokio::test]
async fn r18_answers_are_303_pages_cannot_be_framed_and_forms_need_the_browsers_token() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    world.sign_in(&world.app, FullAdmin).await;
    let begun = world.app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
    let page = world.app.get(begun.location()).send().await;
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains("frame-ancestors 'none'")
    );
    let person = page.field("person");
    let forged = world
        .app
        .post(begun.location())
        .form(&[("csrf", "guess"), ("person", &person), ("decision", "accept")])
        .send()
        .await;
    assert_eq!(forged.status, 403);
    assert_eq!(
        world.decide(&world.app, begun.location(), "accept").await.status,
        303
    );
}

#[tokio::test]
async fn r19_no_page_tells_the_next_one_where_it_was_and_nothing_is_kept() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    world.sign_in(&world.app, FullAdmin).await;
    let begun = world.app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
    // The address of the page has neither state nor nonce nor challenge in it.
    assert!(!begun.location().contains('?'));
    let page = world.app.get(begun.location()).send().await;
    assert_eq!(
        (page.header("referrer-policy"), page.header("cache-control")),
        (Some("no-referrer"), Some("no-store"))
    );
    let answer = world.decide(&world.app, begun.location(), "accept").await;
    assert_eq!(
        (answer.header("referrer-policy"), answer.header("cache-control")),
        (Some("no-referrer"), Some("no-store"))
    );
    assert!(!answer.body.contains("code="));
    tokens_of(&world.redeem(&parameter(answer.location(), "code").unwrap()).await);
}

kit_test::both_databases! {
    async fn r03_only_a_legacy_client_gets_a_token_in_the_fragment(database: Database) {
        let world = World::new(database).await;
        let client_id = hub_oauth::new_client_id(&kit::SystemRandomness);
        let legacy = hub_oauth::NewClient {
            client_id: client_id.clone(),
            name: "An old program".to_owned(),
            scopes: webex::ScopeSet::parse("spark:people_read").unwrap(),
            redirect_uris: vec![CALLBACK.to_owned()],
            legacy: true,
            ..Default::default()
        };
        world.oauth.register_client(legacy).await.unwrap();
        let begin = |client_id: &str, scope: &str| {
            authorize_with(&[("client_id", client_id), ("redirect_uri", CALLBACK), ("scope", scope), ("state", "s 1")]).replace("response_type=code", "response_type=token")
        };
        let refused = world.app.get(&begin(SYNCH, "spark:people_read")).send().await;
        assert_eq!(parameter(refused.location(), "error").as_deref(), Some("unsupported_response_type"));
        // Errors of the implicit flow stand in the fragment too, and name the issuer.
        let refused = world.app.get(&begin(&client_id, "spark:all")).send().await;
        assert!(refused.location().starts_with(&format!("{CALLBACK}#error=invalid_scope")), "{}", refused.location());
        assert!(refused.location().contains("iss=http%3A%2F%2F127.0.0.1%3A8080"));
        world.sign_in(&world.app, FullAdmin).await;
        let begun = world.app.get(&begin(&client_id, "spark:people_read")).send().await;
        let answer = world.decide(&world.app, begun.location(), "accept").await;
        let (uri, fragment) = answer.location().split_once('#').unwrap();
        let fragment: std::collections::BTreeMap<String, String> = url::form_urlencoded::parse(fragment.as_bytes()).into_owned().collect();
        assert_eq!(uri, CALLBACK);
        assert_eq!((fragment["state"].as_str(), fragment["iss"].as_str(), fragment["expires_in"].as_str()), ("s 1", HUB, "1209599"));
        assert!(!fragment.contains_key("refresh_token") && world.is_alive(&fragment["access_token"]).await);
        // It dies as everything does that the person gave.
        world.oauth.withdraw(world.id(FullAdmin), &client_id).await.unwrap();
        assert!(!world.is_alive(&fragment["access_token"]).await);
        let again = world.app.get(begun.location()).send().await;
        assert_eq!(again.status, 410, "a request is decided once");
    }
}
