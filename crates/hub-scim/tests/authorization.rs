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

    async fn a_lesser_administrator_touches_no_greater_one_by_any_way(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let lesser = world.client(world.caller(NamedPerson::UserAdmin, support::EVERY_SCOPE).await);
        let full = support::user_path(&admin.get(&format!("/Users/{}", world.id_of(NamedPerson::SecondFullAdmin))).await.json());
        let myself = format!("/Users/{}", world.id_of(NamedPerson::UserAdmin));
        let device = format!("/Users/{}", world.id_of(NamedPerson::DeviceAdmin));
        let ken = format!("/Users/{}", world.id_of(NamedPerson::KenAlvarez));
        let before: Vec<_> = {
            let mut seen = Vec::new();
            for path in [&full, &myself, &device, &ken] { seen.push(admin.get(path).await.json()); }
            seen
        };
        let role = json!([{ "op": "add", "path": "roles", "value": [{ "value": "id_full_admin" }] }]);
        let role_as_text = json!([{ "op": "add", "value": { "roles": "[{\"value\":\"id_full_admin\"}]" } }]);
        let off = json!([{ "op": "replace", "path": "active", "value": "False" }]);
        for (path, operations) in [
            (&full, json!([{ "op": "replace", "path": "title", "value": "Janitor" }])),
            (&full, json!([{ "op": "add", "path": "externalId", "value": "mine" }])),
            (&full, json!([{ "op": "replace", "path": "userName", "value": "mine@kestrelbay.example" }])),
            (&full, json!([{ "op": "remove", "path": "roles" }])),
            (&full, off.clone()),
            (&device, off),
            (&device, json!([{ "op": "remove", "path": "roles[value eq \"id_device_admin\"]" }])),
            (&myself, role.clone()),
            (&ken, role),
            (&ken, role_as_text),
        ] {
            let answer = lesser.patch_answer(path, &operations).await;
            assert_eq!(answer.status, 403, "{path} {operations}: {}", answer.body);
            let bulk = json!({ "operations": [{ "method": "PATCH", "path": path, "data": { "Operations": operations } }] });
            let answer = lesser.send("POST", "/Bulk", &bulk).await.json();
            assert_eq!(answer["operations"][0]["status"], "403", "{path} {operations}");
        }
        for (place, path) in [&full, &myself, &device].into_iter().enumerate() {
            assert_eq!(lesser.delete(path).await.status, 403, "{path}");
            let mut body = before[place].clone();
            body["title"] = json!("Janitor");
            body["roles"] = json!([{ "value": "id_full_admin" }, { "value": "id_user_admin" }]);
            assert_eq!(lesser.send("PUT", path, &body).await.status, 403, "{path}");
        }
        let made = json!({ "userName": "own@kestrelbay.example", "displayName": "Own", "roles": [{ "value": "id_full_admin" }] });
        assert_eq!(lesser.send("POST", "/Users", &made).await.status, 403);
        for (path, before) in [&full, &myself, &device, &ken].into_iter().zip(before) {
            assert_eq!(admin.get(path).await.json(), before);
        }
    }

    async fn the_last_full_administrator_stays_by_any_way(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        for part in [NamedPerson::SecondFullAdmin, NamedPerson::ServiceAdmin] {
            assert_eq!(admin.delete(&format!("/Users/{}", world.id_of(part))).await.status, 204);
        }
        let myself = format!("/Users/{}", world.id_of(NamedPerson::FullAdmin));
        let before = admin.get(&myself).await.json();
        for operation in [
            json!({ "op": "replace", "path": "active", "value": false }),
            json!({ "op": "remove", "path": "roles" }),
            json!({ "op": "replace", "path": "roles", "value": [{ "value": "id_user_admin" }] }),
        ] {
            assert_eq!(admin.patch_answer(&myself, &json!([operation])).await.status, 409, "{operation}");
        }
        assert_eq!(admin.delete(&myself).await.status, 409);
        let bulk = json!({ "operations": [{ "method": "DELETE", "path": myself }] });
        assert_eq!(admin.send("POST", "/Bulk", &bulk).await.json()["operations"][0]["status"], "409");
        assert_eq!(admin.get(&myself).await.json(), before);
    }

    async fn people_of_another_organization_are_named_nowhere(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let (foreign, theirs) = (world.other.people[0].id.to_string(), group_of(&database, &world.other).await);
        let manager = json!([{ "op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": { "value": foreign } }]);
        let ken = format!("/Users/{}", world.id_of(NamedPerson::KenAlvarez));
        let answer = admin.patch_answer(&ken, &manager).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
        let group = admin.send("POST", "/Groups", &json!({ "displayName": "Ours" })).await.json();
        let group = support::group_path(&group);
        for value in [json!([{ "value": foreign }]), json!([{ "$ref": format!("http://x/Users/{foreign}") }]), json!([{ "value": theirs }])] {
            let answer = admin.patch_answer(&group, &json!([{ "op": "add", "path": "members", "value": value }])).await;
            assert_eq!(answer.status, 400, "{}", answer.body);
        }
        let public = webex::PublicId::of_uuid(webex::ResourceKind::People, world.other.people[0].id).to_string();
        let by_people = json!({ "displayName": "More", "members": [{ "id": public }] });
        assert_eq!(admin.app.post("/v1/groups").json(&by_people).send().await.status, 400);
        for filter in [format!("id eq \"{foreign}\""), format!("manager.value eq \"{foreign}\""), format!("groups.value eq \"{theirs}\""),
            format!("id eq \"{foreign}\" or id eq \"x\"")] {
            assert_eq!(admin.search("/Users", &[("filter", &filter)]).await["totalResults"], 0, "{filter}");
        }
        for filter in [format!("members.value eq \"{foreign}\""), format!("members[value eq \"{foreign}\"]"), format!("id eq \"{theirs}\"")] {
            assert_eq!(admin.search("/Groups", &[("filter", &filter)]).await["totalResults"], 0, "{filter}");
        }
        for (method, path) in [("PATCH", format!("/Users/{foreign}")), ("DELETE", format!("/Users/{foreign}")), ("DELETE", format!("/Groups/{theirs}"))] {
            let data = json!({ "Operations": [{ "op": "add", "path": "externalId", "value": "x" }] });
            let bulk = json!({ "operations": [{ "method": method, "path": path, "data": data }] });
            assert_eq!(admin.send("POST", "/Bulk", &bulk).await.json()["operations"][0]["status"], "404", "{method} {path}");
        }
    }

    async fn garbage_is_refused_in_words(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let ken = format!("/Users/{}", world.id_of(NamedPerson::KenAlvarez));
        let nots = format!("{}title pr{}", "not (".repeat(1_900), ")".repeat(1_900));
        let huge = "9".repeat(400);
        for (key, value) in [
            ("filter", nots.as_str()), ("filter", "((((("), ("filter", "userName eq \"a\\u0000b\""), ("filter", "\u{0}"),
            ("filter", "meta.lastModified gt \"292278994-01-01T00:00:00Z\""), ("startIndex", &huge), ("count", &huge),
            ("startIndex", "18446744073709551616"), ("startIndex", "9223372036854775807"), ("count", "-9223372036854775808"),
            ("attributes", "\u{0},[,:::"), ("sortBy", "\u{0}"), ("sortOrder", "sideways"),
        ] {
            for path in ["/Users", "/Groups"] {
                let answer = admin.search_answer(path, &[(key, value)]).await;
                assert!(answer.status == 200 || answer.status == 400, "{path} {key}: {} {}", answer.status, answer.body);
                assert!(answer.body.len() < 200_000);
            }
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair(key, value);
            let answer = admin.app.get(&format!("/v1/groups?{}", query.finish())).send().await;
            assert!(answer.status == 200 || answer.status == 400, "/v1/groups {key}: {} {}", answer.status, answer.body);
        }
        let deep = format!("emails[{}type eq \"x\"{}].value", "not (".repeat(60_000), ")".repeat(60_000));
        for operations in [
            json!([{ "op": "replace", "path": deep, "value": "x" }]),
            json!([{ "op": "replace", "path": "\u{0}", "value": "x" }]),
            json!([{ "op": "add", "path": "title", "value": "a\u{0}b" }]),
            json!([{ "op": "add", "path": "title", "value": 1e300 }]),
            json!([{ "op": "explode" }]),
            json!([7]),
            json!("no"),
        ] {
            let answer = admin.patch_answer(&ken, &operations).await;
            assert_eq!(answer.status, 400, "{}", answer.body.chars().take(300).collect::<String>());
            assert!(answer.body.len() < 3_000);
        }
        for id in ["%00", "%FF", "..%2f", "x%0d%0aset-cookie:a=b"] {
            let answer = admin.get(&format!("/Users/{id}")).await;
            assert!(answer.status == 404 || answer.status == 400, "{id}: {} {}", answer.status, answer.body);
        }
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
