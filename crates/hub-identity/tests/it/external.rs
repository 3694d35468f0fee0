use hub_directory::seed::NamedPerson::{self, Deactivated, FullAdmin, HeidiHarper, KenAlvarez};
use hub_identity::{ExternalOptions, IdentityProvider, ProviderDraft};
use kit::Kind;
use kit_sql::sql;
use kit_test::{Answer, App};
use serde_json::json;

use crate::fake_provider::{CLIENT_ID, CLIENT_SECRET, FakeProvider};
use crate::pages::{app_of, send};
use crate::world::{HERE, PASSWORD, World, secret};

struct Elsewhere {
    world: World,
    app: App,
    fake: FakeProvider,
    provider: IdentityProvider,
}

fn options(private_targets: bool) -> ExternalOptions {
    ExternalOptions {
        key: [3; 32],
        private_targets,
    }
}

fn draft(fake: &FakeProvider, domain: &str) -> ProviderDraft {
    ProviderDraft {
        domain: domain.to_owned(),
        issuer: fake.issuer(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: secret(CLIENT_SECRET),
    }
}

impl Elsewhere {
    async fn new(database: kit_sql::Database) -> Self {
        let world = World::new(database).await;
        world.identity.with_external_sign_in(&options(true)).unwrap();
        let fake = FakeProvider::start(world.clock.clone(), &world.email(HeidiHarper)).await;
        let admin = world.caller(FullAdmin).await;
        let domain = world.seeded.domain;
        let provider = world
            .identity
            .add_identity_provider(&admin, draft(&fake, domain))
            .await
            .unwrap();
        let app = app_of(&world);
        Self {
            world,
            app,
            fake,
            provider,
        }
    }

    /// The Full Admin signs in with a password, tries the provider and switches it on.
    async fn switched_on(self) -> Self {
        let admin = self.app.other_browser();
        let email = self.world.email(FullAdmin);
        send(
            &admin,
            "/sign-in",
            "/sign-in/password",
            &[("email", &email), ("password", PASSWORD)],
        )
        .await;
        let path = format!("/settings/authentication/providers/{}", self.provider.id);
        let early = send(
            &admin,
            "/settings/authentication",
            &format!("{path}/switch"),
            &[("on", "on")],
        )
        .await;
        assert_eq!(early.status, 409, "not before it was tried");
        let away = send(&admin, "/settings/authentication", &format!("{path}/try"), &[]).await;
        let back = admin
            .get(&format!(
                "/sign-in/external/callback?{}",
                self.fake.authorize(away.location())
            ))
            .send()
            .await;
        let shown = admin.get(back.location()).send().await;
        assert!(shown.body.contains("works: you came back as"), "{}", shown.body);
        let on = send(
            &admin,
            "/settings/authentication",
            &format!("{path}/switch"),
            &[("on", "on")],
        )
        .await;
        assert_eq!(on.location(), "/settings/authentication?done=on");
        self
    }

    async fn away(&self, app: &App, part: NamedPerson) -> String {
        let email = self.world.email(part);
        // Named in the address, so that somebody who is signed in is asked as well.
        let page = format!("/sign-in?email={email}");
        let sent = send(
            app,
            &page,
            "/sign-in",
            &[("email", &email), ("return_to", "/me/sessions")],
        )
        .await;
        sent.location().to_owned()
    }

    async fn back(&self, app: &App, part: NamedPerson) -> Answer {
        let away = self.away(app, part).await;
        app.get(&format!(
            "/sign-in/external/callback?{}",
            self.fake.authorize(&away)
        ))
        .send()
        .await
    }

    async fn refused(&self, what: &str) {
        let app = self.app.other_browser();
        let answer = self.back(&app, HeidiHarper).await;
        assert!(
            answer.status.is_client_error(),
            "{what}: {} {}",
            answer.status,
            answer.body
        );
        assert!(answer.body.contains("You are not signed in"), "{what}");
        assert!(app.cookie("trunkline_hub_session").is_none(), "{what}");
    }
}

kit_test::both_databases! {
    async fn people_of_a_domain_sign_in_at_their_provider_and_go_on_where_they_wanted(database: Database) {
        let elsewhere = Elsewhere::new(database).await.switched_on().await;
        let away = elsewhere.away(&elsewhere.app, HeidiHarper).await;
        assert!(away.contains("login_hint="));
        let back = elsewhere.back(&elsewhere.app, HeidiHarper).await;
        assert_eq!(back.location(), "/me/sessions", "{}", back.body);
        let profile = elsewhere.app.get("/me").send().await;
        assert!(profile.body.contains("sign in through their organization’s own provider"), "{}", profile.body);
        let world = &elsewhere.world;
        assert!(world.identity.signs_in_externally(world.id(HeidiHarper)).await.unwrap());
        let lines = world.at_the_door().await;
        assert!(lines.iter().any(|(_, text)| text.contains("signed in through http://127.0.0.1:")), "{lines:?}");
        // The provider may tell the address at its userinfo endpoint only.
        elsewhere.fake.behave(|behaviour| behaviour.email_at_userinfo = true);
        assert_eq!(elsewhere.back(&elsewhere.app.other_browser(), HeidiHarper).await.location(), "/me/sessions");
    }

    async fn password_rules_expiry_and_the_death_by_a_password_change_do_not_apply(database: Database) {
        let elsewhere = Elsewhere::new(database).await.switched_on().await;
        let world = &elsewhere.world;
        let person = world.id(HeidiHarper);
        assert!(world.identity.password_expires_at(person).await.unwrap().is_none());
        let email = world.email(HeidiHarper);
        let local = world.identity.sign_in(&email, &secret(PASSWORD), HERE, "").await.unwrap_err();
        assert_eq!(*local.kind(), Kind::Conflict, "the right password of before opens nothing");
        let page = elsewhere.app.get(&format!("/sign-in/password?email={email}")).send().await;
        assert!(page.location().starts_with("/sign-in?email="));
        let change = world.identity.change_password(person, &secret(PASSWORD), &secret("a new password"), None).await.unwrap_err();
        assert_eq!(*change.kind(), Kind::Conflict);
        let admin = world.caller(FullAdmin).await;
        assert_eq!(*world.identity.reset_password(&admin, person).await.unwrap_err().kind(), Kind::Conflict);
        assert_eq!(*world.identity.reset_password_by_letter(&admin, person).await.unwrap_err().kind(), Kind::Conflict);
        world.identity.forgot_password(&email, HERE).await.unwrap();
        assert_eq!(world.letters(HeidiHarper).await[0], ("Your password is kept elsewhere".to_owned(), String::new()));
        // Ten years later nobody is asked for another password.
        world.wait(10 * 365 * 24 * 3600).await;
        assert_eq!(elsewhere.back(&elsewhere.app, HeidiHarper).await.location(), "/me/sessions");
        assert_eq!(world.identity.epochs(person).await.unwrap().everything, 0);
    }

    async fn deactivation_and_reset_access_end_what_was_begun_elsewhere(database: Database) {
        let elsewhere = Elsewhere::new(database).await.switched_on().await;
        let world = &elsewhere.world;
        let admin = world.caller(FullAdmin).await;
        elsewhere.back(&elsewhere.app, HeidiHarper).await;
        assert_eq!(elsewhere.app.get("/me").send().await.status, 200);
        world.identity.reset_access(&admin, world.id(HeidiHarper)).await.unwrap();
        assert_eq!(elsewhere.app.get("/me").send().await.status, 303);
        elsewhere.back(&elsewhere.app, HeidiHarper).await;
        assert_eq!(elsewhere.app.get("/me").send().await.status, 200);
        world.directory.set_login_enabled(&admin, world.id(HeidiHarper), false).await.unwrap();
        assert_eq!(elsewhere.app.get("/me").send().await.status, 303);
        elsewhere.refused("deactivated").await;
        world.directory.set_login_enabled(&admin, world.id(HeidiHarper), true).await.unwrap();
        assert_eq!(elsewhere.app.get("/me").send().await.status, 303, "reactivation resurrects nothing");
    }

    async fn every_answer_that_is_not_exactly_right_is_refused(database: Database) {
        let elsewhere = Elsewhere::new(database).await.switched_on().await;
        let good = {
            let mut kept = None;
            elsewhere.fake.behave(|behaviour| kept = Some(behaviour.clone()));
            kept.unwrap()
        };
        let now = kit::Clock::now(&elsewhere.world.clock).as_seconds();
        let foreign = json!([CLIENT_ID, "another application"]);
        let wrong_claims = [
            ("nonce", json!({"nonce": "another"})),
            ("no nonce", json!({"nonce": null})),
            ("issuer", json!({"iss": "http://evil.example"})),
            ("audience", json!({"aud": "another application"})),
            ("several audiences without a party", json!({"aud": foreign})),
            ("authorized party", json!({"azp": "another application"})),
            ("expired", json!({"exp": now - 600})),
            ("from the future", json!({"iat": now + 600})),
            ("address not verified", json!({"email_verified": false})),
            ("address of another domain", json!({"email": "heidi@evil.example"})),
            ("no address", json!({"email": ""})),
            ("nobody here", json!({"email": format!("nobody@{}", elsewhere.world.seeded.domain), "sub": "nobody"})),
        ];
        for (what, claims) in wrong_claims {
            elsewhere.fake.behave(|behaviour| behaviour.claims = claims);
            elsewhere.refused(what).await;
        }
        elsewhere.fake.behave(|behaviour| *behaviour = good.clone());
        elsewhere.fake.behave(|behaviour| behaviour.forges_signature = true);
        elsewhere.refused("signature").await;
        elsewhere.fake.behave(|behaviour| *behaviour = good.clone());
        elsewhere.fake.behave(|behaviour| behaviour.kid = "unknown".to_owned());
        elsewhere.refused("unknown key").await;
        elsewhere.fake.behave(|behaviour| *behaviour = good.clone());
        elsewhere.fake.behave(|behaviour| {
            behaviour.email_at_userinfo = true;
            behaviour.userinfo_subject = Some("somebody else".to_owned());
        });
        elsewhere.refused("userinfo of somebody else").await;
        elsewhere.fake.behave(|behaviour| *behaviour = good.clone());
        assert_eq!(elsewhere.back(&elsewhere.app, HeidiHarper).await.location(), "/me/sessions");
    }

    async fn a_way_back_is_good_once_for_ten_minutes_in_the_same_browser(database: Database) {
        let elsewhere = Elsewhere::new(database).await.switched_on().await;
        let (app, fake) = (&elsewhere.app, &elsewhere.fake);
        let callback = |query: &str| format!("/sign-in/external/callback?{query}");
        let query = fake.authorize(&elsewhere.away(app, HeidiHarper).await);
        let stolen = app.other_browser();
        stolen.get("/sign-in").send().await;
        assert_eq!(stolen.get(&callback(&query)).send().await.status, 410, "another browser");
        assert_eq!(app.get(&callback(&query)).send().await.status, 303);
        assert_eq!(app.get(&callback(&query)).send().await.status, 410, "once");
        let query = fake.authorize(&elsewhere.away(app, HeidiHarper).await);
        assert_eq!(app.get(&callback(&format!("{query}&iss=http%3A%2F%2Fevil.example"))).send().await.status, 403, "another issuer");
        let query = fake.authorize(&elsewhere.away(app, HeidiHarper).await);
        elsewhere.world.wait(600).await;
        assert_eq!(app.get(&callback(&query)).send().await.status, 410, "too late");
        let query = fake.authorize(&elsewhere.away(app, HeidiHarper).await);
        let state = query.split("state=").nth(1).unwrap();
        let declined = app.get(&callback(&format!("error=access_denied&state={state}"))).send().await;
        assert!(declined.body.contains("You did not sign in at your provider"), "{}", declined.body);
    }

    async fn an_address_that_went_to_somebody_else_does_not_take_the_account_along(database: Database) {
        let elsewhere = Elsewhere::new(database).await.switched_on().await;
        assert_eq!(elsewhere.back(&elsewhere.app, HeidiHarper).await.location(), "/me/sessions");
        elsewhere.fake.behave(|behaviour| behaviour.subject = "subject-2".to_owned());
        elsewhere.refused("another account with the same address").await;
        let ken = json!(elsewhere.world.email(KenAlvarez));
        elsewhere.fake.behave(|behaviour| {
            behaviour.subject = "subject-1".to_owned();
            behaviour.email = ken;
        });
        elsewhere.refused("the account of another person").await;
        let admin = elsewhere.world.caller(FullAdmin).await;
        elsewhere.world.identity.forget_provider_accounts(&admin, elsewhere.provider.id).await.unwrap();
        assert_eq!(elsewhere.back(&elsewhere.app, KenAlvarez).await.location(), "/me/sessions");
    }

    async fn only_a_full_admin_configures_a_provider_and_only_for_the_own_domain(database: Database) {
        let elsewhere = Elsewhere::new(database).await;
        let (world, fake) = (&elsewhere.world, &elsewhere.fake);
        let admin = world.caller(FullAdmin).await;
        for part in [NamedPerson::ReadOnlyAdmin, NamedPerson::UserAdmin, HeidiHarper] {
            let caller = world.caller(part).await;
            let id = elsewhere.provider.id;
            for error in [
                world.identity.add_identity_provider(&caller, draft(fake, world.seeded.domain)).await.err(),
                world.identity.change_identity_provider(&caller, id, draft(fake, "")).await.err(),
                world.identity.switch_identity_provider(&caller, id, true).await.err(),
                world.identity.forget_provider_accounts(&caller, id).await.err(),
                world.identity.remove_identity_provider(&caller, id).await.err(),
                world.identity.try_identity_provider(&caller, id, "browser").await.err(),
            ] {
                assert_eq!(*error.unwrap().kind(), Kind::Forbidden, "{part:?}");
            }
        }
        for domain in ["example.org", "evil.example", "com", ""] {
            let error = world.identity.add_identity_provider(&admin, draft(fake, domain)).await.unwrap_err();
            assert_eq!(*error.kind(), Kind::Invalid, "{domain}");
        }
        let twice = world.identity.add_identity_provider(&admin, draft(fake, world.seeded.domain)).await.unwrap_err();
        assert_eq!(*twice.kind(), Kind::Conflict);
        // Another issuer in the discovery document is not believed.
        fake.behave(|behaviour| behaviour.named_issuer = Some("https://another.example".to_owned()));
        let below = format!("sub.{}", world.seeded.domain);
        let error = world.identity.add_identity_provider(&admin, draft(fake, &below)).await.unwrap_err();
        assert!(error.public().contains("names the issuer"), "{error}");
        fake.behave(|behaviour| behaviour.named_issuer = None);
        world.identity.add_identity_provider(&admin, draft(fake, &below)).await.unwrap();
        // The secret is sealed, and every change is told.
        let rows = sql("SELECT sealed_secret FROM identity_provider").all(&world.database).await.unwrap();
        assert!(rows.iter().all(|row| !row.text("sealed_secret").unwrap().contains(CLIENT_SECRET)));
        assert!(world.audit().await.iter().any(|line| line.ends_with(&format!("added the sign-in provider of {}.", world.seeded.domain))));
        world.identity.remove_identity_provider(&admin, elsewhere.provider.id).await.unwrap();
        world.sign_in(HeidiHarper).await;
    }

    async fn a_changed_configuration_must_be_tried_again(database: Database) {
        let elsewhere = Elsewhere::new(database).await.switched_on().await;
        let admin = elsewhere.world.caller(FullAdmin).await;
        let wrong = ProviderDraft { client_secret: secret("wrong"), ..draft(&elsewhere.fake, "") };
        let changed = elsewhere.world.identity.change_identity_provider(&admin, elsewhere.provider.id, wrong).await.unwrap();
        assert!(!changed.enabled && changed.proven_at.is_none());
        elsewhere.world.sign_in(HeidiHarper).await;
        let browser = elsewhere.app.other_browser();
        let email = elsewhere.world.email(FullAdmin);
        send(&browser, "/sign-in", "/sign-in/password", &[("email", &email), ("password", PASSWORD)]).await;
        let path = format!("/settings/authentication/providers/{}/try", elsewhere.provider.id);
        let away = send(&browser, "/settings/authentication", &path, &[]).await;
        let back = browser.get(&format!("/sign-in/external/callback?{}", elsewhere.fake.authorize(away.location()))).send().await;
        assert!(back.body.contains("The provider refused the sign-in (invalid_client)"), "{}", back.body);
    }

    async fn private_addresses_are_not_spoken_to_unless_that_is_allowed(database: Database) {
        let world = World::new(database).await;
        world.identity.with_external_sign_in(&options(false)).unwrap();
        let fake = FakeProvider::start(world.clock.clone(), &world.email(HeidiHarper)).await;
        let admin = world.caller(FullAdmin).await;
        let mut tried = draft(&fake, world.seeded.domain);
        assert_eq!(*world.identity.add_identity_provider(&admin, tried.clone()).await.unwrap_err().kind(), Kind::Invalid);
        tried.issuer = fake.issuer().replace("http://", "https://");
        let error = world.identity.add_identity_provider(&admin, tried.clone()).await.unwrap_err();
        assert!(error.public().contains("private network"), "{error}");
        tried.issuer = "https://localhost:9".to_owned();
        assert!(world.identity.add_identity_provider(&admin, tried).await.unwrap_err().public().contains("private network"));
        assert!(!world.identity.signs_in_externally(world.id(Deactivated)).await.unwrap());
    }
}
