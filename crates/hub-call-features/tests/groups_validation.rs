//! Every sentence with which hunt groups and call queues refuse a body.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use kit::Uuid;
use kit_test::{Answer, App};
use serde_json::{Value, json};
use support::{World, person, public, word};
use webex::ResourceKind;

/// The body with a member replaced; `null` takes it out.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap();
    if value == json!("[absent]") {
        parent.as_object_mut().unwrap().remove(key);
    } else {
        parent[key] = value;
    }
    body
}

fn line(what: &str, answer: &Answer) -> String {
    format!("{what}\n    {} {}", answer.status, word(answer, "message"))
}

async fn refusals(app: &App, path: &str, good: &Value, cases: &[(&str, Value)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (pointer, value) in cases {
        let answer = app
            .post(path)
            .json(&with(good.clone(), pointer, value.clone()))
            .send()
            .await;
        assert!(
            (400..410).contains(&answer.status.as_u16()),
            "{pointer} {value}: {} {}",
            answer.status,
            answer.body
        );
        assert!(answer.json()["trackingId"].is_string());
        lines.push(line(&format!("{pointer} = {value}"), &answer));
    }
    lines
}

kit_test::both_databases! {
    async fn hunt_groups(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/v1/telephony/config/locations/{}/huntGroups", world.location(0));
        let agent = person(world.callable(0)[0].id);
        let spare = world.place(0).spare_numbers[12].to_string();
        let elsewhere = world.place(1).spare_numbers[12].to_string();
        let foreign = person(world.other.people[0].id);
        let uncallable = world.small.people.iter()
            .find(|person| !person.licenses.iter().any(|kind| kind.is_calling())).unwrap().id;
        let taken = world.callable(0)[0].extension.unwrap().to_string();
        let absent = || json!("[absent]");
        let good = json!({
            "name": "Trial", "extension": "7001", "phoneNumber": spare, "enabled": true, "agents": [{ "id": agent }],
            "callPolicies": { "policy": "CIRCULAR", "noAnswer": {}, "busyRedirect": {}, "businessContinuityRedirect": {} },
            "alternateNumbers": [], "directLineCallerIdName": {},
        });
        let cases = [
            ("/name", absent()),
            ("/name", json!("")),
            ("/name", json!(7)),
            ("/name", json!("A name that is longer than thirty characters")),
            ("/name", json!("Dispatch Desk")),
            ("/callPolicies", absent()),
            ("/callPolicies", json!("CIRCULAR")),
            ("/callPolicies/policy", json!("RANDOM")),
            ("/callPolicies/noAnswer/nextAgentRings", json!(0)),
            ("/callPolicies/noAnswer/numberOfRings", json!("many")),
            ("/callPolicies/noAnswer/forwardEnabled", json!(true)),
            ("/callPolicies/noAnswer/destination", json!("call me")),
            ("/callPolicies/busyRedirect/enabled", json!(true)),
            ("/callPolicies/businessContinuityRedirect/enabled", json!("yes")),
            ("/enabled", json!("yes")),
            ("/phoneNumber", json!("+1")),
            ("/phoneNumber", json!(elsewhere)),
            ("/phoneNumber", json!("+16175559999")),
            ("/extension", json!("1")),
            ("/extension", json!(taken)),
            ("/languageCode", json!("english")),
            ("/timeZone", json!("New York, USA")),
            ("/directLineCallerIdName/selection", json!("CUSTOM_NAME")),
            ("/directLineCallerIdName/selection", json!("MY_NAME")),
            ("/alternateNumbers", json!([{}])),
            ("/alternateNumbers", json!([{ "phoneNumber": spare }])),
            ("/alternateNumbers", json!([{ "phoneNumber": world.place(0).spare_numbers[13].to_string(), "ringPattern": "LOUD" }])),
            ("/agents", json!({ "id": agent })),
            ("/agents", json!([agent])),
            ("/agents", json!([{}])),
            ("/agents", json!([{ "id": "nobody" }])),
            ("/agents", json!([{ "id": public(ResourceKind::Location, Uuid::from_u128(1)) }])),
            ("/agents", json!([{ "id": agent }, { "id": agent }])),
            ("/agents", json!([{ "id": foreign }])),
            ("/agents", json!([{ "id": person(uncallable) }])),
            ("/agents", json!([{ "id": agent, "weight": "101" }])),
        ];
        let mut lines = refusals(&admin, &path, &good, &cases).await;
        let neither = with(with(good.clone(), "/extension", json!("[absent]")), "/phoneNumber", json!("[absent]"));
        lines.push(line("neither number nor extension", &admin.post(&path).json(&neither).send().await));
        lines.push(line("a list", &admin.post(&path).json(&json!([])).send().await));
        let too_heavy = with(good.clone(), "/agents", json!([
            { "id": agent, "weight": "60" }, { "id": person(world.callable(0)[1].id), "weight": "60" }
        ]));
        let too_heavy = with(too_heavy, "/callPolicies/policy", json!("WEIGHTED"));
        lines.push(line("weights", &admin.post(&path).json(&too_heavy).send().await));
        let text = lines.join("\n").replace(&agent, "[agent]").replace(&foreign, "[foreign]");
        insta::assert_snapshot!("hunt_groups_refuse", text.replace(&person(uncallable), "[without calling]"));
        assert_eq!(admin.post(&path).json(&good).send().await.status, 201, "the body itself is good");
    }

    async fn queues(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/v1/telephony/config/locations/{}/queues", world.location(0));
        let absent = || json!("[absent]");
        let good = json!({
            "name": "Trial", "extension": "7001", "agents": [], "callPolicies": { "policy": "CIRCULAR", "callBounce": {}, "distinctiveRing": {} },
            "queueSettings": { "queueSize": 10, "overflow": {}, "waitMessage": {}, "comfortMessage": {}, "welcomeMessage": {} },
        });
        let cases = [
            ("/agents", absent()),
            ("/queueSettings", absent()),
            ("/queueSettings/queueSize", absent()),
            ("/queueSettings/queueSize", json!(0)),
            ("/queueSettings/queueSize", json!(251)),
            ("/queueSettings/overflow/action", json!("GIVE_UP")),
            ("/queueSettings/overflow/action", json!("TRANSFER_TO_PHONE_NUMBER")),
            ("/queueSettings/overflow/overflowAfterWaitTime", json!(9_999)),
            ("/queueSettings/overflow/greeting", json!("CUSTOM")),
            ("/queueSettings/waitMessage/handlingTime", json!(5)),
            ("/queueSettings/waitMessage/waitMode", json!("GUESS")),
            ("/queueSettings/comfortMessage/timeBetweenMessages", json!(5)),
            ("/queueSettings/welcomeMessage/audioAnnouncementFiles", json!([{ "id": "x" }])),
            ("/queueSettings/autoAnswerEnabled", json!(true)),
            ("/callPolicies/routingType", json!("BY_LUCK")),
            ("/callPolicies/callBounce/callBounceMaxRings", json!(21)),
            ("/callPolicies/distinctiveRing/ringPattern", json!("LOUD")),
            ("/callingLineIdPolicy", json!("CUSTOM")),
            ("/department", json!({ "id": "x" })),
            ("/name", json!("Key Accounts")),
        ];
        let mut lines = refusals(&admin, &path, &good, &cases).await;
        let skilled = with(with(good.clone(), "/callPolicies/policy", json!("SIMULTANEOUS")), "/callPolicies/routingType", json!("SKILL_BASED"));
        lines.push(line("skills and simultaneous", &admin.post(&path).json(&skilled).send().await));
        let id = word(&admin.post(&path).json(&good).send().await, "id");
        let one = format!("{path}/{id}");
        for (service, body) in [
            ("holidayService", json!({ "holidayServiceEnabled": true })),
            ("holidayService", json!({ "holidayServiceEnabled": true, "holidayScheduleName": "Moon days" })),
            ("holidayService", json!({ "action": "TRANSFER" })),
            ("nightService", json!({ "nightServiceEnabled": true })),
            ("nightService", json!({ "announcementMode": "SOMETIMES" })),
            ("forcedForward", json!({ "forcedForwardEnabled": true })),
            ("forcedForward", json!({ "audioMessageSelection": "CUSTOM" })),
            ("strandedCalls", json!({ "action": "TRANSFER" })),
            ("strandedCalls", json!({ "action": "FORGET" })),
            ("callForwarding", json!({})),
            ("callForwarding", json!({ "callForwarding": { "always": { "enabled": true } } })),
            ("callForwarding", json!({ "callForwarding": { "operatingModes": { "enabled": true } } })),
            ("callForwarding", json!({ "callForwarding": { "rules": [{ "id": "x" }] } })),
        ] {
            let answer = admin.put(&format!("{one}/{service}")).json(&body).send().await;
            lines.push(line(&format!("{service} {body}"), &answer));
        }
        let rule = json!({ "name": "Rule", "forwardTo": {}, "callsTo": { "numbers": [] }, "callsFrom": { "customNumbers": {} } });
        let numbers: Vec<String> = (0..13).map(|digit| format!("+161755501{digit:02}")).collect();
        let cases = [
            ("/name", json!("[absent]")),
            ("/forwardTo/selection", json!("FORWARD_TO_SPECIFIED_NUMBER")),
            ("/callsTo/numbers", json!([{ "type": "PRIMARY" }])),
            ("/callsFrom/selection", json!("SOME")),
            ("/callsFrom/customNumbers/numbers", json!(numbers)),
        ];
        lines.extend(refusals(&admin, &format!("{one}/callForwarding/selectiveRules"), &rule, &cases).await);
        let agent = world.first(&admin, "/v1/telephony/config/queues/agents", "agents").await;
        let agent = format!("/v1/telephony/config/queues/agents/{}/settings", agent["id"].as_str().unwrap());
        for body in [json!({}), json!({ "settings": [{}] }), json!({ "settings": [{ "queueId": id }] }), json!({ "settings": [{ "queueId": id, "joinEnabled": true }] })] {
            let answer = admin.put(&agent).json(&body).send().await;
            lines.push(line(&format!("agent {body}").replace(&id, "[queue]"), &answer));
        }
        insta::assert_snapshot!("queues_refuse", lines.join("\n"));
    }
}
