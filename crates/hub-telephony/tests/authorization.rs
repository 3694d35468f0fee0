//! Every route of workspaces and virtual lines refuses whom it must: nobody, the wrong scope, the wrong role, another
//! organization.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_directory::seed::NamedPerson;
use hub_telephony::ROUTES;
use kit_test::{Answer, App};
use kit_web::{Needs, RouteSpec};
use serde_json::json;
use support::{World, line, raw, workspace};
use webex::ResourceKind;

/// The ids that paths want.
struct Ids {
    workspace: String,
    line: String,
}

impl Ids {
    async fn of(app: &App, workspace_name: &str, line_name: &str) -> Self {
        Self {
            workspace: workspace(app, workspace_name).await,
            line: line(app, line_name).await,
        }
    }

    async fn own(world: &World) -> Self {
        Self::of(&world.admin().await, "Lobby Phone", "Night Dispatch").await
    }

    async fn foreign(world: &World) -> Self {
        Self::of(&world.stranger().await, "Reception Phone", "After-Hours Triage").await
    }

    fn path(&self, route: &RouteSpec) -> String {
        let (workspace, line) = if matches!(route.needs, Needs::Session) {
            (
                raw(ResourceKind::Place, &self.workspace),
                raw(ResourceKind::VirtualLine, &self.line),
            )
        } else {
            (self.workspace.clone(), self.line.clone())
        };
        route
            .path
            .replace("{workspace_id}", &workspace)
            .replace("{virtual_line_id}", &line)
    }
}

fn ours() -> impl Iterator<Item = &'static RouteSpec> {
    ROUTES
        .iter()
        .filter(|route| !route.path.contains("{person_id}") && !route.path.contains("/me/"))
}

fn api() -> impl Iterator<Item = (&'static RouteSpec, &'static [&'static str])> {
    ours().filter_map(|route| match route.needs {
        Needs::Scopes(scopes) => Some((route, scopes)),
        Needs::Session | Needs::Nothing => None,
    })
}

fn pages() -> impl Iterator<Item = &'static RouteSpec> {
    ours().filter(|route| matches!(route.needs, Needs::Session))
}

async fn ask(app: &App, route: &RouteSpec, path: &str) -> Answer {
    let request = app.request(route.method.clone(), path);
    if route.method == "POST" || route.method == "PUT" {
        request.json(&json!({})).send().await
    } else {
        request.send().await
    }
}

kit_test::both_databases! {
    async fn without_a_token_there_is_one_401(database: Database) {
        let world = World::new(&database).await;
        let ids = Ids::own(&world).await;
        let nobody = world.app(None);
        assert_eq!(api().count(), 18);
        for (route, _) in api() {
            let answer = ask(&nobody, route, &ids.path(route)).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::INVALID_TOKEN);
        }
    }

    async fn without_one_of_its_scopes_a_route_is_closed(database: Database) {
        let world = World::new(&database).await;
        let ids = Ids::own(&world).await;
        for (route, scopes) in api() {
            let others = support::EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect::<Vec<_>>().join(" ");
            let caller = world.caller_with(NamedPerson::FullAdmin, &others).await;
            let answer = ask(&world.app(Some(caller)), route, &ids.path(route)).await;
            assert_eq!(answer.status, 403, "{} {}", route.method, route.path);
            assert_eq!(answer.json()["message"], hub_directory::MISSING_SCOPE_OR_ROLE);
            for scope in scopes {
                let caller = world.caller_with(NamedPerson::FullAdmin, scope).await;
                let answer = ask(&world.app(Some(caller)), route, &ids.path(route)).await;
                assert!(![401, 403].contains(&answer.status.as_u16()), "{} {} by {scope}: {}", route.method, route.path, answer.body);
            }
        }
    }

    async fn without_a_role_everything_is_closed(database: Database) {
        let world = World::new(&database).await;
        let ids = Ids::own(&world).await;
        let user = world.app(Some(world.caller_with(NamedPerson::KenAlvarez, support::EVERY_SCOPE).await));
        for (route, _) in api() {
            let answer = ask(&user, route, &ids.path(route)).await;
            assert_eq!(answer.status, 403, "{} {}", route.method, route.path);
        }
    }

    async fn roles_open_what_they_are_for(database: Database) {
        let world = World::new(&database).await;
        let ids = Ids::own(&world).await;
        let reader = world.app(Some(world.caller_with(NamedPerson::ReadOnlyAdmin, support::EVERY_SCOPE).await));
        let user_admin = world.app(Some(world.caller_with(NamedPerson::UserAdmin, support::EVERY_SCOPE).await));
        let mut device_admin = world.caller_with(NamedPerson::KenAlvarez, support::EVERY_SCOPE).await;
        device_admin.roles = vec![webex::Role::DeviceAdministrator];
        let device_admin = world.app(Some(device_admin));
        for (route, _) in api() {
            let path = ids.path(route);
            let reads = route.method == "GET";
            let of_line = route.path.contains("virtualLines");
            let of_numbers = route.path.contains("/numbers");
            let answer = ask(&reader, route, &path).await;
            assert_eq!(answer.status, if reads { 200 } else { 403 }, "read-only {} {}: {}", route.method, route.path, answer.body);
            // What lies open to a writer is deleted at the end only.
            if route.method == "DELETE" {
                continue;
            }
            let is_open = |answer: &Answer| answer.status != 403;
            let answer = ask(&user_admin, route, &path).await;
            assert_eq!(is_open(&answer), of_line || reads != of_numbers, "user {} {}: {}", route.method, route.path, answer.body);
            let answer = ask(&device_admin, route, &path).await;
            assert_eq!(is_open(&answer), !(of_line || reads && of_numbers), "device {} {}: {}", route.method, route.path, answer.body);
        }
    }

    async fn another_organizations_objects_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let foreign = Ids::foreign(&world).await;
        let admin = world.admin().await;
        for (route, _) in api().filter(|(route, _)| route.path.contains('{')) {
            let answer = ask(&admin, route, &foreign.path(route)).await;
            assert_eq!(answer.status, 404, "{} {}: {}", route.method, route.path, answer.body);
            let nonsense = route.path.replace("{workspace_id}", "nonsense").replace("{virtual_line_id}", "nonsense");
            assert_eq!(ask(&admin, route, &nonsense).await.status, 404, "{} {nonsense}", route.method);
        }
        let other = support::public(ResourceKind::Organization, world.other.id);
        for list in [support::WORKSPACES, support::LINES] {
            assert_eq!(admin.get(&format!("{list}?orgId={other}")).send().await.status, 404, "{list}");
        }
        let answer = support::post(&admin, support::WORKSPACES, &json!({ "displayName": "X", "orgId": other })).await;
        assert_eq!(answer.status, 404);
        assert_eq!(support::get(&world.stranger().await, support::WORKSPACES).await["items"].as_array().unwrap().len(), 2);
    }

    async fn a_method_that_is_not_in_the_table_is_405(database: Database) {
        let world = World::new(&database).await;
        let ids = Ids::own(&world).await;
        let admin = world.admin().await;
        for (route, _) in api() {
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                if ROUTES.iter().any(|known| known.path == route.path && known.method == method) {
                    continue;
                }
                let answer = admin.request(method.parse().unwrap(), &ids.path(route)).send().await;
                assert_eq!(answer.status, 405, "{method} {}", route.path);
            }
        }
    }

    async fn pages_are_for_administrators_and_forms_for_those_who_write(database: Database) {
        let world = World::new(&database).await;
        let (own, foreign) = (Ids::own(&world).await, Ids::foreign(&world).await);
        let nobody = world.app(None);
        let user = world.app(Some(world.session(NamedPerson::KenAlvarez).await));
        let reader = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        assert_eq!(pages().count(), 16);
        for route in pages() {
            let path = own.path(route);
            let answer = ask(&nobody, route, &path).await;
            assert_eq!(answer.status, 303, "{} {path}", route.method);
            assert!(answer.location().starts_with("/sign-in?return_to="));
            assert_eq!(ask(&user, route, &path).await.status, 403, "{} {path}", route.method);
            if route.method == "POST" {
                let csrf = csrf(&reader).await;
                assert_eq!(reader.post(&path).form(&[("csrf", &csrf)]).send().await.status, 403, "{path}");
                assert_eq!(admin.post(&path).form(&[("csrf", "x")]).send().await.status, 403, "{path}");
            } else {
                let writes = ["/new", "/edit", "/delete"].iter().any(|end| path.ends_with(end));
                assert_eq!(reader.get(&path).send().await.status, if writes { 403 } else { 200 }, "{path}");
            }
        }
        for route in pages().filter(|route| route.path.contains('{')) {
            let path = foreign.path(route);
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

async fn csrf(app: &App) -> String {
    if app.cookie("trunkline_hub_browser").is_none() {
        app.get("/workspaces").send().await;
    }
    support::csrf_token(&app.cookie("trunkline_hub_browser").unwrap())
}
