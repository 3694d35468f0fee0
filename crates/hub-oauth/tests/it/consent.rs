use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper};
use kit_test::TestDatabase;

use crate::world::{
    ADMIN_SCOPES, CALLBACK, CHALLENGE, OTHER, SYNCH, World, authorize, authorize_with, parameter, tokens_of,
};

const DENIED: &str = "Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know";

kit_test::both_databases! {
    async fn a_full_admin_authorizes_and_the_integration_acts_for_them(database: Database) {
        let world = World::new(database).await;
        let app = &world.app;
        let begun = app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
        assert_eq!(begun.status, 302);
        let to_sign_in = app.get(begun.location()).send().await;
        assert!(to_sign_in.location().starts_with("/sign-in?return_to=%2Fv1%2Fauthorize%2F"), "{}", to_sign_in.location());
        world.sign_in(app, FullAdmin).await;
        let page = app.get(begun.location()).send().await;
        for text in ["Imagicle UCX Suite Users&#39; Synch", "by Imagicle", "See every person of your organization", "spark-admin:people_read", "Alex Morgan", "Not you?"] {
            assert!(page.body.contains(text), "{text} is not in {}", page.body);
        }
        let answer = world.decide(app, begun.location(), "accept").await;
        assert_eq!(answer.status, 303);
        assert!(answer.location().starts_with(&format!("{CALLBACK}?code=")));
        assert_eq!(parameter(answer.location(), "state").as_deref(), Some("a state & more"));
        let code = parameter(answer.location(), "code").unwrap();
        let redeemed = world.redeem(&code).await;
        let body = redeemed.json();
        assert_eq!((body["expires_in"].as_u64(), body["refresh_token_expires_in"].as_u64()), (Some(1_209_599), Some(7_775_999)));
        assert_eq!((body["token_type"].as_str(), body["scope"].as_str()), (Some("Bearer"), Some(ADMIN_SCOPES)));
        assert!(body.get("id_token").is_none());
        let tokens = tokens_of(&redeemed);
        for text in [&tokens.access, &tokens.refresh, &code] {
            let parts: Vec<&str> = text.split('_').collect();
            assert_eq!((parts.len(), parts[0].len(), parts[1], parts[2]), (3, 64, "P0A1", world.organization().to_string().as_str()));
        }
        let caller = world.oauth.authenticate(&tokens.access).await.unwrap().unwrap();
        assert_eq!((caller.person_id, caller.scopes.to_string()), (world.id(FullAdmin), ADMIN_SCOPES.to_owned()));
        assert!(caller.is_full_admin());
        let again = tokens_of(&world.refresh(&tokens.refresh).await);
        assert_eq!(again.refresh, tokens.refresh);
        assert!(again.access != tokens.access && world.is_alive(&tokens.access).await && world.is_alive(&again.access).await);
        assert_eq!(world.oauth.adoption(world.organization()).await.unwrap(), [(SYNCH.to_owned(), 1)]);
        assert_eq!(world.oauth.people_using(world.organization(), SYNCH).await.unwrap()[0].person_id, world.id(FullAdmin));
    }

    async fn a_blocked_integration_is_denied_word_for_word_and_goes_on_once_it_is_allowed(database: Database) {
        let world = World::new(database).await;
        world.sign_in(&world.app, FullAdmin).await;
        world.block(OTHER);
        let begun = world.app.get(&authorize(OTHER, ADMIN_SCOPES)).send().await;
        let page = world.app.get(begun.location()).send().await;
        assert_eq!(page.status, 403);
        assert!(page.header("location").is_none());
        assert!(page.body.contains(DENIED), "{}", page.body);
        assert!(page.body.contains(&webex::application_id(OTHER)) && page.body.contains(&format!("/apps/integrations/{OTHER}")));
        let captured = world.gate.captured.lock().unwrap().clone();
        assert_eq!(captured, [(world.id(FullAdmin), OTHER.to_owned(), ADMIN_SCOPES.to_owned())]);
        world.unblock(OTHER);
        // Blocked again while the consent page is open: the decision leads back to the page that says no, and one try is
        // captured once.
        world.gate.captured.lock().unwrap().clear();
        let consent = world.app.get(begun.location()).send().await;
        world.block(OTHER);
        let fields = [("csrf", consent.field("csrf")), ("person", consent.field("person")), ("decision", "accept".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = world.app.post(begun.location()).form(&fields).send().await;
        assert_eq!(answer.location(), begun.location());
        assert_eq!(world.app.get(answer.location()).send().await.status, 403);
        assert_eq!(world.gate.captured.lock().unwrap().len(), 1);
        world.unblock(OTHER);
        let answer = world.decide(&world.app, begun.location(), "accept").await;
        assert!(parameter(answer.location(), "code").is_some());
    }

    async fn blocking_between_page_and_accept_still_denies(database: Database) {
        let world = World::new(database).await;
        world.sign_in(&world.app, FullAdmin).await;
        let begun = world.app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
        let page = world.app.get(begun.location()).send().await;
        world.block(SYNCH);
        let fields = [("csrf", page.field("csrf")), ("person", page.field("person")), ("decision", "accept".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = world.app.post(begun.location()).form(&fields).send().await;
        assert_eq!(answer.location(), begun.location());
        assert_eq!(world.app.get(begun.location()).send().await.status, 403);
    }

    async fn declining_is_told_to_the_integration(database: Database) {
        let world = World::new(database).await;
        world.sign_in(&world.app, FullAdmin).await;
        let begun = world.app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
        let answer = world.decide(&world.app, begun.location(), "decline").await;
        assert_eq!(parameter(answer.location(), "error").as_deref(), Some("access_denied"));
        assert_eq!(parameter(answer.location(), "state").as_deref(), Some("a state & more"));
        assert_eq!(world.app.get(begun.location()).send().await.status, 410);
    }

    async fn a_request_belongs_to_its_browser_to_ten_minutes_and_to_one_decision(database: Database) {
        let world = World::new(database).await;
        let (app, other) = (&world.app, world.app.other_browser());
        world.sign_in(app, FullAdmin).await;
        world.sign_in(&other, FullAdmin).await;
        let begun = app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
        assert_eq!(other.get(begun.location()).send().await.status, 410);
        let page = app.get(begun.location()).send().await;
        let person = page.field("person");
        let foreign = other.get("/me/presence").send().await.field("csrf");
        let refused = other.post(begun.location()).form(&[("csrf", &foreign), ("person", &person), ("decision", "accept")]).send().await;
        assert_eq!(refused.status, 410);
        world.decide(app, begun.location(), "accept").await;
        let csrf = page.field("csrf");
        let twice = app.post(begun.location()).form(&[("csrf", &csrf), ("person", &person), ("decision", "accept")]).send().await;
        assert_eq!(twice.status, 410);
        let late = app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
        world.wait(601).await;
        assert_eq!(app.get(late.location()).send().await.status, 410);
        assert!(world.oauth.sweep().await.unwrap() >= 2);
    }

    async fn a_page_that_was_made_for_one_person_is_not_accepted_by_another(database: Database) {
        let world = World::new(database).await;
        let app = &world.app;
        world.sign_in(app, FullAdmin).await;
        let begun = app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
        let page = app.get(begun.location()).send().await;
        world.sign_in(app, HeidiHarper).await;
        let (csrf, person) = (page.field("csrf"), page.field("person"));
        let answer = app.post(begun.location()).form(&[("csrf", &csrf), ("person", &person), ("decision", "accept")]).send().await;
        assert_eq!(answer.location(), begun.location());
        assert!(app.get(begun.location()).send().await.body.contains("Heidi Harper"));
    }

    async fn prompt_and_max_age_decide_whether_somebody_must_sign_in_again(database: Database) {
        let world = World::new(database).await;
        let app = &world.app;
        let with = |name, value| authorize_with(&[("client_id", SYNCH), ("scope", ADMIN_SCOPES), (name, value)]);
        let error = |location: &str| parameter(location, "error");
        let silent = app.get(&with("prompt", "none")).send().await;
        assert_eq!(error(silent.location()).as_deref(), Some("login_required"));
        world.sign_in(app, FullAdmin).await;
        let silent = app.get(&with("prompt", "none")).send().await;
        assert_eq!(error(silent.location()).as_deref(), Some("consent_required"));
        let begun = app.get(&with("state", "s")).send().await;
        let answer = world.decide(app, begun.location(), "accept").await;
        let code = parameter(answer.location(), "code").unwrap();
        // The redirect URI was left out on the way in, so it may be left out here.
        tokens_of(&world.token(&[("grant_type", "authorization_code"), ("code", &code)]).await);
        let silent = app.get(&with("prompt", "none")).send().await;
        assert!(parameter(silent.location(), "code").is_some(), "{}", silent.location());
        world.block(SYNCH);
        let silent = app.get(&with("prompt", "none")).send().await;
        assert_eq!(error(silent.location()).as_deref(), Some("interaction_required"));
        world.unblock(SYNCH);
        world.wait(120).await;
        for (name, value) in [("prompt", "login"), ("prompt", "select_account"), ("max_age", "60")] {
            let begun = app.get(&with(name, value)).send().await;
            let asked = app.get(begun.location()).send().await;
            assert!(asked.location().starts_with("/sign-in?") && asked.location().contains("email=admin%40"), "{}", asked.location());
            world.sign_in(app, FullAdmin).await;
            assert_eq!(app.get(begun.location()).send().await.status, 200);
            world.wait(120).await;
        }
        let begun = app.get(&with("max_age", "600")).send().await;
        assert_eq!(app.get(begun.location()).send().await.status, 200);
    }

    async fn what_one_authorized_is_listed_and_withdrawn_codes_included(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let waiting = world.code(SYNCH, ADMIN_SCOPES).await;
        assert!(world.is_alive(&tokens.access).await);
        world.sign_in(&world.app, FullAdmin).await;
        let page = world.app.get("/me/applications").send().await;
        assert!(page.body.contains("Users&#39; Synch") && page.body.contains("spark-admin:people_read"), "{}", page.body);
        let path = format!("/me/applications/{SYNCH}/withdraw");
        world.app.post(&path).form(&[("csrf", &page.field("csrf"))]).send().await;
        assert!(!world.is_alive(&tokens.access).await);
        assert_eq!(world.refresh(&tokens.refresh).await.status, 400);
        assert_eq!(world.redeem(&waiting).await.status, 400);
        assert!(world.app.get("/me/applications").send().await.body.contains("No application acts in your name"));
    }
}

/// What changes from run to run is named instead.
fn settled(html: &str) -> String {
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let mut text = String::new();
    for line in main.lines().map(str::trim).filter(|line| !line.is_empty()) {
        text.push_str(line);
        text.push('\n');
    }
    for (before, after) in [
        ("/v1/authorize/", "\""),
        ("?resume=", "\""),
        ("%2Fv1%2Fauthorize%2F", "\""),
        ("name=\"csrf\" value=\"", "\""),
        ("name=\"person\" value=\"", "\""),
    ] {
        let mut settled = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(before) {
            let start = at + before.len();
            settled.push_str(&rest[..start]);
            settled.push('…');
            rest = &rest[start + rest[start..].find(after).unwrap()..];
        }
        settled.push_str(rest);
        text = settled;
    }
    text
}

#[tokio::test]
async fn the_consent_page_as_people_see_it() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    world.sign_in(&world.app, FullAdmin).await;
    let scopes = "openid spark:people_read spark-admin:people_read spark-admin:organizations_read";
    let begun = world.app.get(&authorize(SYNCH, scopes)).send().await;
    let page = world.app.get(begun.location()).send().await;
    insta::assert_snapshot!(settled(&page.body));
}

#[tokio::test]
async fn the_denied_page_as_people_see_it() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    world.block(SYNCH);
    world.sign_in(&world.app, FullAdmin).await;
    let begun = world.app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
    let page = world
        .app
        .get(begun.location())
        .header("trackingid", "TEST_1")
        .send()
        .await;
    insta::assert_snapshot!("denied_to_a_full_admin", settled(&page.body));
    world.sign_in(&world.app, HeidiHarper).await;
    let page = world
        .app
        .get(begun.location())
        .header("trackingid", "TEST_2")
        .send()
        .await;
    insta::assert_snapshot!("denied_to_somebody_else", settled(&page.body));
}

#[tokio::test]
async fn pages_about_unanswerable_requests_say_what_is_wrong() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    for (parameters, words) in [
        (vec![("scope", ADMIN_SCOPES)], "No application is named"),
        (
            vec![("client_id", "C7"), ("scope", ADMIN_SCOPES)],
            "Unknown application",
        ),
        (
            vec![
                ("client_id", hub_oauth::DEVELOPER_PORTAL),
                ("scope", ADMIN_SCOPES),
            ],
            "Unknown application",
        ),
        (
            vec![("client_id", OTHER), ("scope", ADMIN_SCOPES)],
            "The return address is missing",
        ),
        (
            vec![
                ("client_id", SYNCH),
                ("redirect_uri", "https://evil.example/"),
                ("code_challenge", CHALLENGE),
            ],
            "Wrong return address",
        ),
        (
            vec![("client_id", SYNCH), ("client_id", OTHER)],
            "This request cannot be understood",
        ),
    ] {
        let page = world.app.get(&authorize_with(&parameters)).send().await;
        assert_eq!(
            (page.status.as_u16(), page.header("location")),
            (400, None),
            "{words}"
        );
        assert!(page.body.contains(words), "{words} is not in {}", page.body);
    }
    world.oauth.set_client_enabled(SYNCH, false).await.unwrap();
    let page = world.app.get(&authorize(SYNCH, ADMIN_SCOPES)).send().await;
    assert!(page.body.contains("This application is switched off"));
}
