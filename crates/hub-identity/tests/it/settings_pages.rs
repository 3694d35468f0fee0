use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper, KenAlvarez, ReadOnlyAdmin, UserAdmin};
use kit::ExposeSecret as _;
use kit_test::App;

use crate::pages::{send, sign_in, world};
use crate::world::{PASSWORD, World, secret};

async fn signed_in(app: &App, world: &World, part: hub_directory::seed::NamedPerson) -> App {
    let browser = app.other_browser();
    if world
        .identity
        .password_changed_at(world.id(part))
        .await
        .unwrap()
        .is_none()
    {
        world
            .identity
            .set_password(world.id(part), &secret(PASSWORD))
            .await
            .unwrap();
    }
    assert_eq!(sign_in(&browser, world, part, PASSWORD).await.location(), "/me");
    browser
}

const POLICY: &str = "/settings/authentication/passwords";
const SETTINGS: &str = "/settings/authentication";

#[tokio::test]
async fn the_policy_is_changed_on_its_page_and_told_to_whoever_chooses_a_password() {
    let (world, app, _test) = world().await;
    let admin = signed_in(&app, &world, FullAdmin).await;
    let fields = [
        ("shortest", "14"),
        ("upper", "on"),
        ("digit", "on"),
        ("remembered", "5"),
        ("days", ""),
    ];
    let saved = send(&admin, SETTINGS, POLICY, &fields).await;
    assert_eq!(saved.location(), "/settings/authentication?done=policy");
    let page = admin.get(saved.location()).send().await;
    let rules = "14 characters or more with an upper-case letter and a digit, and not your e-mail address, your present password or one of the 5 before.";
    assert!(
        page.body.contains("The password policy is saved") && page.body.contains(rules),
        "{}",
        page.body
    );
    assert!(admin.get("/me/password").send().await.body.contains(rules));
    let wrong = send(
        &admin,
        SETTINGS,
        POLICY,
        &[("shortest", "many"), ("remembered", "0"), ("days", "")],
    )
    .await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("“many” is none"), "{}", wrong.body);
}

#[tokio::test]
async fn a_read_only_administrator_sees_the_settings_and_changes_nothing() {
    let (world, app, _test) = world().await;
    let reader = signed_in(&app, &world, ReadOnlyAdmin).await;
    let page = reader.get(SETTINGS).send().await;
    assert!(page.body.contains("You can look at these settings") && !page.body.contains("Save the policy"));
    let fields = [("shortest", "14"), ("remembered", "5"), ("days", "")];
    assert_eq!(send(&reader, SETTINGS, POLICY, &fields).await.status, 403);
    assert_eq!(
        reader
            .get("/settings/authentication/providers/new")
            .send()
            .await
            .status,
        403
    );
    for part in [UserAdmin, HeidiHarper] {
        let other = signed_in(&app, &world, part).await;
        assert_eq!(other.get(SETTINGS).send().await.status, 403, "{part:?}");
    }
}

#[tokio::test]
async fn an_administrator_is_asked_first_and_sees_a_one_time_password_once() {
    let (world, app, _test) = world().await;
    let admin = signed_in(&app, &world, FullAdmin).await;
    let heidi = signed_in(&app, &world, HeidiHarper).await;
    let path = format!("/users/{}/reset-password", world.id(HeidiHarper));
    let asked = admin.get(&path).send().await;
    assert!(
        asked
            .body
            .contains("Every authorization that this person gave to an integration ends"),
        "{}",
        asked.body
    );
    assert_eq!(heidi.get("/me").send().await.status, 200, "asking ends nothing");
    let done = send(&admin, &path, &path, &[("way", "password")]).await;
    let shown = done
        .body
        .split("id=\"one-time-password\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(heidi.get("/me").send().await.status, 303);
    let must_change = sign_in(&heidi, &world, HeidiHarper, &shown).await;
    assert_eq!(must_change.location(), "/sign-in/new-password?return_to=%2Fme");
    assert_eq!(
        heidi.get("/me").send().await.status,
        303,
        "the one-time password opened no session"
    );
    let page = heidi.get(must_change.location()).send().await;
    assert!(
        page.body
            .contains("An administrator gave you this password for one sign-in")
    );
    let path = must_change.location().to_owned();
    let differ = send(
        &heidi,
        &path,
        "/sign-in/new-password",
        &[
            ("return_to", "/me"),
            ("new", "my own password"),
            ("again", "another"),
        ],
    )
    .await;
    assert_eq!(differ.status, 400);
    let fields = [
        ("return_to", "/me"),
        ("new", "my own password"),
        ("again", "my own password"),
    ];
    let chosen = send(&heidi, &path, "/sign-in/new-password", &fields).await;
    assert_eq!(chosen.location(), "/me");
    assert_eq!(heidi.get("/me").send().await.status, 200);
    assert_eq!(heidi.get(&path).send().await.status, 410, "the page is used up");
}

#[tokio::test]
async fn resetting_access_is_an_action_of_its_own() {
    let (world, app, _test) = world().await;
    let admin = signed_in(&app, &world, FullAdmin).await;
    let heidi = signed_in(&app, &world, HeidiHarper).await;
    let path = format!("/users/{}/reset-access", world.id(HeidiHarper));
    assert!(
        admin
            .get(&path)
            .send()
            .await
            .body
            .contains("The password stays as it is")
    );
    let done = send(&admin, &path, &path, &[]).await;
    assert_eq!(
        done.location(),
        format!("/users/{}?done=access-reset", world.id(HeidiHarper))
    );
    assert_eq!(heidi.get("/me").send().await.status, 303);
    signed_in(&app, &world, HeidiHarper).await;
    // A lesser administrator reads why not, and nothing happens.
    let lesser = signed_in(&app, &world, UserAdmin).await;
    for action in ["reset-access", "reset-password"] {
        let path = format!("/users/{}/{action}", world.id(FullAdmin));
        assert_eq!(lesser.get(&path).send().await.status, 403);
        assert_eq!(
            send(&lesser, "/me", &path, &[("way", "password")]).await.status,
            403
        );
    }
    assert_eq!(admin.get("/me").send().await.status, 200);
    // Who administers nothing has their own page only.
    let nobody = signed_in(&app, &world, KenAlvarez).await;
    assert_eq!(
        nobody
            .get(&format!("/users/{}/reset-access", world.id(HeidiHarper)))
            .send()
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_that_stands_in_no_address_any_more() {
    let (world, app, _test) = world().await;
    let email = world.email(HeidiHarper);
    let known = send(
        &app,
        "/sign-in/forgotten",
        "/sign-in/forgotten",
        &[("email", &email)],
    )
    .await;
    let unknown = send(
        &app,
        "/sign-in/forgotten",
        "/sign-in/forgotten",
        &[("email", "nobody@nowhere.example")],
    )
    .await;
    assert_eq!(
        (known.status, known.location()),
        (unknown.status, unknown.location())
    );
    assert!(
        app.get(known.location())
            .send()
            .await
            .body
            .contains("If an account has this address")
    );
    let key = world.last_key(HeidiHarper).await;
    let opened = app.get(&format!("/sign-in/link?key={key}")).send().await;
    assert_eq!(opened.location(), "/sign-in/new-password");
    let again = app.get(&format!("/sign-in/link?key={key}")).send().await;
    assert_eq!(
        again.location(),
        "/sign-in/new-password",
        "a mail scanner that looks at the link uses nothing up"
    );
    let page = app.get("/sign-in/new-password").send().await;
    assert!(page.body.contains(&email) && !page.body.contains(&key));
    let fields = [("new", "my own password"), ("again", "my own password")];
    assert_eq!(
        send(&app, "/sign-in/new-password", "/sign-in/new-password", &fields)
            .await
            .location(),
        "/"
    );
    assert_eq!(
        app.get(&format!("/sign-in/link?key={key}")).send().await.status,
        410
    );
    assert_eq!(app.get("/me").send().await.status, 200);
}

#[tokio::test]
async fn an_expired_password_leads_to_the_change_and_then_to_where_one_wanted_to_go() {
    let (world, app, _test) = world().await;
    world.wait(1825 * 24 * 3600).await;
    let asked = sign_in(&app, &world, FullAdmin, PASSWORD).await;
    assert_eq!(asked.location(), "/sign-in/new-password?return_to=%2Fme");
    let page = app.get(asked.location()).send().await;
    assert!(
        page.body.contains("older than your organization allows"),
        "{}",
        page.body
    );
    let fields = [("return_to", "/me"), ("new", PASSWORD), ("again", PASSWORD)];
    let same = send(&app, asked.location(), "/sign-in/new-password", &fields).await;
    assert!(
        same.body.contains("The new password is the current one"),
        "{}",
        same.body
    );
    let fields = [
        ("return_to", "/me"),
        ("new", "a new password"),
        ("again", "a new password"),
    ];
    assert_eq!(
        send(&app, asked.location(), "/sign-in/new-password", &fields)
            .await
            .location(),
        "/me"
    );
}

#[tokio::test]
async fn one_reads_on_the_own_page_that_the_password_must_be_changed_soon() {
    let (world, app, _test) = world().await;
    world.wait(1796 * 24 * 3600).await;
    let session = world.sign_in(FullAdmin).await;
    let cookie = format!("trunkline_hub_session={}", session.token.expose_secret());
    let page = app.get("/me").header("cookie", &cookie).send().await;
    assert!(
        page.body.contains("Your password must be changed soon"),
        "{}",
        page.body
    );
}
