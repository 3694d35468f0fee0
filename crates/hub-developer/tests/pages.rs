//! The developer's pages and the catalogue, as a person uses them.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use support::{CALLBACK, MACHINE_SCOPES, World, csrf_token, send};

/// The value behind `data-copy-name="…"`.
fn copied(answer: &Answer, name: &str) -> String {
    let end = answer
        .body
        .find(&format!("\" data-copy-name=\"{name}\""))
        .unwrap_or_else(|| panic!("{name}: {}", answer.body));
    let start = answer.body[..end].rfind("data-copy=\"").unwrap() + "data-copy=\"".len();
    answer.body[start..end].to_owned()
}

/// What is inside `<main>`, with what differs from run to run left out.
fn main_of(answer: &Answer, hidden: &[(&str, &str)]) -> String {
    let start = answer.body.find("<main").unwrap();
    let end = answer.body.find("</main>").unwrap();
    let mut text = answer.body[start..end].to_owned();
    for (value, name) in hidden {
        text = text.replace(value, name);
    }
    if answer.body.contains("name=\"csrf\"") {
        let csrf = answer.field("csrf");
        text = text.replace(&csrf, "[csrf]");
    }
    text
}

async fn upload(app: &App, path: &str, file: &[u8]) -> Answer {
    let csrf = csrf_token(&app.cookie("trunkline_hub_browser").unwrap());
    let mut body = format!("--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--b\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n").into_bytes();
    body.extend(file);
    body.extend(b"\r\n--b--\r\n");
    app.post(path)
        .header("content-type", "multipart/form-data; boundary=b")
        .bytes(body)
        .send()
        .await
}

/// A whole PNG of one grey pixel column repeated: 64 × 64, as small as it gets.
fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(64_u32.to_be_bytes());
    bytes.extend(64_u32.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0\0\0\0\0");
    bytes
}

const FORM: &[(&str, &str)] = &[
    ("form_key", "0123456789abcdef0123456789abcdef"),
    ("name", "Roster & Co"),
    ("description", "Keeps the roster\nup to date"),
    ("contact", "dev@roster.example"),
    ("redirect_uris", CALLBACK),
    ("scope", "spark:people_read"),
    ("scope", "spark-admin:people_read"),
    ("client", "confidential"),
];

kit_test::both_databases! {
    async fn somebody_registers_copies_rotates_and_deletes(database: Database) {
        let world = World::new(&database).await;
        let app = world.app(Some(world.session(NamedPerson::HeidiHarper).await));
        let empty = app.get("/developer/apps").send().await;
        assert!(empty.body.contains("You have not registered an application"), "{}", empty.body);
        assert_eq!(app.get("/developer/apps/new/integration").send().await.field("form_key").len(), 32);

        let made = send(&app, "/developer/apps/new/integration", FORM).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let (client_id, secret) = (copied(&made, "client ID"), copied(&made, "client secret"));
        assert!(made.body.contains("Roster &#38; Co is registered") && secret.len() == 64, "{}", made.body);
        // The same form again, by a reload: one application, and no secret.
        let again = send(&app, "/developer/apps/new/integration", FORM).await;
        assert_eq!(again.location(), format!("/developer/apps/{client_id}?done=before"));
        let list = app.get("/developer/apps").send().await;
        assert_eq!(list.body.matches("class=\"row-link\"").count(), 1);
        let path = format!("/developer/apps/{client_id}");
        let page = app.get(&path).send().await;
        assert!(page.body.contains(CALLBACK) && !page.body.contains(&secret), "{}", page.body);

        let asked = app.get(&format!("{path}/secret")).send().await;
        assert!(asked.body.contains("value=\"one-day\" checked"), "{}", asked.body);
        let rotated = send(&app, &format!("{path}/secret"), &[("overlap", "seven-days")]).await;
        let second = copied(&rotated, "client secret");
        assert!(second != secret && rotated.body.contains("works beside it until"), "{}", rotated.body);
        let page = app.get(&path).send().await;
        assert!(page.body.contains("Two secrets work") && !page.body.contains(&second), "{}", page.body);
        assert!(app.get(&format!("{path}/secret")).send().await.body.contains("Two secrets work at this moment"));
        assert_eq!(send(&app, &format!("{path}/secret"), &[("overlap", "never")]).await.status, 400);

        let asked = app.get(&format!("{path}/delete")).send().await;
        assert!(asked.body.contains("Nobody uses it now"), "{}", asked.body);
        let deleted = send(&app, &format!("{path}/delete"), &[]).await;
        assert_eq!(deleted.location(), "/developer/apps?done=deleted");
        assert_eq!(app.get(&path).send().await.status, 404);
    }

    async fn a_form_that_is_wrong_loses_nothing_and_says_it_beside_the_fields(database: Database) {
        let world = World::new(&database).await;
        let app = world.app(Some(world.session(NamedPerson::HeidiHarper).await));
        let wrong = [
            ("name", ""), ("description", "Mine"), ("contact", "nobody"), ("redirect_uris", "/callback\nhttps://fine.example/cb"),
            ("privacy_url", "javascript:x"), ("scope", "identity:tokens_read"), ("client", "public"),
        ];
        let answer = send(&app, "/developer/apps/new/integration", &wrong).await;
        assert_eq!(answer.status, 400);
        for field in ["name", "contact", "redirect_uris", "privacy_url"] {
            assert!(answer.body.contains(&format!("href=\"#{field}\"")) && answer.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", answer.body);
        }
        for kept in ["https://fine.example/cb", "value=\"nobody\"", ">Mine<", "value=\"identity:tokens_read\" checked", "value=\"public\" checked"] {
            assert!(answer.body.contains(kept), "{kept}: {}", answer.body);
        }
        assert!(app.get("/developer/apps").send().await.body.contains("You have not registered"));
    }

    async fn what_people_write_is_never_markup(database: Database) {
        let world = World::new(&database).await;
        let app = world.app(Some(world.session(NamedPerson::HeidiHarper).await));
        let nasty = [
            ("form_key", "1123456789abcdef0123456789abcdef"), ("name", "<b>Bold</b>"), ("description", "<script>alert(1)</script>"),
            ("contact", "dev@roster.example"), ("vendor", "\"><img src=x>"), ("scope", "spark-admin:people_read"),
        ];
        let made = send(&app, "/developer/apps/new/service-app", &nasty).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let client_id = copied(&made, "client ID");
        send(&app, &format!("/developer/apps/{client_id}/audience"), &[("audience", "everyone")]).await;
        let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        for page in [
            app.get(&format!("/developer/apps/{client_id}")).send().await,
            app.get(&format!("/developer/apps/{client_id}/edit")).send().await,
            admin.get(&format!("/apps/service-apps/{client_id}")).send().await,
            admin.get(&format!("/apps/service-apps/{client_id}/authorize")).send().await,
            app.get(&format!("/apps/logos/{client_id}")).send().await,
        ] {
            assert_eq!(page.status, 200);
            for raw in ["<b>Bold", "<script>alert", "<img src=x"] {
                assert!(!page.body.contains(raw), "{raw}: {}", page.body);
            }
        }
    }

    async fn a_service_app_is_requested_authorized_used_and_deauthorized_by_pages(database: Database) {
        let world = World::new(&database).await;
        let app = world.app(Some(world.session(NamedPerson::HeidiHarper).await));
        let mut form = vec![
            ("form_key", "2123456789abcdef0123456789abcdef"), ("name", "Roster Bot"), ("description", "Keeps the roster up to date."),
            ("contact", "dev@roster.example"), ("vendor", "Roster"),
        ];
        form.extend(MACHINE_SCOPES.iter().map(|scope| ("scope", *scope)));
        let made = send(&app, "/developer/apps/new/service-app", &form).await;
        let (client_id, secret) = (copied(&made, "client ID"), copied(&made, "client secret"));
        let path = format!("/developer/apps/{client_id}");
        let hidden = [(client_id.as_str(), "[client id]")];
        let application_id = webex::application_id(&client_id);
        let hidden = [hidden[0], (application_id.as_str(), "[application id]")];

        let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        let none = admin.get("/apps/service-apps").send().await;
        assert!(none.body.contains("No Service Apps"), "{}", none.body);
        let requested = send(&app, &format!("{path}/audience"), &[("audience", "own_organization")]).await;
        assert_eq!(requested.location(), format!("{path}?done=requested"));

        let panel = admin.get(&format!("/apps/service-apps/{client_id}")).send().await;
        assert!(panel.body.contains("Not authorized") && panel.body.contains("Authorize…"), "{}", panel.body);
        let asked = admin.get(&format!("/apps/service-apps/{client_id}/authorize")).send().await;
        insta::allow_duplicates! { insta::assert_snapshot!("authorize", main_of(&asked, &hidden)) };
        let scopes = asked.field("scopes");
        let stale = send(&admin, &format!("/apps/service-apps/{client_id}/authorize"), &[("scopes", "spark:people_read")]).await;
        assert_eq!(stale.status, 409);
        let authorized = send(&admin, &format!("/apps/service-apps/{client_id}/authorize"), &[("scopes", &scopes)]).await;
        assert_eq!(authorized.location(), format!("/apps/service-apps/{client_id}?done=authorized"));
        let panel = admin.get(authorized.location()).send().await;
        insta::allow_duplicates! { insta::assert_snapshot!("catalogue", main_of(&panel, &hidden)) };

        let page = app.get(&path).send().await;
        assert!(page.body.contains("Org authorizations") && page.body.contains("Kestrel Bay Logistics"), "{}", page.body);
        let organization = world.own.id.to_string();
        let wrong = send(&app, &format!("{path}/tokens"), &[("organization", &organization), ("client_secret", "nonsense")]).await;
        assert_eq!(wrong.status, 400);
        assert!(wrong.body.contains("not the secret of this Service App") && !wrong.body.contains("nonsense"), "{}", wrong.body);
        let other = world.other.id.to_string();
        assert_eq!(send(&app, &format!("{path}/tokens"), &[("organization", &other), ("client_secret", &secret)]).await.status, 400);
        let fetched = send(&app, &format!("{path}/tokens"), &[("organization", &organization), ("client_secret", &secret)]).await;
        assert_eq!(fetched.status, 200, "{}", fetched.body);
        let access = copied(&fetched, "access token");
        let programs = world.programs();
        assert_eq!(programs.get("/v1/people").bearer(&access).send().await.status, 200);

        let asked = admin.get(&format!("/apps/service-apps/{client_id}/deauthorize")).send().await;
        assert!(asked.body.contains("end at once"), "{}", asked.body);
        let done = send(&admin, &format!("/apps/service-apps/{client_id}/deauthorize"), &[]).await;
        assert_eq!(done.location(), "/apps/service-apps?done=deauthorized");
        assert_eq!(programs.get("/v1/people").bearer(&access).send().await.status, 401);
    }

    async fn a_logo_is_taken_served_as_a_picture_and_removed(database: Database) {
        let world = World::new(&database).await;
        let made = world.service_app().await;
        let app = world.app(Some(world.session(NamedPerson::HeidiHarper).await));
        let logo = format!("/apps/logos/{}", made.client_id);
        let initials = app.get(&logo).send().await;
        assert_eq!(initials.header("content-type"), Some("image/svg+xml"));
        assert!(initials.body.contains(">RB<"), "{}", initials.body);
        let path = format!("/developer/apps/{}/logo", made.client_id);
        let wrong = upload(&app, &path, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>").await;
        assert_eq!(wrong.status, 400);
        assert!(wrong.body.contains("neither a PNG nor a JPEG") && wrong.body.contains("id=\"logo-file-error\""), "{}", wrong.body);
        let taken = upload(&app, &path, &png()).await;
        assert_eq!(taken.location(), format!("/developer/apps/{}?done=logo", made.client_id), "{}", taken.body);
        let shown = app.get(&logo).send().await;
        assert_eq!(shown.header("content-type"), Some("image/png"));
        assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
        assert!(shown.header("content-security-policy").unwrap().contains("sandbox"));
        assert!(upload(&app, &path, &[0; 300_000]).await.body.contains("256 KB"));
        assert_eq!(app.post(&path).header("content-type", "text/plain").body("x").send().await.status, 400);
        // Another one takes nobody's logo away.
        let ken = world.app(Some(world.session(NamedPerson::KenAlvarez).await));
        ken.get("/developer/apps").send().await;
        assert_eq!(upload(&ken, &path, &png()).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_look_as_they_did() {
    let test = kit_test::TestDatabase::sqlite().await;
    let world = World::new(&test.database).await;
    let app = world.app(Some(world.session(NamedPerson::HeidiHarper).await));
    let empty = app.get("/developer/apps").send().await;
    insta::assert_snapshot!("empty", main_of(&empty, &[]));
    let made = send(&app, "/developer/apps/new/integration", FORM).await;
    let (client_id, secret) = (copied(&made, "client ID"), copied(&made, "client secret"));
    let application_id = webex::application_id(&client_id);
    let hidden = [
        (client_id.as_str(), "[client id]"),
        (application_id.as_str(), "[application id]"),
        (secret.as_str(), "[secret]"),
    ];
    insta::assert_snapshot!("registered", main_of(&made, &hidden));
    let path = format!("/developer/apps/{client_id}");
    for (name, address) in [
        ("list", "/developer/apps".to_owned()),
        ("application", path.clone()),
        ("edit", format!("{path}/edit")),
        ("secret", format!("{path}/secret")),
        ("delete", format!("{path}/delete")),
    ] {
        let page = app.get(&address).send().await;
        insta::assert_snapshot!(name, main_of(&page, &hidden));
    }
    test.database.close().await;
}
