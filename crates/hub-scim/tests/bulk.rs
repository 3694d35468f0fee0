//! Many operations in one request.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_directory::seed::NamedPerson;
use kit_test::Answer;
use serde_json::{Value, json};
use support::{Client, World};

async fn bulk(client: &Client, body: &Value) -> Answer {
    client.send("POST", "/Bulk", body).await
}

fn statuses(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.json();
    let operations = body["operations"].as_array().unwrap();
    operations
        .iter()
        .map(|operation| operation["status"].as_str().unwrap().to_owned())
        .collect()
}

fn user(bulk_id: &str, name: &str) -> Value {
    json!({ "method": "POST", "path": "/Users", "bulkId": bulk_id, "data": { "userName": name, "displayName": name } })
}

kit_test::both_databases! {
    async fn operations_refer_to_what_others_make_in_any_order(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "operations": [
                { "method": "POST", "path": "/Groups", "bulkId": "g", "data": { "displayName": "Pilots", "members": [{ "value": "bulkId:u1" }] } },
                user("u1", "one@kestrelbay.example"),
                user("u2", "two@kestrelbay.example"),
                { "method": "PATCH", "path": "/Groups/bulkId:g", "data": { "Operations": [{ "op": "add", "path": "members", "value": [{ "value": "bulkId:u2" }] }] } },
                { "method": "patch", "path": "/Users/bulkId:u1", "data": { "Operations": [{ "op": "add", "path": "title", "value": "Boss" }] } },
                { "method": "DELETE", "path": format!("/Users/{}", world.id_of(NamedPerson::Deactivated)) },
            ],
        });
        let answer = bulk(&admin, &body).await;
        assert_eq!(statuses(&answer), ["201", "201", "201", "200", "200", "204"]);
        let operations = answer.json()["operations"].as_array().unwrap().clone();
        assert!(operations[0]["location"].as_str().unwrap().starts_with(&format!("http://{}{}/Groups/", hub_test::HOST, admin.base)));
        assert!(operations[1]["version"].as_str().unwrap().starts_with("W/\""));
        assert_eq!(operations[1]["bulkId"], "u1");
        let id = operations[0]["location"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let members = admin.get(&format!("/Groups/{id}/Members")).await.json();
        assert_eq!(members["memberSize"], 2);
        // In capital letters, as RFC 7644 writes it.
        let capital = json!({ "Operations": [user("x", "three@kestrelbay.example")] });
        assert_eq!(statuses(&bulk(&admin, &capital).await), ["201"]);
    }

    async fn errors_are_answered_one_by_one_and_counted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let operations = json!([
            user("a", "not an address"),
            user("b", "b@kestrelbay.example"),
            user("c", "b@kestrelbay.example"),
            { "method": "PUT", "path": "/Users/x", "data": {} },
            { "method": "DELETE", "path": "/Users/5a0e7f80-8f6c-4e8e-9d0a-0123456789ab" },
            { "method": "POST", "path": "/Users", "data": { "userName": "d@kestrelbay.example" } },
            { "method": "PATCH", "path": "/Users/bulkId:a", "data": {} },
            { "method": "POST", "path": "/Schemas", "bulkId": "e", "data": {} },
        ]);
        let answer = bulk(&admin, &json!({ "operations": operations })).await;
        assert_eq!(statuses(&answer), ["400", "201", "409", "404", "404", "400", "409", "400"]);
        let failed = answer.json()["operations"][2]["response"].clone();
        assert_eq!(failed["status"], "409");
        let own = &failed["urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error"];
        assert!(own["details"].as_str().unwrap().contains("b@kestrelbay.example") && own["trackingId"].is_string(), "{failed}");
        let answer = bulk(&admin, &json!({ "operations": operations, "failOnErrors": 2 })).await;
        assert_eq!(statuses(&answer), ["400", "409"]);
    }

    async fn what_is_too_much_or_unclear_is_refused(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let many: Vec<Value> = (0..101).map(|number| user(&number.to_string(), &format!("n{number}@kestrelbay.example"))).collect();
        assert_eq!(bulk(&admin, &json!({ "operations": many })).await.status, 413);
        for body in [json!({}), json!({ "operations": [], "failOnErrors": 0 }), json!({ "operations": [user("a", "a@x.example"), user("a", "b@x.example")] })] {
            assert_eq!(bulk(&admin, &body).await.status, 400, "{body}");
        }
        let large = json!({ "operations": [], "padding": "x".repeat(1 << 20) });
        assert_eq!(bulk(&admin, &large).await.status, 413);
    }
}
