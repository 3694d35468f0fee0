//! Every route of the table refuses whom it must: nobody, the wrong scope, the wrong role, another organization.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_directory::seed::NamedPerson;
use hub_numbers::{OwnerKind, ROUTES};
use kit_test::{Answer, App};
use kit_web::{Needs, RouteSpec};
use serde_json::json;
use support::{World, public, wanted};
use webex::ResourceKind;

/// No object of any organization.
const UNKNOWN: &str = "7b0c1a52-5f7e-4a0e-9a55-9d6f5f1b0a01";

/// The path with ids of this organization's objects, or of the other one's.
fn path(route: &RouteSpec, world: &World, job: &str, foreign: bool) -> String {
    let organization = if foreign { &world.other } else { &world.small };
    let caller = |person: &&hub_directory::seed::SeedPerson| person.extension.is_some();
    let person = organization.people.iter().find(caller).unwrap();
    let name = |name: &str| support::id_from(if foreign { "Unknown" } else { name });
    route
        .path
        .replace(
            "{location_id}",
            &public(ResourceKind::Location, organization.locations[0].id),
        )
        .replace("{job_id}", if foreign { UNKNOWN } else { job })
        .replace("{person_id}", &public(ResourceKind::People, person.id))
        .replace("{workspace_id}", &public(ResourceKind::Place, name("Lobby")))
        .replace(
            "{virtual_line_id}",
            &public(ResourceKind::VirtualLine, name("Front desk")),
        )
}

/// A workspace, a virtual line, and a job whose id is answered.
async fn with_owners(world: &World) -> String {
    for (kind, name, which) in [
        (OwnerKind::Workspace, "Lobby", 0),
        (OwnerKind::VirtualLine, "Front desk", 1),
    ] {
        let owner = world.owner(0, kind, name);
        world
            .assign(&owner, &wanted(None, Some(&world.spare_extension(0, which))))
            .await
            .unwrap();
    }
    let admin = world.admin().await;
    let numbers = json!([{ "locationId": world.public_location(0), "numbers": [world.spare(0, 7)] }]);
    let body =
        json!({ "operation": "NUMBER_USAGE_CHANGE", "numberUsageType": "SERVICE", "numberList": numbers });
    let answer = admin
        .post("/v1/telephony/config/jobs/numbers/manageNumbers")
        .json(&body)
        .send()
        .await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn ask(app: &App, route: &RouteSpec, path: &str, world: &World) -> Answer {
    let body = json!({ "phoneNumbers": [world.spare(0, 4)], "extensions": ["2001"] });
    let request = app.request(route.method.clone(), path);
    match route.method.as_str() {
        "GET" => request.send().await,
        _ => request.json(&body).send().await,
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
        let job = with_owners(&world).await;
        let nobody = world.app(None);
        for (route, _) in api() {
            let answer = ask(&nobody, route, &path(route, &world, &job, false), &world).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::INVALID_TOKEN);
        }
    }

    async fn without_its_scope_or_a_role_a_route_is_closed(database: Database) {
        let world = World::new(&database).await;
        let job = with_owners(&world).await;
        let user = world.app(Some(world.caller(NamedPerson::KenAlvarez).await));
        let people = world.app(Some(world.caller(NamedPerson::UserAdmin).await));
        for (route, scopes) in api() {
            let others = support::EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect::<Vec<_>>().join(" ");
            let caller = world.caller_with(NamedPerson::FullAdmin, &others).await;
            for app in [&world.app(Some(caller)), &user, &people] {
                let answer = ask(app, route, &path(route, &world, &job, false), &world).await;
                assert_eq!(answer.status, 403, "{} {}", route.method, route.path);
                assert_eq!(answer.json()["message"], hub_directory::MISSING_SCOPE_OR_ROLE);
            }
        }
    }

    async fn a_read_only_administrator_writes_nothing(database: Database) {
        let world = World::new(&database).await;
        let job = with_owners(&world).await;
        let reader = world.app(Some(world.caller(NamedPerson::ReadOnlyAdmin).await));
        for (route, scopes) in api() {
            let answer = ask(&reader, route, &path(route, &world, &job, false), &world).await;
            let writes = scopes.contains(&"spark-admin:telephony_config_write");
            assert_eq!(answer.status, if writes { 403 } else { 200 }, "{} {}: {}", route.method, route.path, answer.body);
        }
    }

    async fn another_organizations_objects_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let job = with_owners(&world).await;
        let admin = world.admin().await;
        let foreign = public(ResourceKind::Organization, world.other.id);
        for (route, _) in api() {
            if route.path.contains('{') {
                let answer = ask(&admin, route, &path(route, &world, &job, true), &world).await;
                assert_eq!(answer.status, 404, "{} {}: {}", route.method, route.path, answer.body);
            }
            let of_others = format!("{}?orgId={foreign}", path(route, &world, &job, false));
            let answer = ask(&admin, route, &of_others, &world).await;
            assert_eq!(answer.status, 404, "{} {of_others}: {}", route.method, answer.body);
        }
        let elsewhere = public(ResourceKind::Location, world.other.locations[0].id);
        for list in ["numbers", "people/primary/availableNumbers"] {
            assert_eq!(admin.get(&format!("/v1/telephony/config/{list}?locationId={elsewhere}")).send().await.status, 404, "{list}");
        }
    }

    async fn a_method_that_is_not_in_the_table_is_405(database: Database) {
        let world = World::new(&database).await;
        let job = with_owners(&world).await;
        let admin = world.admin().await;
        for (route, _) in api() {
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                if ROUTES.iter().any(|known| known.path == route.path && known.method == method) {
                    continue;
                }
                let answer = admin.request(method.parse().unwrap(), &path(route, &world, &job, false)).send().await;
                assert_eq!(answer.status, 405, "{method} {}", route.path);
            }
        }
    }

    async fn pages_are_for_administrators_and_their_forms_for_full_ones(database: Database) {
        let world = World::new(&database).await;
        let nobody = world.app(None);
        let user = world.app(Some(world.session(NamedPerson::KenAlvarez).await));
        let reader = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        let location = world.location(0);
        let csrf = {
            let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
            admin.get("/calling/numbers/add").send().await.field("csrf")
        };
        assert!(!csrf.is_empty());
        for route in pages() {
            let asked = if route.path.ends_with("remove") { format!("{}?number=%2B1&location={location}", route.path) } else { route.path.to_owned() };
            let answer = ask(&nobody, route, &asked, &world).await;
            assert!(answer.status == 303 && answer.location().starts_with("/sign-in"), "{asked}");
            assert_eq!(ask(&user, route, &asked, &world).await.status, 403, "{asked}");
            let expected = if route.path == "/calling/numbers" { 200 } else { 403 };
            assert_eq!(ask(&reader, route, &asked, &world).await.status, expected, "{} {asked}", route.method);
        }
        let page = reader.get("/calling/numbers").send().await.body;
        assert!(!page.contains("/calling/numbers/add") && !page.contains("method=\"post\""), "{page}");
    }
}
