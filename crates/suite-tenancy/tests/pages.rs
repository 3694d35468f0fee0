//! The pages, as a browser meets them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on fails"
)]

use std::sync::Arc;

use http::{Method, StatusCode};
use kit::{ExposeSecret as _, ManualClock, SeededRandomness, Timestamp};
use kit_test::{App, TestDatabase};
use kit_web::{Needs, Product, PublicUrl, Stack, stack};
use suite_tenancy::{FirstAdministrator, ROUTES, Tenancy, pages_router, recognize};

struct World {
    app: App,
    tenancy: Tenancy,
    first: FirstAdministrator,
    _database: TestDatabase,
}

impl World {
    async fn new() -> Self {
        let test = TestDatabase::sqlite().await;
        let public_url = PublicUrl::parse("http://localhost:8090").unwrap();
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let randomness = Arc::new(SeededRandomness::new(7));
        let tenancy = Tenancy::new(
            test.database.clone(),
            Arc::new(clock),
            randomness.clone(),
            public_url.clone(),
        );
        tenancy.migrate().await.unwrap();
        let first = tenancy.ensure_first_administrator().await.unwrap().unwrap();
        let router = pages_router(tenancy.clone())
            .layer(axum::middleware::from_fn_with_state(tenancy.clone(), recognize));
        let options = Stack {
            product: Product::Suite,
            public_url,
            further_hosts: Vec::new(),
            csrf_key: [7; 32],
            randomness,
        };
        Self {
            app: App::new(stack(router, options), "localhost:8090"),
            tenancy,
            first,
            _database: test,
        }
    }

    async fn sign_in(&self, app: &App, email: &str, password: &str, return_to: &str) -> kit_test::Answer {
        let csrf = app.get("/sign-in").send().await.field("csrf");
        app.post("/sign-in")
            .form(&[
                ("csrf", &csrf),
                ("email", email),
                ("password", password),
                ("return_to", return_to),
            ])
            .send()
            .await
    }

    async fn signed_in() -> Self {
        let world = Self::new().await;
        let answer = world
            .sign_in(
                &world.app,
                &world.first.email,
                world.first.password.expose_secret(),
                "/customers",
            )
            .await;
        assert_eq!(answer.location(), "/customers");
        world
    }

    /// Sends a form with the CSRF token of this browser.
    async fn send(&self, app: &App, path: &str, pairs: &[(&str, &str)]) -> kit_test::Answer {
        let csrf = app.get("/me").send().await.field("csrf");
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(pairs);
        app.post(path).form(&all).send().await
    }
}

fn example(path: &str) -> String {
    ["{customer_id}", "{principal_id}", "{session_id}"]
        .iter()
        .fold(path.to_owned(), |path, name| {
            path.replace(name, "3fa85f64-5717-4562-b3fc-2c963f66afa6")
        })
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_back() {
    let world = World::new().await;
    for route in ROUTES.iter().filter(|route| route.needs == Needs::Session) {
        let path = example(route.path);
        let csrf = world.app.get("/sign-in").send().await.field("csrf");
        let request = world.app.request(route.method.clone(), &path);
        let request = if *route.method == Method::POST {
            request.form(&[("csrf", &csrf)])
        } else {
            request
        };
        let answer = request.send().await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}", route.method);
        assert!(
            answer.location().starts_with("/sign-in"),
            "{} {path}: {}",
            route.method,
            answer.location()
        );
    }
    let answer = world.app.get("/customers?q=a%26b").send().await;
    assert_eq!(answer.location(), "/sign-in?return_to=%2Fcustomers%3Fq%3Da%2526b");
    let page = world.app.get(answer.location()).send().await;
    assert_eq!(page.field("return_to"), "/customers?q=a%26b");
    let answer = world
        .sign_in(
            &world.app,
            &world.first.email,
            world.first.password.expose_secret(),
            "//evil.example/",
        )
        .await;
    assert_eq!(answer.location(), "/", "another site is no way back");
}

#[tokio::test]
async fn forms_without_the_token_of_this_browser_do_nothing() {
    let world = World::signed_in().await;
    for route in ROUTES.iter().filter(|route| *route.method == Method::POST) {
        let answer = world
            .app
            .post(&example(route.path))
            .form(&[("name", "Contoso"), ("csrf", "wrong")])
            .send()
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", route.path);
    }
    assert!(
        world.app.cookie("trunkline_suite_session").is_some(),
        "not even signing out"
    );
}

#[tokio::test]
async fn a_wrong_password_is_said_on_the_page_and_the_address_stays() {
    let world = World::new().await;
    let answer = world
        .sign_in(&world.app, &world.first.email, "wrong", "/audit")
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer
            .body
            .contains("The e-mail address or the password is not right.")
    );
    assert_eq!(answer.field("email"), world.first.email);
    assert_eq!(answer.field("return_to"), "/audit");
    assert!(
        !answer.body.contains("value=\"wrong\""),
        "a password never comes back"
    );
    assert!(world.app.cookie("trunkline_suite_session").is_none());
}

#[tokio::test]
async fn a_customer_is_added_found_and_renamed() {
    let world = World::signed_in().await;
    let empty = world.app.get("/customers").send().await;
    assert!(empty.body.contains("No customer yet") && empty.body.contains("href=\"/customers/new\""));
    let wrong = world
        .send(
            &world.app,
            "/customers",
            &[("name", "Contoso"), ("organization_id", "12")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("is not the id of an organization")
            && wrong.body.contains("id=\"organization-error\"")
    );
    assert_eq!(
        wrong.field("name"),
        "Contoso",
        "what was right need not be typed again"
    );
    let added = world
        .send(
            &world.app,
            "/customers",
            &[("name", "<b>Contoso</b>"), ("organization_id", "")],
        )
        .await;
    let id = added.location().strip_prefix("/customers/").unwrap().to_owned();
    let list = world.app.get("/customers?q=contoso").send().await;
    assert!(
        list.body.contains("&#60;b&#62;Contoso") && !list.body.contains("<b>Contoso"),
        "names are text, not markup"
    );
    assert!(list.body.contains("Pinned by the first authorization"));
    let renamed = world
        .send(
            &world.app,
            &format!("/customers/{id}/rename"),
            &[("name", "Fabrikam")],
        )
        .await;
    assert_eq!(renamed.location(), "/customers?done=renamed");
    assert!(
        world
            .app
            .get("/customers?q=zzz")
            .send()
            .await
            .body
            .contains("No customer matches")
    );
}

#[tokio::test]
async fn a_user_gets_a_password_once_and_sees_what_the_role_allows() {
    let world = World::signed_in().await;
    let added = world
        .send(
            &world.app,
            "/users",
            &[
                ("name", "Vera Voss"),
                ("email", "vera@suite.example"),
                ("role", "viewer"),
                ("customer", ""),
            ],
        )
        .await;
    assert_eq!(added.status, StatusCode::OK);
    let password = added
        .body
        .split("data-copy-name=\"password\"")
        .next()
        .unwrap()
        .rsplit("data-copy=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(password.len(), 20);
    assert!(!world.app.get("/users").send().await.body.contains(&password));

    let vera = world.app.other_browser();
    world.sign_in(&vera, "vera@suite.example", &password, "/").await;
    let customers = vera.get("/customers").send().await;
    assert!(customers.body.contains("No customer for you yet") && !customers.body.contains("/customers/new"));
    for path in ["/customers/new", "/users", "/users/new", "/audit"] {
        assert_eq!(
            vera.get(path).send().await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let refused = world.send(&vera, "/customers", &[("name", "Sneaky")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        world
            .tenancy
            .customers(&suite_tenancy::Actor::system("test"))
            .await
            .unwrap()
            .is_empty()
    );
    let own = vera.get("/me").send().await;
    assert!(own.body.contains("Vera Voss") && own.body.contains("This browser"));
    let differs = world
        .send(
            &vera,
            "/me/password",
            &[
                ("current", &password),
                ("new", "one long sentence"),
                ("again", "another sentence"),
            ],
        )
        .await;
    assert_eq!(differs.status, StatusCode::UNPROCESSABLE_ENTITY);
    let changed = world
        .send(
            &vera,
            "/me/password",
            &[
                ("current", &password),
                ("new", "one long sentence"),
                ("again", "one long sentence"),
            ],
        )
        .await;
    assert_eq!(changed.location(), "/me?done=password");
    let out = world.send(&vera, "/sign-out", &[]).await;
    assert_eq!(out.location(), "/sign-in");
    assert_eq!(vera.get("/me").send().await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pages_stay_as_they_were_when_somebody_last_looked() {
    let world = World::signed_in().await;
    world
        .send(
            &world.app,
            "/customers",
            &[
                ("name", "Contoso"),
                ("organization_id", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
            ],
        )
        .await;
    for (name, path) in [
        ("customers", "/customers"),
        ("customer_new", "/customers/new"),
        ("users", "/users"),
        ("account", "/me"),
        ("audit", "/audit"),
    ] {
        let body = world.app.get(path).send().await.body;
        let main = body
            .split("<main")
            .nth(1)
            .unwrap()
            .split("</main>")
            .next()
            .unwrap();
        let csrf = world.app.get("/me").send().await.field("csrf");
        insta::assert_snapshot!(name, main.replace(&csrf, "CSRF"));
    }
}
