//! What only the tests of a person's call settings share.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use hub_directory::PersonId;
use hub_numbers::OwnerKind;
use kit::Uuid;
use kit_sql::sql;
use kit_test::{Answer, App};
use serde_json::Value;
use webex::ResourceKind;

use crate::support::{World, public};

/// The first workspace or virtual line of the small organization.
pub async fn something_of(world: &World, kind: OwnerKind) -> Uuid {
    let query = hub_numbers::HolderQuery {
        kinds: vec![kind],
        max: 1,
        ..hub_numbers::HolderQuery::default()
    };
    let found = world
        .numbers
        .find_holders((&world.database).into(), world.organization_id(), &query)
        .await
        .unwrap();
    found.first().expect("the seed has one").owner.id
}

/// How many rows these settings take.
pub async fn rows(world: &World) -> i64 {
    sql("SELECT (SELECT count(*) FROM person_setting) + (SELECT count(*) FROM person_monitored) AS n")
        .one(&world.database)
        .await
        .unwrap()
        .integer("n")
        .unwrap()
}

pub fn person(id: PersonId) -> String {
    public(ResourceKind::People, id.uuid())
}

pub fn feature(id: PersonId, name: &str) -> String {
    format!("/v1/people/{}/features/{name}", person(id))
}

/// Sends it and expects 204.
pub async fn put_expecting_204(app: &App, path: &str, body: &Value) {
    let answer = app.put(path).json(body).send().await;
    assert_eq!(answer.status, 204, "{path}: {}", answer.body);
    assert_eq!(answer.body, "");
}

/// The sentence of a refusal with its status.
pub fn refusal(answer: &Answer) -> String {
    format!(
        "{} {}",
        answer.status.as_u16(),
        answer.json()["message"].as_str().unwrap()
    )
}
