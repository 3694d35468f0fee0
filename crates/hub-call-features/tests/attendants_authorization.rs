//! Every route of attendants and schedules refuses whom it must: nobody, the wrong scope, the wrong role, another
//! organization.
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
use support::World;
use webex::{PublicId, ResourceKind};

/// Ids of one organization's objects, as its Full Admin reads them.
struct Objects {
    location: String,
    attendant: String,
    schedule: String,
    event: String,
    rule: String,
    schedule_uuid: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

impl Objects {
    async fn of(world: &World, app: &App) -> Self {
        let attendant = world
            .first(app, "/v1/telephony/config/autoAttendants", "autoAttendants")
            .await;
        let location = text(&attendant["locationId"]);
        let at = format!("/v1/telephony/config/locations/{location}");
        let schedule = world
            .first(app, &format!("{at}/schedules?type=businessHours"), "schedules")
            .await;
        let schedule = text(&schedule["id"]);
        let event = world
            .first(app, &format!("{at}/schedules/businessHours/{schedule}"), "events")
            .await;
        let rules = format!(
            "{at}/autoAttendants/{}/callForwarding/selectiveRules",
            text(&attendant["id"])
        );
        let rule = json!({ "name": "Rule", "forwardTo": {}, "callsTo": {}, "callsFrom": {} });
        let made = app.post(&rules).json(&rule).send().await;
        assert_eq!(made.status, 201, "{}", made.body);
        let row = kit_sql::sql("SELECT id FROM schedule WHERE location_id = $1 AND kind = 'businessHours'")
            .bind(PublicId::parse_uuid(ResourceKind::Location, &location).unwrap())
            .one(&world.database)
            .await
            .unwrap();
        Self {
            attendant: text(&attendant["id"]),
            location,
            schedule,
            event: text(&event["id"]),
            rule: text(&made.json()["id"]),
            schedule_uuid: row.text("id").unwrap(),
        }
    }

    fn path(&self, route: &RouteSpec) -> String {
        let page = matches!(route.needs, Needs::Session);
        let attendant = PublicId::parse_uuid(ResourceKind::AutoAttendant, &self.attendant)
            .unwrap()
            .to_string();
        route
            .path
            .replace("{location_id}", &self.location)
            .replace("{auto_attendant_id}", &self.attendant)
            .replace("{attendant_id}", &attendant)
            .replace("{hours}", "business")
            .replace("{type}", "businessHours")
            .replace(
                "{schedule_id}",
                if page { &self.schedule_uuid } else { &self.schedule },
            )
            .replace("{event_id}", &self.event)
            .replace("{event_name}", "Weekdays")
            .replace("{rule_id}", &self.rule)
            .replace("{file_name}", "hello.wav")
    }
}

async fn ask(app: &App, route: &RouteSpec, path: &str) -> Answer {
    let request = app.request(route.method.clone(), path);
    if route.method == "POST" || route.method == "PUT" {
        request
            .json(&json!({ "name": "X", "callForwarding": {} }))
            .send()
            .await
    } else {
        request.send().await
    }
}

/// The routes of attendants and schedules; hunt groups and queues have tests of their own.
fn ours(route: &RouteSpec) -> bool {
    ["autoAttendants", "/schedules", "auto-attendants"]
        .iter()
        .any(|part| route.path.contains(part))
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

/// Somebody who administers the other organization.
async fn stranger(world: &World) -> App {
    let person = world
        .other
        .named(NamedPerson::FullAdmin)
        .or(world.other.people.first())
        .unwrap();
    let caller = world
        .caller_of(hub_directory::PersonId::new(person.id), support::EVERY_SCOPE)
        .await;
    assert!(caller.is_full_admin());
    world.app(Some(caller))
}

kit_test::both_databases! {
    async fn without_a_token_there_is_one_401(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world, &world.admin().await).await;
        let nobody = world.app(None);
        let mut count = 0;
        for (route, _) in api() {
            count += 1;
            let answer = ask(&nobody, route, &objects.path(route)).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::INVALID_TOKEN);
        }
        assert!(count >= 24, "{count}");
    }

    async fn without_one_of_its_scopes_a_route_is_closed(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world, &world.admin().await).await;
        for (route, scopes) in api() {
            let others = support::EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect::<Vec<_>>().join(" ");
            let caller = world.caller_with(NamedPerson::FullAdmin, &others).await;
            let answer = ask(&world.app(Some(caller)), route, &objects.path(route)).await;
            assert_eq!(answer.status, 403, "{} {}: {}", route.method, route.path, answer.body);
            assert_eq!(answer.json()["message"], hub_directory::MISSING_SCOPE_OR_ROLE);
        }
    }

    async fn a_scope_to_write_needs_none_to_read(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world, &world.admin().await).await;
        let caller = world.caller_with(NamedPerson::FullAdmin, "spark-admin:telephony_config_write").await;
        let writer = world.app(Some(caller));
        for (route, _) in api().filter(|(route, _)| route.method == "PUT") {
            let answer = ask(&writer, route, &objects.path(route)).await;
            assert_ne!(answer.status, 403, "{} {}", route.method, route.path);
        }
    }

    async fn without_a_role_nothing_is_open_and_readers_write_nothing(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world, &world.admin().await).await;
        let user = world.app(Some(world.caller(NamedPerson::KenAlvarez).await));
        let reader = world.app(Some(world.caller(NamedPerson::ReadOnlyAdmin).await));
        for (route, _) in api() {
            let path = objects.path(route);
            assert_eq!(ask(&user, route, &path).await.status, 403, "{} {}", route.method, route.path);
            let expected = if route.method == "GET" { 200 } else { 403 };
            let answer = ask(&reader, route, &path).await;
            assert_eq!(answer.status, expected, "{} {}: {}", route.method, route.path, answer.body);
        }
    }

    async fn another_organizations_objects_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let objects = Objects::of(&world, &admin).await;
        let stranger = stranger(&world).await;
        for (route, _) in api().filter(|(route, _)| route.path.contains('{')) {
            let answer = ask(&stranger, route, &objects.path(route)).await;
            assert_eq!(answer.status, 404, "{} {}: {}", route.method, route.path, answer.body);
        }
        let foreign = support::public(ResourceKind::Organization, world.other.id);
        for list in ["/v1/telephony/config/autoAttendants", "/v1/telephony/config/schedules"] {
            assert_eq!(admin.get(&format!("{list}?orgId={foreign}")).send().await.status, 404, "{list}");
        }
        // The attendant of one location is not at another one.
        let path = format!("/v1/telephony/config/locations/{}/autoAttendants/{}", world.location(1), objects.attendant);
        assert_eq!(admin.get(&path).send().await.status, 404);
        assert_eq!(admin.delete(&path).send().await.status, 404);
    }

    async fn a_method_that_is_not_in_the_table_is_405(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let objects = Objects::of(&world, &admin).await;
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
        let objects = Objects::of(&world, &world.admin().await).await;
        let nobody = world.app(None);
        let user = world.app(Some(world.session(NamedPerson::KenAlvarez).await));
        let reader = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        reader.get("/calling/features/schedules").send().await;
        let csrf = support::csrf_token(&reader.cookie("trunkline_hub_browser").unwrap());
        for route in pages() {
            let path = objects.path(route);
            let answer = ask(&nobody, route, &path).await;
            assert_eq!(answer.status, 303, "{} {path}", route.method);
            assert!(answer.location().starts_with("/sign-in?return_to="), "{}", answer.location());
            assert_eq!(ask(&user, route, &path).await.status, 403, "{} {path}", route.method);
            if route.method == "POST" {
                let answer = reader.post(&path).form(&[("csrf", &csrf), ("name", "X")]).send().await;
                assert_eq!(answer.status, 403, "{path}: {}", answer.body);
            } else {
                let reading = !["/new", "/edit", "/delete", "/menus/"].iter().any(|part| path.contains(part));
                let expected = if reading { 200 } else { 403 };
                let answer = reader.get(&path).send().await;
                assert_eq!(answer.status, expected, "{path}: {}", answer.body);
                assert!(!answer.body.contains("<form class=\"form\""), "{path}");
            }
        }
    }

    async fn pages_of_another_organizations_objects_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let objects = Objects::of(&world, &world.admin().await).await;
        let person = world.other.people.iter().find(|person| !person.roles.is_empty()).unwrap();
        let mut caller = world.caller_of(hub_directory::PersonId::new(person.id), "").await;
        caller.origin = hub_directory::CallerOrigin::Session;
        assert!(caller.is_full_admin());
        let stranger = world.app(Some(caller));
        stranger.get("/calling/features/schedules").send().await;
        let csrf = support::csrf_token(&stranger.cookie("trunkline_hub_browser").unwrap());
        for route in pages().filter(|route| route.path.contains('{')) {
            let path = objects.path(route);
            let answer = if route.method == "POST" {
                stranger.post(&path).form(&[("csrf", &csrf), ("name", "X")]).send().await
            } else {
                stranger.get(&path).send().await
            };
            assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
        }
    }
}
