#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! Every route of every slice, asked without a right, by a wrong method, and beside its address. The table is the
//! slices' own; a second test finds routes that are missing in it.
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use http::Method;
use kit_test::{App, TestDatabase};
use kit_web::{Needs, RouteSpec};
use support::House;

const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

/// The address with something for each parameter.
fn filled(path: &str) -> String {
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                "5a0e7f80-8f6c-4e8e-9d0a-0123456789ab"
            } else {
                part
            }
        })
        .collect();
    parts.join("/")
}

async fn without_a_right(app: &App, route: &RouteSpec) {
    let answer = app
        .request(route.method.clone(), &filled(route.path))
        .send()
        .await;
    let what = format!(
        "{} {} answers {}: {}",
        route.method, route.path, answer.status, answer.body
    );
    match route.needs {
        Needs::Scopes(_) => {
            assert_eq!(answer.status, 401, "{what}");
            let message =
                "The request requires a valid access token set in the Authorization request header.";
            assert_eq!(answer.json()["message"], message, "{what}");
            assert!(answer.json()["trackingId"].is_string(), "{what}");
        }
        Needs::Session => {
            assert_eq!(answer.status, 303, "{what}");
            assert!(answer.location().starts_with("/sign-in?return_to="), "{what}");
        }
        Needs::Nothing => assert!(
            answer.status != 404 && answer.status != 405 && answer.status.as_u16() < 500,
            "{what}"
        ),
    }
}

async fn with_garbage(app: &App, route: &RouteSpec) {
    if let Needs::Scopes(_) = route.needs {
        let answer = app
            .request(route.method.clone(), &filled(route.path))
            .bearer("garbage")
            .send()
            .await;
        assert_eq!(
            answer.status, 401,
            "{} {}: {}",
            route.method, route.path, answer.body
        );
    }
}

#[tokio::test]
async fn every_route_refuses_who_has_no_right_to_it() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let mut tried = 0;
    for route in hub::routes() {
        without_a_right(&house.app.other_browser(), route).await;
        with_garbage(&house.app.other_browser(), route).await;
        tried += 1;
    }
    assert!(tried > 60, "the table has {tried} routes only");
}

#[tokio::test]
async fn every_route_says_405_to_another_method_and_nothing_is_served_beside_it() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let mut served: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for route in hub::routes() {
        served
            .entry(route.path)
            .or_default()
            .insert(route.method.as_str());
    }
    for (path, methods) in served {
        for method in METHODS.iter().filter(|method| !methods.contains(method.as_str())) {
            let answer = house.app.request(method.clone(), &filled(path)).send().await;
            let wanted = if is_published(method, path) { 501 } else { 405 };
            assert_eq!(answer.status, wanted, "{method} {path}: {}", answer.body);
        }
        let beside = format!("{}/no/such/thing", filled(path).trim_end_matches('/'));
        let answer = house.app.get(&beside).send().await;
        // Within an organization SCIM answers in its own shape, and tells nothing to who has no token.
        let of_scim = path.starts_with("/identity/scim/") && answer.status == 401;
        assert!(
            answer.status == 404 || of_scim,
            "{beside} answers {}",
            answer.status
        );
    }
}

/// Whether Webex publishes this operation, whatever its parameters are called.
fn is_published(method: &Method, path: &str) -> bool {
    hub::published()
        .iter()
        .any(|operation| operation.method == *method && filled(&operation.address()) == filled(path))
}

#[test]
fn every_route_stands_in_the_table() {
    let table: BTreeSet<&str> = hub::routes().map(|route| route.path).collect();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = BTreeSet::new();
    for slice in [
        "hub",
        "hub-directory",
        "hub-identity",
        "hub-oauth",
        "hub-governance",
        "hub-numbers",
        "hub-telephony",
        "hub-call-features",
        "hub-scim",
        "hub-developer",
    ] {
        collect_routes(&crates.join(slice).join("src"), &mut found);
    }
    // A slash at the end is another spelling of the same route.
    let is_known = |path: &str| table.contains(path) || table.contains(path.trim_end_matches('/'));
    let missing: Vec<&String> = found.iter().filter(|path| !is_known(path)).collect();
    assert!(missing.is_empty(), "served, but in no ROUTES: {missing:?}");
    assert!(
        found.len() > 40,
        "only {} routes were found in the sources",
        found.len()
    );
}

fn collect_routes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_routes(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // `.route("/path", …)`, also with the address on a line of its own.
            found.extend(text.split(".route(").skip(1).filter_map(|rest| {
                rest.trim_start()
                    .strip_prefix('"')?
                    .split('"')
                    .next()
                    .filter(|path| path.starts_with('/'))
                    .map(ToOwned::to_owned)
            }));
        }
    }
}
