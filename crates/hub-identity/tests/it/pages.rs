use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use hub_directory::seed::NamedPerson::{self, FullAdmin, HeidiHarper};
use hub_identity::{attach_session, pages_router};
use kit::SystemRandomness;
use kit_test::{Answer, App, TestDatabase};
use kit_web::{Product, PublicUrl, Stack, stack};

use crate::world::{PASSWORD, World};

pub(crate) fn app_of(world: &World) -> App {
    let pages = pages_router(world.identity.clone());
    let router: Router = pages.layer(from_fn_with_state(world.identity.clone(), attach_session));
    let options = Stack {
        product: Product::Hub,
        public_url: PublicUrl::parse("http://127.0.0.1:8080").unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SystemRandomness),
    };
    App::new(stack(router, options), "127.0.0.1:8080")
}

pub(crate) async fn send(app: &App, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = app.get(page).send().await.field("csrf");
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    app.post(to).form(&all).send().await
}

pub(crate) async fn sign_in(app: &App, world: &World, part: NamedPerson, password: &str) -> Answer {
    let email = world.email(part);
    send(
        app,
        "/sign-in",
        "/sign-in/password",
        &[("email", &email), ("password", password), ("return_to", "/me")],
    )
    .await
}

pub(crate) async fn world() -> (World, App, TestDatabase) {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    let app = app_of(&world);
    (world, app, test)
}

#[tokio::test]
async fn the_way_leads_from_the_address_over_the_password_to_where_one_wanted_to_go() {
    let (world, app, _test) = world().await;
    let asked = app.get("/me/sessions?ended=0").send().await;
    assert_eq!(asked.status, 303);
    assert_eq!(
        asked.location(),
        "/sign-in?return_to=%2Fme%2Fsessions%3Fended%3D0"
    );
    let page = app.get(asked.location()).send().await;
    assert!(page.body.contains("E-mail address") && page.field("return_to") == "/me/sessions?ended=0");
    let email = world.email(FullAdmin);
    let next = send(
        &app,
        asked.location(),
        "/sign-in",
        &[("email", &email), ("return_to", "/me/sessions?ended=0")],
    )
    .await;
    let password_page = app.get(next.location()).send().await;
    assert!(password_page.body.contains(&email) && password_page.body.contains("Not you?"));
    let done = send(
        &app,
        next.location(),
        "/sign-in/password",
        &[
            ("email", &email),
            ("password", PASSWORD),
            ("return_to", "/me/sessions?ended=0"),
        ],
    )
    .await;
    assert_eq!(
        (done.status.as_u16(), done.location()),
        (303, "/me/sessions?ended=0")
    );
    let cookie = done.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let sessions = app.get(done.location()).send().await;
    assert!(sessions.body.contains("This session"));
    assert!(app.get("/sign-in").send().await.location() == "/");
}

#[tokio::test]
async fn a_wrong_password_and_a_lockout_are_told_on_the_page() {
    let (world, app, _test) = world().await;
    for _ in 0..5 {
        let wrong = sign_in(&app, &world, FullAdmin, "wrong password").await;
        assert_eq!(wrong.status, 401);
        assert!(wrong.body.contains("do not belong together"));
        assert!(
            !wrong.body.contains("wrong password\""),
            "a password is never written into a page"
        );
    }
    let locked = sign_in(&app, &world, FullAdmin, PASSWORD).await;
    assert_eq!(locked.status, 429);
    assert_eq!(locked.header("retry-after"), Some("31"));
    assert!(locked.body.contains("Try again in 30 seconds."));
    assert!(app.cookie("trunkline_hub_session").is_none());
}

#[tokio::test]
async fn sign_in_is_no_open_redirector() {
    let (world, app, _test) = world().await;
    let email = world.email(FullAdmin);
    for target in ["https://evil.example/", "//evil.example/", "/\\evil.example"] {
        let fields = [
            ("email", email.as_str()),
            ("password", PASSWORD),
            ("return_to", target),
        ];
        let done = send(&app.other_browser(), "/sign-in", "/sign-in/password", &fields).await;
        assert_eq!(done.location(), "/", "{target}");
    }
}

#[tokio::test]
async fn forms_without_the_browsers_own_token_do_nothing() {
    let (world, app, _test) = world().await;
    sign_in(&app, &world, FullAdmin, PASSWORD).await;
    for path in ["/sign-out", "/me/presence", "/me/sessions/others/end"] {
        let refused = app
            .post(path)
            .form(&[("csrf", "another"), ("share", "off")])
            .send()
            .await;
        assert_eq!(refused.status, 403, "{path}");
    }
    let other = app.other_browser();
    let foreign = other.get("/sign-in").send().await.field("csrf");
    let refused = app
        .post("/me/presence")
        .form(&[("csrf", &foreign), ("share", "off")])
        .send()
        .await;
    assert_eq!(refused.status, 403);
    assert!(world.account(FullAdmin).await.shares_presence);
}

#[tokio::test]
async fn presence_is_switched_with_an_honest_warning() {
    let (world, app, _test) = world().await;
    sign_in(&app, &world, HeidiHarper, PASSWORD).await;
    let page = app.get("/me/presence").send().await;
    assert!(page.body.contains("blinds applications that you authorized"));
    assert_eq!(
        send(&app, "/me/presence", "/me/presence", &[("share", "off")])
            .await
            .location(),
        "/me/presence?done=1"
    );
    assert!(!world.account(HeidiHarper).await.shares_presence);
    assert!(
        app.get("/me/presence?done=1")
            .send()
            .await
            .body
            .contains("Your presence is hidden")
    );
    send(&app, "/me/presence", "/me/presence", &[("share", "on")]).await;
    assert!(world.account(HeidiHarper).await.shares_presence);
}

#[tokio::test]
async fn a_password_is_changed_on_its_page_and_other_browsers_are_signed_out() {
    let (world, app, _test) = world().await;
    let other = app.other_browser();
    sign_in(&app, &world, FullAdmin, PASSWORD).await;
    sign_in(&other, &world, FullAdmin, PASSWORD).await;
    let fields = |new| [("current", PASSWORD), ("new", new), ("again", "a new password")];
    let differs = send(&app, "/me/password", "/me/password", &fields("a newer password")).await;
    assert_eq!(differs.status, 400);
    assert!(differs.body.contains("The two new passwords differ"));
    let done = send(&app, "/me/password", "/me/password", &fields("a new password")).await;
    assert_eq!(done.location(), "/me/password?done=1");
    assert!(
        app.get(done.location())
            .send()
            .await
            .body
            .contains("Your password is changed")
    );
    assert_eq!(other.get("/me").send().await.status, 303);
}

#[tokio::test]
async fn sign_out_ends_the_session_itself_and_not_only_the_cookie() {
    let (world, app, _test) = world().await;
    sign_in(&app, &world, FullAdmin, PASSWORD).await;
    let kept = app.cookie("trunkline_hub_session").unwrap();
    let profile = app.get("/me").send().await;
    assert!(profile.body.contains(&world.email(FullAdmin)) && profile.body.contains("Full Administrator"));
    send(&app, "/me", "/sign-out", &[]).await;
    assert!(app.cookie("trunkline_hub_session").is_none());
    let replayed = app
        .other_browser()
        .get("/me")
        .header("cookie", &format!("trunkline_hub_session={kept}"))
        .send()
        .await;
    assert_eq!(replayed.status, 303);
}
