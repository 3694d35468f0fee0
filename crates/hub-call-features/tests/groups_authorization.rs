//! Every route of the table refuses whom it must: nobody, the wrong scope, the wrong role, another organization.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_call_features::ROUTES;
use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use kit_web::{Needs, RouteSpec};
use serde_json::{Value, json};
use support::{World, person, public, word};
use webex::ResourceKind;

/// What stands in the paths: one organization's objects.
struct Objects {
    location: Value,
    hunt_group: Value,
    queue: Value,
    queue_location: Value,
    rule: String,
    agent: String,
}

impl Objects {
    async fn of(app: &App) -> Self {
        let first = |path: &'static str, list: &'static str| async move {
            app.get(path).send().await.json()[list][0].clone()
        };
        let group = first("/v1/telephony/config/huntGroups", "huntGroups").await;
        let queue = first("/v1/telephony/config/queues", "queues").await;
        let agent = first("/v1/telephony/config/queues/agents", "agents").await;
        let rule = json!({ "name": "Rule", "forwardTo": {}, "callsTo": {}, "callsFrom": {} });
        let mut id = String::new();
        for (kind, entry) in [("huntGroups", &group), ("queues", &queue)] {
            let path = format!(
                "/v1/telephony/config/locations/{}/{kind}/{}/callForwarding/selectiveRules",
                entry["locationId"].as_str().unwrap(),
                entry["id"].as_str().unwrap()
            );
            let answer = app.post(&path).json(&rule).send().await;
            if answer.status == 201 {
                id = word(&answer, "id");
            }
        }
        Self {
            location: group["locationId"].clone(),
            hunt_group: group["id"].clone(),
            queue_location: queue["locationId"].clone(),
            queue: queue["id"].clone(),
            rule: id,
            agent: agent["id"].as_str().unwrap().to_owned(),
        }
    }

    fn path(&self, route: &RouteSpec) -> String {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let uuid = |value: &Value, kind| {
            webex::PublicId::parse_uuid(kind, value.as_str().unwrap())
                .unwrap()
                .to_string()
        };
        let location = if route.path.contains("queue_id") {
            &self.queue_location
        } else {
            &self.location
        };
        let group = if route.path.contains("call-queues") {
            uuid(&self.queue, ResourceKind::CallQueue)
        } else {
            uuid(&self.hunt_group, ResourceKind::HuntGroup)
        };
        route
            .path
            .replace("{location_id}", &text(location))
            .replace("{hunt_group_id}", &text(&self.hunt_group))
            .replace("{queue_id}", &text(&self.queue))
            .replace("{rule_id}", &self.rule)
            .replace("{agent_id}", &self.agent)
            .replace("{file_name}", "hello.wav")
            .replace("{group_id}", &group)
    }
}

async fn ask(app: &App, route: &RouteSpec, path: &str) -> Answer {
    let request = app.request(route.method.clone(), path);
    if route.method == "POST" || route.method == "PUT" {
        request.json(&json!({ "name": "X" })).send().await
    } else {
        request.send().await
    }
}

/// The routes of hunt groups and queues; attendants and schedules have tests of their own.
fn ours(route: &RouteSpec) -> bool {
    let path = route.path;
    ["huntGroups", "queues", "/hunt-groups", "/call-queues"]
        .iter()
        .any(|part| path.contains(part))
        || path == "/calling/features"
}

fn api() -> impl Iterator<Item = (&'static RouteSpec, &'static [&'static str])> {
    ROUTES
        .iter()
        .filter(|route| ours(route))
        .filter_map(|route| match route.needs {
            Needs::Scopes(scopes) => Some((route, scopes)),
            Needs::Session | Needs::Nothing => None,
        })
}

fn pages() -> impl Iterator<Item = &'static RouteSpec> {
    ROUTES
        .iter()
        .filter(|route| ours(route) && matches!(route.needs, Needs::Session))
}

/// What a query must say besides.
fn asked(path: String, world: &World) -> String {
    if path.ends_with("/availableAgents") {
        format!("{path}?locationId={}", world.location(0))
    } else {
        path
    }
}

kit_test::both_databases! {
    async fn without_a_token_there_is_one_401(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world.admin().await).await;
        let nobody = world.app(None);
        assert!(api().count() > 30);
        for (route, _) in api() {
            let answer = ask(&nobody, route, &objects.path(route)).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::INVALID_TOKEN);
        }
    }

    async fn without_one_of_its_scopes_a_route_is_closed(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world.admin().await).await;
        for (route, scopes) in api() {
            let others = support::EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect::<Vec<_>>().join(" ");
            let caller = world.caller_with(NamedPerson::FullAdmin, &others).await;
            let answer = ask(&world.app(Some(caller)), route, &objects.path(route)).await;
            assert_eq!(answer.status, 403, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::MISSING_SCOPE_OR_ROLE);
        }
    }

    async fn without_a_role_nothing_is_open_and_readers_write_nothing(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world.admin().await).await;
        let user = world.app(Some(world.caller(NamedPerson::KenAlvarez).await));
        let reader = world.app(Some(world.caller(NamedPerson::ReadOnlyAdmin).await));
        for (route, _) in api() {
            let path = asked(objects.path(route), &world);
            assert_eq!(ask(&user, route, &path).await.status, 403, "{} {}", route.method, route.path);
            let expected = if route.method == "GET" { 200 } else { 403 };
            let answer = ask(&reader, route, &path).await;
            // The rule belongs to the queue; the hunt group's has the same name and so the same id.
            assert_eq!(answer.status, expected, "{} {}: {}", route.method, route.path, answer.body);
        }
    }

    async fn another_organizations_objects_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let stranger = world.caller_of(hub_directory::PersonId::new(world.other.people[0].id), support::EVERY_SCOPE).await;
        let roles = vec![webex::Role::FullAdministrator];
        let theirs = Objects::of(&world.app(Some(hub_directory::Caller { roles, ..stranger }))).await;
        let admin = world.admin().await;
        for (route, _) in api().filter(|(route, _)| route.path.contains('{')) {
            let answer = ask(&admin, route, &theirs.path(route)).await;
            assert_eq!(answer.status, 404, "{} {}: {}", route.method, route.path, answer.body);
        }
        let foreign = public(ResourceKind::Organization, world.other.id);
        for (route, _) in api().filter(|(route, _)| !route.path.contains('{')) {
            let answer = ask(&admin, route, &format!("{}?orgId={foreign}", route.path)).await;
            assert_eq!(answer.status, 404, "{} {}", route.method, route.path);
        }
        // One's own object at another location is not there either.
        let ours = Objects::of(&admin).await;
        let wrong = format!("/v1/telephony/config/locations/{}/huntGroups/{}", world.location(3), ours.hunt_group.as_str().unwrap());
        assert_eq!(admin.get(&wrong).send().await.status, 404);
    }

    async fn a_method_that_is_not_in_the_table_is_405(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let objects = Objects::of(&admin).await;
        for (route, _) in api() {
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                if ROUTES.iter().any(|known| known.path == route.path && known.method == method) {
                    continue;
                }
                let answer = admin.request(method.parse().unwrap(), &objects.path(route)).send().await;
                assert_eq!(answer.status, 405, "{method} {}", route.path);
            }
        }
    }

    async fn pages_are_for_administrators_and_the_read_only_send_no_form(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world.admin().await).await;
        let nobody = world.app(None);
        let user = world.app(Some(world.session(NamedPerson::KenAlvarez).await));
        let reader = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        let admin = world.browser().await;
        assert!(pages().count() >= 20);
        for route in pages() {
            let path = objects.path(route);
            let answer = ask(&nobody, route, &path).await;
            assert_eq!(answer.status, 303, "{} {path}", route.method);
            assert!(answer.location().starts_with("/sign-in?return_to="), "{}", answer.location());
            let answer = ask(&user, route, &path).await;
            assert_eq!(answer.status, 403, "{} {path}", route.method);
            assert!(answer.body.contains("This page is for administrators"), "{}", answer.body);
            if route.method == "POST" {
                let answer = reader.post(&path).form(&[("csrf", &csrf(&reader).await)]).send().await;
                assert_eq!(answer.status, 403, "{path}: {}", answer.body);
            } else {
                let looks = !["/new", "/edit", "/agents", "/delete"].iter().any(|end| route.path.ends_with(end));
                let expected = if looks { 200 } else { 403 };
                let answer = reader.get(&path).send().await;
                assert_eq!(answer.status, expected, "{path}: {}", answer.body);
                assert!(!answer.body.contains("<form method=\"post\"") && !answer.body.contains("/delete\""), "{path}");
                assert_eq!(admin.get(&path).send().await.status, 200, "{path}");
            }
        }
        // Of another organization, and of the other kind.
        for path in [
            format!("/calling/features/hunt-groups/{}", world.other.id),
            format!("/calling/features/hunt-groups/{}", person(world.small.id)),
            objects.path(&RouteSpec::page(&http::Method::GET, "/calling/features/call-queues/{group_id}", "")).replace("call-queues", "hunt-groups"),
        ] {
            assert_eq!(admin.get(&path).send().await.status, 404, "{path}");
        }
    }
}

async fn csrf(app: &App) -> String {
    if app.cookie("trunkline_hub_browser").is_none() {
        app.get("/calling/features").send().await;
    }
    support::csrf_token(&app.cookie("trunkline_hub_browser").unwrap())
}
