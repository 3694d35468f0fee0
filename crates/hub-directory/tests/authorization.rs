//! Every route of the table refuses whom it must: nobody, the wrong scope, the wrong role, another organization.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::ROUTES;
use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use kit_web::{Needs, RouteSpec};
use serde_json::json;
use support::{World, person, public};
use webex::{PublicId, ResourceKind};

/// The path with ids of this organization's objects.
fn path(route: &RouteSpec, world: &World, foreign: bool) -> String {
    let organization = if foreign { &world.other } else { &world.small };
    let somebody = if foreign {
        world.stranger()
    } else {
        world.id_of(NamedPerson::HeidiHarper)
    };
    let is_page = matches!(route.needs, Needs::Session);
    let person = if is_page {
        somebody.to_string()
    } else {
        person(somebody)
    };
    route
        .path
        .replace("{person_id}", &person)
        .replace("{role_id}", "id_full_admin")
        .replace(
            "{organization_id}",
            &public(ResourceKind::Organization, organization.id),
        )
        .replace(
            "{license_id}",
            &PublicId::new(ResourceKind::License, organization.licenses[0].value.clone()).to_string(),
        )
        .replace(
            "{location_id}",
            &public(ResourceKind::Location, organization.locations[0].id),
        )
}

async fn ask(app: &App, route: &RouteSpec, path: &str) -> Answer {
    let request = app.request(route.method.clone(), path);
    if route.method == "POST" || route.method == "PUT" {
        request.json(&json!({ "displayName": "X" })).send().await
    } else {
        request.send().await
    }
}

fn api() -> impl Iterator<Item = (&'static RouteSpec, &'static [&'static str])> {
    ROUTES.iter().filter_map(|route| match route.needs {
        Needs::Scopes(scopes) => Some((route, scopes)),
        Needs::Session | Needs::Nothing => None,
    })
}

fn pages() -> impl Iterator<Item = &'static RouteSpec> {
    ROUTES
        .iter()
        .filter(|route| matches!(route.needs, Needs::Session))
}

kit_test::both_databases! {
    async fn without_a_token_there_is_one_401(database: Database) {
        let world = World::new(&database).await;
        let nobody = world.app(None);
        for (route, _) in api() {
            let answer = ask(&nobody, route, &path(route, &world, false)).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::INVALID_TOKEN);
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        }
    }

    async fn without_one_of_its_scopes_a_route_is_closed(database: Database) {
        let world = World::new(&database).await;
        for (route, scopes) in api() {
            let others = support::EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect::<Vec<_>>().join(" ");
            let caller = world.caller_with(NamedPerson::FullAdmin, &others).await;
            let answer = ask(&world.app(Some(caller)), route, &path(route, &world, false)).await;
            assert_eq!(answer.status, 403, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::MISSING_SCOPE_OR_ROLE);
        }
    }

    async fn without_a_role_only_the_own_profile_and_colleagues_are_open(database: Database) {
        let world = World::new(&database).await;
        let user = world.app(Some(world.caller(NamedPerson::KenAlvarez).await));
        for (route, _) in api() {
            let answer = ask(&user, route, &path(route, &world, false)).await;
            let expected = match (route.method.as_str(), route.path) {
                ("GET", "/v1/people/me" | "/v1/people/{person_id}") => 200,
                ("GET", "/v1/people") => 400,
                _ => 403,
            };
            assert_eq!(answer.status, expected, "{} {}", route.method, route.path);
        }
    }

    async fn a_read_only_administrator_writes_nothing(database: Database) {
        let world = World::new(&database).await;
        let reader = world.app_of(NamedPerson::ReadOnlyAdmin).await;
        for (route, _) in api() {
            let answer = ask(&reader, route, &path(route, &world, false)).await;
            let expected = if route.method == "GET" { 200 } else { 403 };
            assert_eq!(answer.status, expected, "{} {}: {}", route.method, route.path, answer.body);
        }
    }

    async fn another_organizations_objects_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let foreign = public(ResourceKind::Organization, world.other.id);
        for (route, _) in api().filter(|(route, _)| route.path.contains('{') && !route.path.contains("{role_id}")) {
            let answer = ask(&admin, route, &path(route, &world, true)).await;
            assert_eq!(answer.status, 404, "{} {}: {}", route.method, route.path, answer.body);
        }
        for list in ["/v1/people", "/v1/licenses", "/v1/locations", "/v1/telephony/config/locations"] {
            assert_eq!(admin.get(&format!("{list}?orgId={foreign}")).send().await.status, 404, "{list}");
        }
    }

    async fn a_method_that_is_not_in_the_table_is_405_or_a_read(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        for (route, _) in api() {
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                if ROUTES.iter().any(|known| known.path == route.path && known.method == method) {
                    continue;
                }
                // The own profile is no person to be changed.
                let answer = admin.request(method.parse().unwrap(), &path(route, &world, false)).send().await;
                assert_eq!(answer.status, 405, "{method} {}", route.path);
            }
        }
    }

    async fn pages_lead_to_the_sign_in_and_are_for_administrators(database: Database) {
        let world = World::new(&database).await;
        let nobody = world.app(None);
        let user = world.app(Some(world.session(NamedPerson::KenAlvarez).await));
        for route in pages() {
            let path = path(route, &world, false);
            let answer = ask(&nobody, route, &path).await;
            assert_eq!(answer.status, 303, "{} {path}", route.method);
            assert!(answer.location().starts_with("/sign-in?return_to="), "{}", answer.location());
            let answer = ask(&user, route, &path).await;
            assert_eq!(answer.status, 403, "{} {path}", route.method);
            assert!(answer.body.contains("This page is for administrators"), "{}", answer.body);
        }
    }

    async fn the_read_only_see_pages_and_send_no_form(database: Database) {
        let world = World::new(&database).await;
        let reader = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        let reading = ["/users", "/users/{person_id}"];
        for route in pages() {
            let path = path(route, &world, false);
            if route.method == "POST" {
                let csrf = csrf(&reader).await;
                let answer = reader.post(&path).form(&[("csrf", &csrf), ("email", "x@kestrelbay.example"), ("first_name", "X")]).send().await;
                assert_eq!(answer.status, 403, "{path}: {}", answer.body);
            } else {
                let expected = if reading.contains(&route.path) { 200 } else { 403 };
                assert_eq!(reader.get(&path).send().await.status, expected, "{path}");
            }
        }
        let page = reader.get(&format!("/users/{}", world.id_of(NamedPerson::HeidiHarper))).send().await;
        assert!(!page.body.contains("/edit") && !page.body.contains("/delete") && !page.body.contains("<form method=\"post\" action=\"/users"));
    }

    async fn pages_of_another_organizations_people_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        for route in pages().filter(|route| route.path.contains("{person_id}")) {
            let path = path(route, &world, true);
            let answer = if route.method == "POST" {
                let csrf = csrf(&admin).await;
                admin.post(&path).form(&[("csrf", &csrf)]).send().await
            } else {
                admin.get(&path).send().await
            };
            assert_eq!(answer.status, 404, "{} {path}", route.method);
        }
    }
}

/// A form's token. Whoever may only read has no form; the page of a Full Admin in the same browser would have one.
async fn csrf(app: &App) -> String {
    if app.cookie("trunkline_hub_browser").is_none() {
        app.get("/users").send().await;
    }
    support::csrf_token(&app.cookie("trunkline_hub_browser").unwrap())
}
