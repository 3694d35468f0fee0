//! Every route of the table refuses whom it must: nobody, the wrong scope, the wrong role, another owner, another
//! organization, a form without its token.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_developer::ROUTES;
use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use kit_web::{Needs, RouteSpec};
use serde_json::{Value, json};
use support::{EVERY_SCOPE, Made, World, send, token_body};

fn api() -> impl Iterator<Item = (&'static RouteSpec, &'static [&'static str])> {
    ROUTES.iter().filter_map(|route| match route.needs {
        Needs::Scopes(scopes) => Some((route, scopes)),
        Needs::Session | Needs::Nothing => None,
    })
}

fn pages() -> impl Iterator<Item = &'static RouteSpec> {
    ROUTES.iter().filter(|route| route.needs == Needs::Session)
}

fn path(route: &RouteSpec, app: &Made) -> String {
    route
        .path
        .replace("{application_id}", &app.id)
        .replace("{client_id}", &app.client_id)
}

/// A body that the route would take.
fn body(route: &RouteSpec, app: &Made, world: &World) -> Value {
    if route.path.ends_with("/token") {
        token_body(app, &world.org_id())
    } else if route.path == "/v1/applications" {
        support::integration_body()
    } else {
        json!({})
    }
}

async fn ask(app: &App, route: &RouteSpec, path: &str, body: &Value) -> Answer {
    let request = app.request(route.method.clone(), path);
    if route.method == "GET" || route.method == "DELETE" {
        request.send().await
    } else {
        request.json(body).send().await
    }
}

kit_test::both_databases! {
    async fn without_a_token_there_is_one_401(database: Database) {
        let world = World::new(&database).await;
        let app = world.service_app().await;
        let nobody = world.app(None);
        for (route, _) in api() {
            let answer = ask(&nobody, route, &path(route, &app), &json!({})).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::INVALID_TOKEN);
        }
        for route in pages() {
            let answer = nobody.request(route.method.clone(), &path(route, &app)).send().await;
            assert_eq!(answer.status, 303, "{} {}", route.method, route.path);
            assert!(answer.location().starts_with("/sign-in?return_to="), "{}", answer.location());
        }
    }

    async fn without_one_of_its_scopes_a_route_is_closed_even_to_the_owner(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        for (route, scopes) in api() {
            let others: Vec<&str> = EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect();
            let owner = world.id_of(NamedPerson::HeidiHarper);
            let caller = hub_test::token_caller(&world.directory, owner, &others.join(" ")).await;
            let answer = ask(&world.app(Some(caller)), route, &path(route, &app), &body(route, &app, &world)).await;
            assert_eq!(answer.status, 403, "{} {}: {}", route.method, route.path, answer.body);
            assert_eq!(answer.json()["message"], hub_directory::MISSING_SCOPE_OR_ROLE, "{}", route.path);
        }
        assert_eq!(world.fetch_tokens(&app).await.status, 200, "nothing of this changed anything");
    }

    async fn another_owners_application_does_not_exist(database: Database) {
        let world = World::new(&database).await;
        let app = world.service_app().await;
        // Of one's own organization without a role, an administrator without the right one, and another organization.
        let ken = world.caller(NamedPerson::KenAlvarez).await;
        let user_admin = world.caller(NamedPerson::UserAdmin).await;
        let stranger = hub_test::token_caller(&world.directory, world.id_of_other(NamedPerson::FullAdmin), EVERY_SCOPE).await;
        for caller in [ken, user_admin, stranger] {
            let who = world.app(Some(caller.clone()));
            for (route, _) in api().filter(|(route, _)| route.path.contains('{')) {
                if route.path.ends_with("authorize") && !caller.is_full_admin() {
                    continue;
                }
                if route.path.ends_with("/token") {
                    continue;
                }
                let answer = ask(&who, route, &path(route, &app), &json!({})).await;
                assert_eq!(answer.status, 404, "{} {}: {}", route.method, route.path, answer.body);
            }
            let session = hub_test::session_caller(&world.directory, caller.person_id).await;
            let browser = world.app(Some(session));
            for route in pages().filter(|route| route.path.starts_with("/developer/apps/{client_id}")) {
                let path = path(route, &app);
                let answer = match route.method.as_str() {
                    "GET" => browser.get(&path).send().await,
                    // The upload reads a form of its own kind, before it knows whose application it is.
                    _ if path.ends_with("/logo") => continue,
                    _ => send(&browser, &path, &[("overlap", "at-once"), ("audience", "everyone"), ("name", "Mine")]).await,
                };
                assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
            }
        }
        let heidi = world.session(NamedPerson::HeidiHarper).await;
        let own = world.developer.show_application(&heidi, &app.id).await.unwrap();
        assert_eq!(own.client.name, "Roster Bot");
        assert!(world.oauth.is_secret_of(&app.client_id, &kit::SecretString::from(app.secret.as_str())).await.unwrap());
    }

    async fn a_full_admin_of_the_owners_organization_sees_and_does_not_change(database: Database) {
        let world = World::new(&database).await;
        let app = world.service_app().await;
        let admin = world.app(Some(world.caller(NamedPerson::FullAdmin).await));
        let path = format!("/v1/applications/{}", app.id);
        assert_eq!(admin.get(&path).send().await.json()["redirectUrls"], json!([]));
        for answer in [
            admin.put(&path).json(&json!({ "name": "Mine" })).send().await,
            admin.delete(&path).send().await,
            admin.delete(&format!("{path}/clientSecret")).send().await,
        ] {
            assert_eq!(answer.status, 403, "{}", answer.body);
        }
        let browser = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        let page = browser.get(&format!("/developer/apps/{}", app.client_id)).send().await;
        assert!(page.body.contains("registered this application and alone can change it"), "{}", page.body);
        for part in ["edit", "secret", "delete"] {
            assert!(!page.body.contains(&format!("/developer/apps/{}/{part}", app.client_id)), "{part}");
            assert_eq!(browser.get(&format!("/developer/apps/{}/{part}", app.client_id)).send().await.status, 403);
        }
    }

    async fn a_read_only_administrator_sees_the_catalogue_and_cannot_decide(database: Database) {
        let world = World::new(&database).await;
        let app = world.service_app().await;
        world.submit(&app).await;
        let reader = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        let page = reader.get(&format!("/apps/service-apps/{}", app.client_id)).send().await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("A Full Administrator can authorize it.") && !page.body.contains("Authorize…"), "{}", page.body);
        for action in ["authorize", "deauthorize"] {
            let path = format!("/apps/service-apps/{}/{action}", app.client_id);
            assert_eq!(reader.get(&path).send().await.status, 403);
            assert_eq!(send(&reader, &path, &[]).await.status, 403);
        }
        for part in [NamedPerson::UserAdmin, NamedPerson::HeidiHarper] {
            let other = world.app(Some(world.session(part).await));
            for path in ["/apps/service-apps".to_owned(), format!("/apps/service-apps/{}", app.client_id)] {
                assert_eq!(other.get(&path).send().await.status, 403, "{part:?} {path}");
            }
        }
    }

    async fn a_form_without_its_token_does_nothing(database: Database) {
        let world = World::new(&database).await;
        let app = world.authorized_service_app().await;
        let owner = world.app(Some(world.session(NamedPerson::HeidiHarper).await));
        owner.get("/developer/apps").send().await;
        let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        admin.get("/apps/service-apps").send().await;
        for route in pages().filter(|route| route.method == "POST") {
            let browser = if route.path.starts_with("/apps/") { &admin } else { &owner };
            let path = path(route, &app);
            let answer = if path.ends_with("/logo") {
                let request = browser.post(&path).header("content-type", "multipart/form-data; boundary=b");
                request.body("--b\r\nContent-Disposition: form-data; name=\"remove\"\r\n\r\nyes\r\n--b--\r\n").send().await
            } else {
                browser.post(&path).form(&[("overlap", "at-once"), ("audience", "nobody"), ("csrf", "forged")]).send().await
            };
            assert_eq!(answer.status, 403, "{path}: {}", answer.body);
        }
        assert_eq!(world.fetch_tokens(&app).await.status, 200);
    }
}
