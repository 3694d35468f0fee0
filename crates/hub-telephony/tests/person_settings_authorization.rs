//! Every route of a person's call settings refuses whom it must, by the table of routes.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod person_settings_support;
mod support;

use hub_directory::PersonId;
use hub_directory::seed::NamedPerson;
use hub_telephony::ROUTES;
use kit_test::{Answer, App};
use kit_web::{Needs, RouteSpec};
use person_settings_support::person;
use serde_json::json;
use support::{EVERY_SCOPE, World};

fn routes() -> impl Iterator<Item = (&'static RouteSpec, &'static [&'static str])> {
    let api = ROUTES.iter().filter_map(|route| match route.needs {
        Needs::Scopes(scopes) => Some((route, scopes)),
        Needs::Session | Needs::Nothing => None,
    });
    api.filter(|(route, _)| route.path.contains("/people/"))
}

fn pages() -> impl Iterator<Item = &'static RouteSpec> {
    ROUTES.iter().filter(|route| route.path.starts_with("/users/"))
}

async fn ask(app: &App, route: &RouteSpec, id: &str) -> Answer {
    let request = app.request(route.method.clone(), &route.path.replace("{person_id}", id));
    if route.method == "PUT" {
        request.json(&json!({})).send().await
    } else {
        request.send().await
    }
}

kit_test::both_databases! {
    async fn nobody_and_the_wrong_scope_are_refused(database: Database) {
        let world = World::new(&database).await;
        let heidi = person(world.id_of(NamedPerson::HeidiHarper));
        let nobody = world.app(None);
        let mut count = 0;
        for (route, scopes) in routes() {
            count += 1;
            assert_eq!(ask(&nobody, route, &heidi).await.status, 401, "{} {}", route.method, route.path);
            let others = EVERY_SCOPE.split_whitespace().filter(|scope| !scopes.contains(scope)).collect::<Vec<_>>().join(" ");
            let caller = world.caller_with(NamedPerson::FullAdmin, &others).await;
            let answer = ask(&world.app(Some(caller)), route, &heidi).await;
            assert_eq!(answer.status, 403, "{} {}: {}", route.method, route.path, answer.body);
            assert_eq!(answer.json()["message"], hub_directory::MISSING_SCOPE_OR_ROLE);
        }
        assert!(count >= 20, "only {count} routes");
    }

    async fn without_a_role_only_ones_own_is_open_and_readers_write_nothing(database: Database) {
        let world = World::new(&database).await;
        let heidi = person(world.id_of(NamedPerson::HeidiHarper));
        let ken = world.app_of(NamedPerson::KenAlvarez).await;
        let reader = world.app_of(NamedPerson::ReadOnlyAdmin).await;
        for (route, _) in routes().filter(|(route, _)| route.path.contains("{person_id}")) {
            let answer = ask(&ken, route, &heidi).await;
            assert_eq!(answer.status, 403, "{} {}: {}", route.method, route.path, answer.body);
            let expected = if route.method == "GET" { 200 } else { 403 };
            let answer = ask(&reader, route, &heidi).await;
            assert_eq!(answer.status, expected, "{} {}: {}", route.method, route.path, answer.body);
        }
    }

    async fn strangers_and_what_is_no_id_do_not_exist(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let stranger = person(PersonId::new(world.other.people[0].id));
        for (route, _) in routes().filter(|(route, _)| route.path.contains("{person_id}")) {
            for id in [stranger.as_str(), "nobody"] {
                let answer = if route.path.ends_with("/numbers") && route.method == "PUT" {
                    admin.put(&route.path.replace("{person_id}", id)).json(&json!({ "phoneNumbers": [] })).send().await
                } else if route.path.ends_with("preferredAnswerEndpoint") && route.method == "PUT" {
                    admin.put(&route.path.replace("{person_id}", id)).json(&json!({ "preferredAnswerEndpointId": null })).send().await
                } else {
                    ask(&admin, route, id).await
                };
                assert_eq!(answer.status, 404, "{} {} {id}: {}", route.method, route.path, answer.body);
                assert!(answer.json()["errorCode"].is_null());
            }
        }
    }

    async fn pages_are_for_administrators_and_forms_for_those_who_may_change(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.id_of(NamedPerson::HeidiHarper).to_string();
        let (nobody, user) = (world.app(None), world.browser_of(NamedPerson::KenAlvarez).await);
        let reader = world.browser_of(NamedPerson::ReadOnlyAdmin).await;
        let stranger = world.other.people[0].id.to_string();
        let admin = world.browser_of(NamedPerson::FullAdmin).await;
        for route in pages() {
            assert_eq!(ask(&nobody, route, &heidi).await.status, 303, "{}", route.path);
            assert_eq!(ask(&user, route, &heidi).await.status, 403, "{}", route.path);
            let expected = if route.path.ends_with("/calling") { 200 } else { 403 };
            assert_eq!(ask(&reader, route, &heidi).await.status, expected, "{} {}", route.method, route.path);
            if route.method == "GET" {
                assert_eq!(ask(&admin, route, &heidi).await.status, 200, "{}", route.path);
                assert_eq!(ask(&admin, route, &stranger).await.status, 404, "{}", route.path);
            }
        }
    }
}
