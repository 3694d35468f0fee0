//! The pages, as a browser meets them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on fails"
)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use common::Fixture;
use common::provider::{location, person, person_uuid, telephony_location};
use http::{Method, StatusCode};
use kit_test::{App, TestDatabase};
use kit_web::{Product, PublicUrl, Stack, Viewer, stack, update_page_context};
use suite_directory::{ROUTES, pages_router};
use suite_tenancy::{Actor, Role, RoleAssignment};

/// The pages, seen by this actor; by nobody where there is none.
fn app(fixture: &Fixture, actor: Option<Actor>) -> App {
    let router = pages_router(fixture.synch.clone()).layer(axum::middleware::from_fn(
        move |mut request: Request, next: Next| {
            let actor = actor.clone();
            async move {
                if let Some(actor) = actor {
                    let viewer = Viewer {
                        name: actor.name.clone(),
                        email: "ada@suite.example".into(),
                        account_path: "/me".into(),
                    };
                    update_page_context(|context| context.viewer = Some(viewer));
                    request.extensions_mut().insert(actor);
                }
                next.run(request).await
            }
        },
    ));
    let public_url = PublicUrl::parse("http://localhost:8090").unwrap();
    let randomness = Arc::new(kit::SeededRandomness::new(3));
    App::new(
        stack(
            router,
            Stack {
                product: Product::Suite,
                public_url,
                further_hosts: Vec::new(),
                csrf_key: [7; 32],
                randomness,
            },
        ),
        "localhost:8090",
    )
}

/// What stands inside the page, without what differs from run to run.
fn main_of(body: &str) -> String {
    let main = body
        .split("<main")
        .nth(1)
        .unwrap_or(body)
        .split("</main>")
        .next()
        .unwrap_or_default();
    let mut text = String::new();
    for (index, part) in main.split("name=\"csrf\" value=\"").enumerate() {
        text.push_str(if index == 0 {
            part
        } else {
            part.split_once('"').map_or(part, |(_, rest)| rest)
        });
    }
    text
}

async fn fixture() -> (Fixture, TestDatabase) {
    let test = TestDatabase::sqlite().await;
    let fixture = Fixture::new(&test.database).await;
    let names = ["Ada Moreau", "Heidi Harper", "Ken Alvarez", "<i>Eve</i> Mallory"];
    fixture.provider.set_people(
        (1..)
            .zip(names)
            .map(|(number, name)| person(number, name))
            .collect(),
    );
    fixture.provider.set_locations(
        vec![location(1, "Boston")],
        Some(vec![telephony_location(1, "Boston")]),
    );
    (fixture, test)
}

#[tokio::test]
async fn the_pages_of_a_directory_stay_as_they_were_when_somebody_last_looked() {
    let (fixture, _test) = fixture().await;
    let app = app(&fixture, Some(fixture.admin.clone()));
    let path = |rest: &str| format!("/customers/{}/{rest}", fixture.customer.id);
    let look = async |name: &str, rest: &str| {
        let answer = app.get(&path(rest)).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{rest}");
        insta::assert_snapshot!(name, main_of(&answer.body));
    };
    look("directory_before", "directory").await;
    look("synch_before", "synch").await;
    fixture.run().await;
    fixture.clock.advance(Duration::from_secs(90)).await;
    fixture.provider.set_people(vec![
        person(1, "Ada Moreau-Lang"),
        person(2, "Heidi Harper"),
        person(5, "Mai Nguyễn"),
    ]);
    fixture.run().await;
    look("directory", "directory").await;
    look("directory_left", "directory?status=left").await;
    look("directory_nobody", "directory?q=zzz").await;
    look("person", &format!("directory/{}", person_uuid(1))).await;
    look("person_left", &format!("directory/{}", person_uuid(4))).await;
    look("synch", "synch").await;
    look("run", "synch/2").await;
    look("run_first", "synch/1").await;
    fixture.provider.set_people(vec![person(1, "Ada Moreau-Lang")]);
    fixture.run().await;
    look("run_refused", "synch/3").await;
}

#[tokio::test]
async fn a_run_is_watched_until_it_ends() {
    let (fixture, _test) = fixture().await;
    let app = app(&fixture, Some(fixture.admin.clone()));
    fixture.provider.hold_after(0);
    let page = app
        .get(&format!("/customers/{}/synch", fixture.customer.id))
        .send()
        .await;
    let started = app
        .post(&format!("/customers/{}/synch", fixture.customer.id))
        .form(&[("csrf", &page.field("csrf"))])
        .send()
        .await;
    assert_eq!(
        started.location(),
        format!("/customers/{}/synch/1", fixture.customer.id)
    );
    let again = app
        .post(&format!("/customers/{}/synch", fixture.customer.id))
        .form(&[("csrf", &page.field("csrf"))])
        .send()
        .await;
    assert_eq!(
        again.location(),
        started.location(),
        "asking again leads to the run that runs"
    );
    let watched = app.get(&format!("{}/progress", started.location())).send().await;
    assert!(
        watched.body.starts_with("<div id=\"progress\"") && watched.body.contains("hx-trigger=\"every 1s\"")
    );
    fixture.provider.release();
    fixture.synch.stop().await;
    let ended = app.get(&format!("{}/progress", started.location())).send().await;
    assert!(
        !ended.body.contains("hx-trigger"),
        "polling ends with the run: {}",
        ended.body
    );
}

#[tokio::test]
async fn every_page_wants_a_session_and_the_right_customer() {
    let (fixture, _test) = fixture().await;
    fixture.run().await;
    let other = fixture
        .tenancy
        .add_customer(&fixture.admin, "Fabrikam", "")
        .await
        .unwrap();
    let stranger = Actor {
        assignments: vec![RoleAssignment {
            role: Role::CustomerManager,
            customer: Some(other.id),
        }],
        ..Actor::system("Somebody")
    };
    let (nobody, stranger, admin) = (
        app(&fixture, None),
        app(&fixture, Some(stranger)),
        app(&fixture, Some(fixture.admin.clone())),
    );
    let token = async |app: &App| app.get(&format!("/customers/{}/synch", other.id)).send().await;
    for route in ROUTES {
        let path = route
            .path
            .replace("{customer_id}", &fixture.customer.id.to_string())
            .replace("{person_id}", &person_uuid(1))
            .replace("{number}", "1");
        let answer = nobody.request(route.method.clone(), &path).send().await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}", route.method);
        let csrf = token(&stranger).await.field("csrf");
        let request = stranger.request(route.method.clone(), &path);
        let request = if *route.method == Method::POST {
            request.form(&[("csrf", &csrf)])
        } else {
            request
        };
        assert_eq!(
            request.send().await.status,
            StatusCode::NOT_FOUND,
            "{} {path}",
            route.method
        );
        if *route.method == Method::GET {
            assert_eq!(admin.get(&path).send().await.status, StatusCode::OK, "{path}");
            let elsewhere = path.replace(&fixture.customer.id.to_string(), &other.id.to_string());
            let wanted = if route.path.contains("{person_id}") || route.path.contains("{number}") {
                StatusCode::NOT_FOUND
            } else {
                StatusCode::OK
            };
            assert_eq!(
                admin.get(&elsewhere).send().await.status,
                wanted,
                "an object of another customer: {elsewhere}"
            );
        }
    }
}
