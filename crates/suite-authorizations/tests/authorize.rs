//! The way to the platform and back: what becomes an authorization, and what does not, each with its reason.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod world;

use std::time::Duration;

use kit_sql::sql;
use serde_json::json;
use suite_authorizations::{
    AuthorizationState, CallbackOutcome, CallbackQuery, GrantState, IntegrationKey, Refusal,
};
use suite_tenancy::Actor;
use webex::{Role, ScopeSet};
use world::platform::OTHER_ORGANIZATION;
use world::{ORGANIZATION, World, page, post};

async fn refusal_of(world: &World, browser: &str, query: &CallbackQuery) -> Refusal {
    world
        .authorizations
        .callback(Some(&world.admin), browser, query)
        .await
        .unwrap_err()
        .refusal
}

async fn no_grant(world: &World, customer: suite_tenancy::CustomerId, key: IntegrationKey) {
    assert!(world.authorizations.grant(customer, key).await.unwrap().is_none());
}

kit_test::both_databases! {
    async fn an_accepted_authorization_becomes_the_customers_and_its_tokens_are_sealed(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        assert_eq!(sent.url.path(), "/v1/authorize");
        assert_eq!(sent.query["response_type"], "code");
        assert_eq!(sent.query["code_challenge_method"], "S256");
        assert_eq!(sent.query["client_id"], world::client_id(IntegrationKey::UsersSynch));
        assert_eq!(sent.query["redirect_uri"], "http://localhost:8090/authorizations/callback");
        assert!(!sent.query.contains_key("nonce"), "only openid has a nonce");
        let outcome = world.authorizations.callback(Some(&world.admin), "browser-one", &world.accepted(&sent)).await.unwrap();
        assert_eq!(outcome, CallbackOutcome::Completed { customer, integration: IntegrationKey::UsersSynch, invitation: None });

        let grant = world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().unwrap();
        assert_eq!((grant.person_name.as_str(), grant.person_email.as_str()), ("Ada Moreau", "ada@contoso.example"));
        assert_eq!(grant.organization_id, ORGANIZATION);
        assert_eq!(grant.access_expires_at, world::now().plus(Duration::from_secs(1_209_599)));
        assert_eq!(grant.refresh_expires_at, Some(world::now().plus(Duration::from_secs(7_775_999))));
        let me = world.authorizations.client_for(customer, IntegrationKey::UsersSynch).await.unwrap().me().await.unwrap();
        assert_eq!(me.display_name, "Ada Moreau");

        let row = sql("SELECT access_token, refresh_token FROM authorization_grant").one(&database).await.unwrap();
        for column in ["access_token", "refresh_token"] {
            let sealed = row.bytes(column).unwrap();
            assert!(!sealed.windows(6).any(|window| window == b"secret"), "{column} is not sealed");
        }
        let left = sql("SELECT verifier, unconfirmed FROM authorization_attempt").one(&database).await.unwrap();
        assert!(left.bytes("verifier").unwrap().is_empty(), "a used verifier is forgotten");
    }

    async fn a_state_is_good_for_one_return(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = world.accepted(&sent);
        let returns = (0..8).map(|_| world.authorizations.callback(Some(&world.admin), "browser-one", &query));
        let outcomes = futures::future::join_all(returns).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|refused| refused.refusal == Refusal::UsedState));
        assert_eq!(world.platform.behaviour().exchanges, 1);
        assert_eq!(refusal_of(&world, "browser-one", &query).await, Refusal::UsedState);
    }

    async fn an_error_of_the_platform_ends_the_attempt_and_says_what_to_do(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::Presence).await;
        let query = CallbackQuery { error: Some("access_denied".to_owned()), ..world.accepted(&sent) };
        let query = CallbackQuery { code: None, ..query };
        let refusal = refusal_of(&world, "browser-one", &query).await;
        assert_eq!(refusal, Refusal::ServerError { error: "access_denied".to_owned(), description: None });
        let cards = world.authorizations.cards(&world.admin, customer).await.unwrap();
        assert_eq!(cards[1].state, AuthorizationState::NotAuthorized);
        assert_eq!(cards[1].last_refusal.as_ref().unwrap().0, "The person declined.");
        let late = world.accepted(&sent);
        assert_eq!(refusal_of(&world, "browser-one", &late).await, Refusal::UsedState);
    }

    async fn an_error_in_a_foreign_browser_ends_nothing(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::Presence).await;
        let said = Some("Call 0800 and read out your password".to_owned());
        let query = CallbackQuery { error: Some("access_denied".to_owned()), error_description: said, state: Some(sent.state().to_owned()), ..CallbackQuery::default() };
        assert_eq!(refusal_of(&world, "browser-two", &query).await, Refusal::OtherBrowser, "nobody's words are shown to a stranger");
        let without_state = CallbackQuery { state: None, ..query.clone() };
        assert_eq!(refusal_of(&world, "browser-one", &without_state).await, Refusal::UnknownState);
        world.authorizations.callback(Some(&world.admin), "browser-one", &world.accepted(&sent)).await.unwrap();
    }

    async fn unknown_late_and_foreign_returns_are_refused_without_touching_the_platform(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = world.accepted(&sent);
        for state in [None, Some(String::new()), Some("x".repeat(43))] {
            let unknown = CallbackQuery { state, ..query.clone() };
            assert_eq!(refusal_of(&world, "browser-one", &unknown).await, Refusal::UnknownState);
        }
        assert_eq!(refusal_of(&world, "browser-two", &query).await, Refusal::OtherBrowser);
        world.pass(Duration::from_secs(15 * 60)).await;
        assert!(matches!(refusal_of(&world, "browser-one", &query).await, Refusal::ExpiredState { .. }));
        assert_eq!(world.platform.behaviour().exchanges, 0);
        let cards = world.authorizations.cards(&world.admin, customer).await.unwrap();
        assert_eq!(cards[0].state, AuthorizationState::NotAuthorized);
        assert!(cards[0].last_refusal.as_ref().unwrap().0.contains("Access denied"));
    }

    async fn a_foreign_browser_does_not_spoil_the_return_of_the_own(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = world.accepted(&sent);
        assert_eq!(refusal_of(&world, "browser-two", &query).await, Refusal::OtherBrowser);
        world.authorizations.callback(Some(&world.admin), "browser-one", &query).await.unwrap();
    }

    async fn a_wrong_issuer_and_a_missing_one_are_refused_where_one_is_configured(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        for iss in [None, Some("https://evil.example".to_owned())] {
            let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
            let query = CallbackQuery { iss: iss.clone(), ..world.accepted(&sent) };
            let refusal = refusal_of(&world, "browser-one", &query).await;
            assert_eq!(refusal, Refusal::WrongIssuer { expected: world.platform.base.clone(), received: iss });
        }
        assert_eq!(world.platform.behaviour().exchanges, 0);
    }

    async fn an_error_that_names_another_issuer_is_not_believed(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = CallbackQuery { code: None, error: Some("access_denied".to_owned()), iss: Some("https://evil.example".to_owned()), ..world.accepted(&sent) };
        let refusal = refusal_of(&world, "browser-one", &query).await;
        assert!(matches!(refusal, Refusal::WrongIssuer { .. }), "{refusal:?}");
    }

    async fn a_platform_that_names_no_issuer_is_accepted_where_none_is_configured(database: Database) {
        let platform = world::Platform::start().await;
        platform.set_now(world::now());
        let mut options = world::options_towards(&platform);
        options.issuer = None;
        let world = World::with(&database, platform, kit::ManualClock::at(world::now()), options).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = CallbackQuery { iss: None, ..world.accepted(&sent) };
        world.authorizations.callback(Some(&world.admin), "browser-one", &query).await.unwrap();
    }

    async fn who_signed_out_meanwhile_or_lost_the_right_finishes_nothing(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = world.accepted(&sent);
        let refused = world.authorizations.callback(None, "browser-one", &query).await.unwrap_err();
        assert!(matches!(refused.refusal, Refusal::NoRight { .. }));
        let powerless = Actor { assignments: Vec::new(), ..world.admin.clone() };
        let refused = world.authorizations.callback(Some(&powerless), "browser-one", &query).await.unwrap_err();
        assert!(matches!(refused.refusal, Refusal::NoRight { .. }));
        no_grant(&world, customer, IntegrationKey::UsersSynch).await;
    }

    async fn a_code_that_is_not_accepted_is_refused_with_the_platforms_words(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = CallbackQuery { code: Some("never-issued".to_owned()), ..world.accepted(&sent) };
        let Refusal::ExchangeFailed { reason, tracking_id } = refusal_of(&world, "browser-one", &query).await else { panic!("another refusal") };
        assert_eq!(reason, "The platform answered 400: The code is invalid.");
        assert_eq!(tracking_id.as_deref(), Some("ROUTERGW_test"));
    }

    async fn neither_code_nor_error_is_refused(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let query = CallbackQuery { code: None, ..world.accepted(&sent) };
        assert_eq!(refusal_of(&world, "browser-one", &query).await, Refusal::NoCode);
    }

    async fn another_organization_a_lesser_role_and_missing_scopes_are_refused_and_given_back(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(OTHER_ORGANIZATION)).await;
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let refusal = refusal_of(&world, "browser-one", &world.accepted(&sent)).await;
        let expected = Refusal::WrongOrganization {
            expected: OTHER_ORGANIZATION.to_owned(),
            received: ORGANIZATION.to_owned(),
            email: "ada@contoso.example".to_owned(),
        };
        assert_eq!(refusal, expected);

        let customer = world.customer("Fabrikam", Some(ORGANIZATION)).await;
        world.platform.behaviour().roles = vec![Role::UserAdministrator, Role::ReadOnlyAdministrator];
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let refusal = refusal_of(&world, "browser-one", &world.accepted(&sent)).await;
        assert_eq!(refusal, Refusal::MissingRole { role: "Full Administrator", email: "ada@contoso.example".to_owned() });

        world.platform.behaviour().roles = vec![Role::FullAdministrator];
        world.platform.behaviour().withheld = "spark-admin:locations_read spark-admin:workspaces_read";
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        let refusal = refusal_of(&world, "browser-one", &world.accepted(&sent)).await;
        let missing = ScopeSet::parse("spark-admin:locations_read spark-admin:workspaces_read").unwrap();
        assert_eq!(refusal, Refusal::MissingScopes { missing });
        no_grant(&world, customer, IntegrationKey::UsersSynch).await;
        assert_eq!(world.platform.behaviour().revoked.len(), 6, "an access and a refresh token for each of the three");
    }

    async fn an_answer_without_scopes_grants_what_was_asked_for(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.platform.behaviour().says_scopes = false;
        world.authorize(customer, IntegrationKey::UsersSynch).await;
        let grant = world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().unwrap();
        assert_eq!(grant.scopes, IntegrationKey::UsersSynch.integration().scope_set());
    }

    async fn a_platform_that_does_not_say_whose_tokens_they_are_is_refused(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.platform.behaviour().people_error = Some(403);
        let sent = world.begin(customer, IntegrationKey::UsersSynch).await;
        assert!(matches!(refusal_of(&world, "browser-one", &world.accepted(&sent)).await, Refusal::PersonUnreadable { .. }));
        assert_eq!(world.platform.behaviour().revoked.len(), 2);
    }

    async fn the_id_token_of_a_sign_in_must_prove_who_signed_in(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        type Spoil = fn(&mut world::platform::Behaviour);
        let wrongs: [(&str, Spoil); 6] = [
            ("authorized party", |state| state.id_token_party = Some("C-another".to_owned())),
            ("nonce", |state| state.id_token_nonce = Some("another".to_owned())),
            ("audience", |state| state.id_token_audience = Some("C-another".to_owned())),
            ("configured issuer", |state| state.id_token_issuer = Some("https://evil.example".to_owned())),
            ("another person", |state| state.id_token_subject = Some(OTHER_ORGANIZATION.to_owned())),
            ("signature", |state| state.foreign_signature = true),
        ];
        for (word, spoil) in wrongs {
            spoil(&mut world.platform.behaviour());
            let sent = world.begin(customer, IntegrationKey::SingleSignOn).await;
            let refusal = refusal_of(&world, "browser-one", &world.accepted(&sent)).await;
            let Refusal::IdToken { reason } = refusal else { panic!("{word}: {refusal:?}") };
            assert!(reason.contains(word), "{word}: {reason}");
            let mut state = world.platform.behaviour();
            (state.id_token_nonce, state.id_token_audience, state.id_token_issuer, state.id_token_subject) = (None, None, None, None);
            (state.id_token_party, state.foreign_signature) = (None, false);
        }
        no_grant(&world, customer, IntegrationKey::SingleSignOn).await;
        let sent = world.begin(customer, IntegrationKey::SingleSignOn).await;
        assert_eq!(sent.query["nonce"].len(), 43);
        world.authorizations.callback(Some(&world.admin), "browser-one", &world.accepted(&sent)).await.unwrap();
        assert!(world.authorizations.grant(customer, IntegrationKey::SingleSignOn).await.unwrap().is_some());
    }

    async fn a_second_authorization_replaces_the_first_and_gives_it_back(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, IntegrationKey::UsersSynch).await;
        let first = world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().unwrap();
        world.pass(Duration::from_secs(60)).await;
        world.authorize(customer, IntegrationKey::UsersSynch).await;
        let second = world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().unwrap();
        assert_ne!(first.id, second.id);
        assert_eq!(world.platform.behaviour().revoked.len(), 1);
        world.authorizations.client_for(customer, IntegrationKey::UsersSynch).await.unwrap().me().await.unwrap();
        let count = sql("SELECT COUNT(*) AS n FROM authorization_grant").one(&database).await.unwrap();
        assert_eq!(count.integer("n").unwrap(), 1);
    }

    async fn the_first_organization_is_pinned_by_a_confirmation_and_not_before(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", None).await;
        let app = &world.app;
        let begun = page(app, &format!("/customers/{customer}")).await;
        let csrf = begun.field("csrf");
        let away = post(app, &format!("/customers/{customer}/authorizations/users-synch/authorize"), &csrf, &[]).await;
        let sent = world::SentAway::new(away.location().parse().unwrap());
        let back = world.way_back(&sent);
        let confirm = page(app, &back).await.location().to_owned();
        assert!(confirm.starts_with("/authorizations/confirm/"));
        no_grant(&world, customer, IntegrationKey::UsersSynch).await;

        let shown = page(app, &confirm).await;
        assert!(shown.body.contains("<strong>Contoso</strong>") && shown.body.contains(ORGANIZATION), "{}", shown.body);
        let stranger = app.other_browser();
        assert_eq!(page(&stranger, &confirm).await.status, 410);
        assert_eq!(world.tenancy.customer(&world.admin, customer).await.unwrap().organization_id, None);

        let done = post(app, &confirm, &csrf, &[("decision", "confirm")]).await;
        assert_eq!(done.location(), format!("/customers/{customer}?outcome=authorized&integration=users-synch"));
        assert_eq!(world.tenancy.customer(&world.admin, customer).await.unwrap().organization_id.as_deref(), Some(ORGANIZATION));
        world.authorizations.client_for(customer, IntegrationKey::UsersSynch).await.unwrap().me().await.unwrap();
        assert_eq!(post(app, &confirm, &csrf, &[("decision", "confirm")]).await.status, 410);
    }

    async fn a_declined_or_forgotten_confirmation_keeps_nothing(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", None).await;
        let csrf = page(&world.app, &format!("/customers/{customer}")).await.field("csrf");
        for forgotten in [false, true] {
            let away = post(&world.app, &format!("/customers/{customer}/authorizations/users-synch/authorize"), &csrf, &[]).await;
            let sent = world::SentAway::new(away.location().parse().unwrap());
            let back = world.way_back(&sent);
            let confirm = page(&world.app, &back).await.location().to_owned();
            world.platform.behaviour().revoked.clear();
            if forgotten {
                world.pass(Duration::from_secs(3600)).await;
                world.authorizations.keep_fresh().await.unwrap();
                assert_eq!(post(&world.app, &confirm, &csrf, &[("decision", "confirm")]).await.status, 410);
            } else {
                let declined = post(&world.app, &confirm, &csrf, &[("decision", "decline")]).await;
                assert_eq!(declined.location(), format!("/customers/{customer}?outcome=declined&integration=users-synch"));
            }
            assert_eq!(world.platform.behaviour().revoked.len(), 2);
        }
        no_grant(&world, customer, IntegrationKey::UsersSynch).await;
        assert_eq!(world.tenancy.customer(&world.admin, customer).await.unwrap().organization_id, None);
        let kept = sql("SELECT COUNT(*) AS n FROM authorization_attempt WHERE unconfirmed IS NOT NULL").one(&database).await.unwrap();
        assert_eq!(kept.integer("n").unwrap(), 0);
    }

    async fn an_organization_belongs_to_one_customer_only(database: Database) {
        let world = World::new(&database).await;
        world.customer("Contoso", Some(ORGANIZATION)).await;
        let second = world.customer("Contoso again", None).await;
        let sent = world.begin(second, IntegrationKey::UsersSynch).await;
        let outcome = world.authorizations.callback(Some(&world.admin), "browser-one", &world.accepted(&sent)).await.unwrap();
        assert!(matches!(outcome, CallbackOutcome::Unconfirmed { .. }));
        no_grant(&world, second, IntegrationKey::UsersSynch).await;
    }

    async fn a_confirmation_that_comes_too_late_gives_the_tokens_back(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", None).await;
        let csrf = page(&world.app, &format!("/customers/{customer}")).await.field("csrf");
        let away = post(&world.app, &format!("/customers/{customer}/authorizations/users-synch/authorize"), &csrf, &[]).await;
        let back = world.way_back(&world::SentAway::new(away.location().parse().unwrap()));
        let confirm = page(&world.app, &back).await.location().to_owned();
        world.tenancy.pin_organization(&world.admin, customer, OTHER_ORGANIZATION).await.unwrap();
        let late = post(&world.app, &confirm, &csrf, &[("decision", "confirm")]).await;
        assert_eq!(late.status, 409, "{}", late.body);
        assert_eq!(world.platform.behaviour().revoked.len(), 2, "both tokens, at once");
        no_grant(&world, customer, IntegrationKey::UsersSynch).await;
        let kept = sql("SELECT COUNT(*) AS n FROM authorization_attempt WHERE unconfirmed IS NOT NULL").one(&database).await.unwrap();
        assert_eq!(kept.integer("n").unwrap(), 0);
    }

    async fn the_audit_trail_has_a_line_for_each_decision(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, IntegrationKey::UsersSynch).await;
        world.authorizations.check(&world.admin, customer, IntegrationKey::UsersSynch).await.unwrap();
        world.platform.kill_everything();
        world.authorizations.client_for(customer, IntegrationKey::UsersSynch).await.unwrap().me().await.unwrap_err();
        let query = suite_tenancy::AuditQuery { limit: 50, ..suite_tenancy::AuditQuery::default() };
        let (lines, _) = world.tenancy.audit_trail(&world.admin, &query).await.unwrap();
        let mut verbs: Vec<_> = lines.iter().map(|line| line.verb.as_str()).filter(|verb| verb.starts_with("authorization.")).collect();
        verbs.sort_unstable();
        assert_eq!(verbs, ["authorization.begun", "authorization.checked", "authorization.died", "authorization.granted"]);
        assert!(!lines.iter().any(|line| line.detail.contains("secret")));
    }

    async fn a_wrong_secret_is_a_misconfiguration_and_not_a_death(database: Database) {
        let world = World::new(&database).await;
        let customer = world.customer("Contoso", Some(ORGANIZATION)).await;
        world.authorize(customer, IntegrationKey::UsersSynch).await;
        world.platform.behaviour().refresh_error = Some((400, json!({ "error": "invalid_client" })));
        world.pass(Duration::from_secs(13 * 24 * 3600)).await;
        world.authorizations.keep_fresh().await.unwrap();
        let grant = world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().unwrap();
        assert!(matches!(grant.state, GrantState::Misconfigured { .. }));
        world.platform.behaviour().refresh_error = None;
        world.pass(Duration::from_secs(3600)).await;
        world.authorizations.keep_fresh().await.unwrap();
        let grant = world.authorizations.grant(customer, IntegrationKey::UsersSynch).await.unwrap().unwrap();
        assert_eq!(grant.state, GrantState::Active);
    }
}
