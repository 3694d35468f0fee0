//! Every route of the table refuses whom it must: nobody, the wrong scope, the wrong role, another organization.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::SeedOrganization;
use hub_directory::seed::NamedPerson;
use hub_scim::ROUTES;
use kit_sql::{Database, sql};
use kit_test::{Answer, App};
use kit_web::{Needs, RouteSpec};
use serde_json::json;
use support::{World, csrf_token};

async fn group_of(database: &Database, organization: &SeedOrganization) -> String {
    sql("SELECT id FROM scim_group WHERE organization_id = $1 ORDER BY id LIMIT 1")
        .bind(organization.id)
        .one(database)
        .await
        .unwrap()
        .text("id")
        .unwrap()
}

/// The path with ids of this organization's objects.
fn path(route: &RouteSpec, organization: &SeedOrganization, group: &str, person: NamedPerson) -> String {
    let person = organization
        .named(person)
        .map_or(organization.people[0].id, |person| person.id);
    route
        .path
        .replace("{organization_id}", &organization.id.to_string())
        .replace("{user_id}", &person.to_string())
        .replace("{group_id}", group)
        .replace("{schema_id}", "urn:ietf:params:scim:schemas:core:2.0:User")
        .replace("{name}", "User")
}

async fn ask(app: &App, route: &RouteSpec, path: &str) -> Answer {
    let request = app.request(route.method.clone(), path);
    if route.method == "GET" || route.method == "DELETE" {
        request.send().await
    } else {
        request
            .json(&json!({ "displayName": "X", "userName": "x@y.example", "operations": [] }))
            .send()
            .await
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

fn reads(route: &RouteSpec) -> bool {
    route.method == "GET" || route.path.ends_with(".search")
}

kit_test::both_databases! {
    async fn without_a_token_there_is_one_401(database: Database) {
        let world = World::new(&database).await;
        let group = group_of(&database, &world.own).await;
        let nobody = world.app(None);
        for (route, _) in api() {
            let answer = ask(&nobody, route, &path(route, &world.own, &group, NamedPerson::KenAlvarez)).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::INVALID_TOKEN);
        }
        let unknown = nobody.get(&format!("/identity/scim/{}/v2/Nothing", world.own.id)).send().await;
        assert_eq!(unknown.status, 401);
    }

    async fn without_one_of_its_scopes_a_route_is_closed(database: Database) {
        let world = World::new(&database).await;
        let group = group_of(&database, &world.own).await;
        for (route, scopes) in api() {
            let others: Vec<&str> = support::EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect();
            let caller = world.caller(NamedPerson::FullAdmin, &others.join(" ")).await;
            let answer = ask(&world.app(Some(caller)), route, &path(route, &world.own, &group, NamedPerson::KenAlvarez)).await;
            assert_eq!(answer.status, 403, "{} {}: {}", route.method, route.path, answer.body);
            let (message, detail) = (&answer.json()["message"], &answer.json()["detail"]);
            assert!(message == hub_directory::MISSING_SCOPE_OR_ROLE || detail == hub_directory::MISSING_SCOPE_OR_ROLE);
        }
    }

    async fn each_scope_opens_its_routes(database: Database) {
        let world = World::new(&database).await;
        let group = group_of(&database, &world.own).await;
        for (route, scopes) in api().filter(|(route, _)| route.method == "GET") {
            for scope in scopes {
                let caller = world.caller(NamedPerson::FullAdmin, scope).await;
                let answer = ask(&world.app(Some(caller)), route, &path(route, &world.own, &group, NamedPerson::KenAlvarez)).await;
                assert_eq!(answer.status, 200, "{scope} {}: {}", route.path, answer.body);
            }
        }
    }

    async fn without_a_role_only_the_own_user_and_the_schemas_are_open(database: Database) {
        let world = World::new(&database).await;
        let group = group_of(&database, &world.own).await;
        let user = world.app(Some(world.caller(NamedPerson::KenAlvarez, support::EVERY_SCOPE).await));
        for (route, _) in api() {
            let answer = ask(&user, route, &path(route, &world.own, &group, NamedPerson::KenAlvarez)).await;
            let is_open = ["/Users/me", "ServiceProviderConfig", "ResourceTypes", "Schemas"].iter().any(|part| route.path.contains(part));
            assert_eq!(answer.status, if is_open { 200 } else { 403 }, "{} {}", route.method, route.path);
        }
    }

    async fn a_read_only_administrator_writes_nothing(database: Database) {
        let world = World::new(&database).await;
        let group = group_of(&database, &world.own).await;
        let reader = world.app(Some(world.caller(NamedPerson::ReadOnlyAdmin, support::EVERY_SCOPE).await));
        for (route, _) in api() {
            let answer = ask(&reader, route, &path(route, &world.own, &group, NamedPerson::KenAlvarez)).await;
            assert_eq!(answer.status, if reads(route) { 200 } else { 403 }, "{} {}: {}", route.method, route.path, answer.body);
        }
    }

    async fn another_organization_and_its_objects_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let (own, foreign) = (group_of(&database, &world.own).await, group_of(&database, &world.other).await);
        let admin = world.app(Some(world.caller(NamedPerson::FullAdmin, support::EVERY_SCOPE).await));
        for (route, _) in api().filter(|(route, _)| route.path.contains('{')) {
            let theirs = path(route, &world.other, &foreign, NamedPerson::KenAlvarez);
            let answer = ask(&admin, route, &theirs).await;
            assert_eq!(answer.status, 404, "{} {theirs}: {}", route.method, answer.body);
            // Their objects below one's own organization.
            if route.path.contains("{organization_id}") && (route.path.contains("{user_id}") || route.path.contains("{group_id}")) {
                let mixed = theirs.replace(&world.other.id.to_string(), &world.own.id.to_string());
                let answer = ask(&admin, route, &mixed).await;
                assert_eq!(answer.status, 404, "{} {mixed}: {}", route.method, answer.body);
                assert_eq!(answer.json()["status"], "404");
            }
        }
        let _ = own;
        let organization = webex::PublicId::of_uuid(webex::ResourceKind::Organization, world.other.id);
        assert_eq!(admin.get(&format!("/v1/groups?orgId={organization}")).send().await.status, 404);
    }

    async fn what_scim_does_not_know_is_said_in_scims_words(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let answer = admin.app.get(&admin.path("/Nothing")).header("accept", "application/scim+json").send().await;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.header("content-type"), Some("application/scim+json;charset=utf-8"));
        assert_eq!(answer.json(), json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": answer.json()["detail"] }));
        let answer = admin.get("/Nothing").await;
        assert_eq!(answer.header("content-type"), Some("application/json;charset=utf-8"));
        assert!(answer.json()["urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error"]["trackingId"].is_string());
        for (route, _) in api() {
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                if ROUTES.iter().any(|known| known.path == route.path && known.method == method) {
                    continue;
                }
                let path = path(route, &world.own, "5a0e7f80-8f6c-4e8e-9d0a-0123456789ab", NamedPerson::KenAlvarez);
                assert_eq!(admin.app.request(method.parse().unwrap(), &path).send().await.status, 405, "{method} {path}");
            }
        }
    }

    async fn pages_lead_to_the_sign_in_and_are_for_administrators(database: Database) {
        let world = World::new(&database).await;
        let (own, foreign) = (group_of(&database, &world.own).await, group_of(&database, &world.other).await);
        let nobody = world.app(None);
        let user = world.app(Some(world.session(NamedPerson::KenAlvarez).await));
        let reader = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        for app in [&reader, &admin] {
            app.get("/groups").send().await;
        }
        for route in pages() {
            let mine = path(route, &world.own, &own, NamedPerson::KenAlvarez);
            let answer = ask(&nobody, route, &mine).await;
            assert_eq!(answer.status, 303, "{} {mine}", route.method);
            assert_eq!(ask(&user, route, &mine).await.status, 403, "{} {mine}", route.method);
            let sent = |app: &App, path: &str| {
                let csrf = csrf_token(&app.cookie("trunkline_hub_browser").unwrap());
                let request = app.request(route.method.clone(), path);
                if route.method == "POST" { request.form(&[("csrf", &csrf), ("name", "X"), ("email", "x@y.example")]) } else { request }
            };
            let looks = ["/groups", "/groups/{group_id}"].contains(&route.path);
            assert_eq!(sent(&reader, &mine).send().await.status, if looks { 200 } else { 403 }, "{} {mine}", route.method);
            if route.path.contains("{group_id}") {
                let theirs = path(route, &world.other, &foreign, NamedPerson::KenAlvarez);
                assert_eq!(sent(&admin, &theirs).send().await.status, 404, "{} {theirs}", route.method);
            }
        }
    }
}
