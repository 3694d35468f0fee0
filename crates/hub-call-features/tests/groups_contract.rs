//! Hunt groups and call queues as programs see them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::LocationId;
use hub_numbers::{Owner, OwnerKind, Wanted};
use kit::Uuid;
use kit_test::App;
use serde_json::{Value, json};
use support::{World, person, public, word};
use webex::ResourceKind;

/// The smallest body that makes a hunt group.
fn hunt_group(name: &str, extension: &str) -> Value {
    json!({ "name": name, "extension": extension, "callPolicies": { "policy": "CIRCULAR" }, "agents": [] })
}

/// The smallest body that makes a queue.
fn queue(name: &str, extension: &str) -> Value {
    json!({
        "name": name, "extension": extension, "callPolicies": { "policy": "CIRCULAR" },
        "queueSettings": { "queueSize": 10 }, "agents": []
    })
}

async fn made(app: &App, path: &str, body: &Value) -> String {
    let answer = app.post(path).json(body).send().await;
    assert_eq!(answer.status, 201, "{path}: {}", answer.body);
    word(&answer, "id")
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["name"].as_str().unwrap())
        .collect()
}

kit_test::both_databases! {
    async fn a_hunt_group_is_made_shown_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let at = format!("/v1/telephony/config/locations/{}/huntGroups", world.location(0));
        let people = world.callable(0);
        let number = world.place(0).spare_numbers[12].to_string();
        let mut body = hunt_group("Night Desk", "7001");
        body["phoneNumber"] = json!(number);
        body["agents"] = json!([{ "id": person(people[0].id) }, { "id": person(people[1].id), "weight": "30" }]);
        let one = format!("{at}/{}", made(&admin, &at, &body).await);
        let shown = admin.get(&one).send().await.json();
        assert_eq!(shown["phoneNumber"], json!(number));
        assert_eq!(shown["extension"], "7001");
        assert_eq!(shown["esn"], json!(format!("{}7001", world.place(0).routing_prefix)));
        assert_eq!(shown["timeZone"], "America/New_York");
        assert_eq!(shown["lastName"], json!(number));
        assert_eq!(shown["callPolicies"]["noAnswer"]["systemMaxNumberOfRings"], 20);
        assert_eq!(shown["agents"][0]["firstName"], people[0].first_name);
        assert_eq!(shown["agents"][1]["weight"], "30");
        assert!(shown["agents"][0].get("joinEnabled").is_none(), "hunt groups have no such switch");

        // Only what the body names changes, and the list of agents is replaced.
        let change = json!({
            "name": "Day Desk", "extension": "7002", "enabled": false, "agents": [{ "id": person(people[1].id) }],
            "callPolicies": { "policy": "UNIFORM", "noAnswer": { "forwardEnabled": true, "destination": "+1 (617) 555-0100" } },
        });
        assert_eq!(admin.put(&one).json(&change).send().await.status, 204);
        let changed = admin.get(&one).send().await.json();
        assert_eq!(changed["name"], "Day Desk");
        assert_eq!(changed["enabled"], false);
        assert_eq!(changed["phoneNumber"], json!(number), "what the body leaves out stays");
        assert_eq!(changed["extension"], "7002");
        assert_eq!(changed["callPolicies"]["policy"], "UNIFORM");
        assert_eq!(changed["callPolicies"]["noAnswer"]["destination"], "+16175550100");
        assert_eq!(changed["callPolicies"]["noAnswer"]["numberOfRings"], 15);
        assert_eq!(changed["agents"].as_array().unwrap().len(), 1);
        assert_eq!(changed["agents"][0]["weight"], "30", "an agent who stays keeps what the body leaves out");

        // An empty number gives it back.
        assert_eq!(admin.put(&one).json(&json!({ "phoneNumber": "" })).send().await.status, 204);
        assert!(admin.get(&one).send().await.json().get("phoneNumber").is_none());
        let last = admin.put(&one).json(&json!({ "extension": "" })).send().await;
        assert_eq!(last.status, 400, "{}", last.body);

        assert_eq!(admin.delete(&one).send().await.status, 204);
        assert_eq!(admin.get(&one).send().await.status, 404);
        assert_eq!(admin.delete(&one).send().await.status, 404);
        // Number and extension are free again.
        made(&admin, &at, &body).await;
    }

    async fn lists_are_searched_and_come_in_pages(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let list = "/v1/telephony/config/huntGroups";
        let all = admin.get(list).send().await.json();
        let all = names(&all["huntGroups"]).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
        assert!(all.len() >= 4 && all.is_sorted(), "{all:?}");
        let mut paged = Vec::new();
        let mut next = Some(format!("{list}?max=2"));
        while let Some(path) = next.take() {
            let answer = admin.get(&path).send().await;
            paged.extend(names(&answer.json()["huntGroups"]).into_iter().map(ToOwned::to_owned));
            next = answer.header("link").map(|link| {
                let url = link.trim_start_matches('<').split('>').next().unwrap();
                assert!(url.starts_with("http://127.0.0.1:8080/v1/telephony/config/huntGroups?"), "{url}");
                url.replace("http://127.0.0.1:8080", "")
            });
        }
        assert_eq!(paged, all);
        let found = |query: &str| {
            let admin = &admin;
            let path = format!("{list}?{query}");
            async move { admin.get(&path).send().await.json()["huntGroups"].as_array().unwrap().clone() }
        };
        assert_eq!(found("name=dispatch").await.len(), 1);
        let dispatch = found("name=Dispatch%20Desk").await[0].clone();
        assert_eq!(dispatch["locationName"], json!(world.place(0).name));
        assert_eq!(found(&format!("phoneNumber={}", dispatch["extension"].as_str().unwrap())).await[0]["name"], "Dispatch Desk");
        let tail = &dispatch["phoneNumber"].as_str().unwrap()[5..];
        assert_eq!(found(&format!("phoneNumber={tail}")).await[0]["name"], "Dispatch Desk");
        assert_eq!(found("phoneNumber=987654").await.len(), 0);
        assert_eq!(found(&format!("locationId={}", world.location(2))).await.len(), 1);
        assert_eq!(admin.get(&format!("{list}?start=2&max=1")).send().await.json()["huntGroups"][0]["name"], json!(all[2]));
    }

    async fn customer_assist_queues_stand_apart(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let plain = admin.get("/v1/telephony/config/queues").send().await.json();
        let assist = admin.get("/v1/telephony/config/queues?hasCxEssentials=true").send().await.json();
        assert_eq!(names(&plain["queues"]), ["Customer Service", "Freight Claims"]);
        assert_eq!(names(&assist["queues"]), ["Key Accounts"]);
        assert_eq!(assist["queues"][0]["hasCxEssentials"], true);
        let one = format!(
            "/v1/telephony/config/locations/{}/queues/{}",
            assist["queues"][0]["locationId"].as_str().unwrap(),
            assist["queues"][0]["id"].as_str().unwrap()
        );
        assert_eq!(admin.get(&one).send().await.status, 404, "only whoever means one sees one");
        let shown = admin.get(&format!("{one}?hasCxEssentials=true")).send().await.json();
        assert_eq!(shown["queueSettings"]["autoAnswerEnabled"], false);
        assert_eq!(shown["callPolicies"]["routingType"], "SKILL_BASED");
        assert_eq!(shown["agents"][0]["skillLevel"], 1);
        let change = json!({ "queueSettings": { "autoAnswerEnabled": true, "autoAnswerDelaySeconds": 3 } });
        assert_eq!(admin.put(&one).json(&change).send().await.status, 204);
        let shown = admin.get(&format!("{one}?hasCxEssentials=true")).send().await.json();
        assert_eq!(shown["queueSettings"]["autoAnswerDelaySeconds"], 3);
    }

    async fn a_queue_has_every_published_field(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let at = format!("/v1/telephony/config/locations/{}/queues", world.location(0));
        let one = format!("{at}/{}", made(&admin, &at, &queue("Weekend Claims", "7010")).await);
        let mut shown = admin.get(&one).send().await.json();
        shown["id"] = json!("[id]");
        insta::assert_json_snapshot!("a_fresh_queue", shown);
        let change = json!({
            "queueSettings": {
                "queueSize": 250,
                "overflow": { "action": "TRANSFER_TO_PHONE_NUMBER", "transferNumber": "7002", "overflowAfterWaitEnabled": true },
                "waitMessage": { "enabled": true, "waitMode": "TIME", "handlingTime": 20 },
                "mohMessage": { "normalSource": { "enabled": false, "greeting": "DEFAULT", "audioAnnouncementFiles": [] } },
            },
            "callingLineIdPolicy": "CUSTOM", "callingLineIdPhoneNumber": "+16175550100", "allowAgentJoinEnabled": true,
        });
        assert_eq!(admin.put(&one).json(&change).send().await.status, 204);
        let after = admin.get(&one).send().await.json();
        let settings = &after["queueSettings"];
        assert_eq!(settings["queueSize"], 250);
        assert_eq!(settings["overflow"]["isTransferNumberSet"], true);
        assert_eq!(settings["waitMessage"]["handlingTime"], 20);
        assert_eq!(settings["mohMessage"]["normalSource"]["enabled"], false);
        assert_eq!(settings["mohMessage"]["alternateSource"]["enabled"], false);
        assert_eq!(after["callingLineIdPhoneNumber"], "+16175550100");
        // What was shown can be sent back as it is, and changes nothing.
        assert_eq!(admin.put(&one).json(&after).send().await.status, 204);
        assert_eq!(admin.get(&one).send().await.json(), after);
    }

    async fn weights_are_spread_where_nobody_sets_them(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let at = format!("/v1/telephony/config/locations/{}/huntGroups", world.location(0));
        let mut body = hunt_group("Scales", "7003");
        let agents: Vec<Value> = world.callable(0).iter().take(3).map(|agent| json!({ "id": person(agent.id) })).collect();
        body["agents"] = json!(agents);
        let one = format!("{at}/{}", made(&admin, &at, &body).await);
        assert_eq!(admin.put(&one).json(&json!({ "callPolicies": { "policy": "WEIGHTED" } })).send().await.status, 204);
        let shown = admin.get(&one).send().await.json();
        let weights: Vec<&str> = shown["agents"].as_array().unwrap().iter().map(|agent| agent["weight"].as_str().unwrap()).collect();
        assert_eq!(weights, ["34", "33", "33"]);
    }

    async fn alternate_numbers_come_from_the_stock_and_ring_as_they_should(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let at = format!("/v1/telephony/config/locations/{}/huntGroups", world.location(0));
        let spare = |position: usize| world.place(0).spare_numbers[position].to_string();
        let mut body = hunt_group("Many Numbers", "7004");
        body["alternateNumbers"] = json!([{ "phoneNumber": spare(13), "ringPattern": "LONG_LONG" }, { "phoneNumber": spare(14) }]);
        let one = format!("{at}/{}", made(&admin, &at, &body).await);
        let shown = admin.get(&one).send().await.json();
        assert_eq!(shown["alternateNumbers"], json!([
            { "phoneNumber": spare(13), "ringPattern": "LONG_LONG" }, { "phoneNumber": spare(14), "ringPattern": "NORMAL" }
        ]));
        let change = json!({ "alternateNumberSettings": { "distinctiveRingEnabled": false, "alternateNumbers": [{ "phoneNumber": spare(14) }] } });
        assert_eq!(admin.put(&one).json(&change).send().await.status, 204);
        let shown = admin.get(&one).send().await.json();
        assert_eq!(shown["alternateNumbers"], json!([{ "phoneNumber": spare(14), "ringPattern": "NORMAL" }]));
        assert_eq!(shown["alternateNumberSettings"]["distinctiveRingEnabled"], false);
    }

    async fn agents_go_with_their_person_their_licence_and_their_number(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let at = format!("/v1/telephony/config/locations/{}/huntGroups", world.location(0));
        let people = world.callable(0);
        let (leaver, line) = (people[3], Uuid::from_u128(77));
        let mut transaction = database.begin().await.unwrap();
        let owner = Owner {
            organization_id: world.organization_id(),
            location_id: LocationId::new(world.place(0).id),
            kind: OwnerKind::VirtualLine,
            id: line,
            first_name: Some("Gate".to_owned()),
            last_name: Some("Seven".to_owned()),
            display_name: "Gate Seven".to_owned(),
        };
        let wanted = Wanted { extension: Some("7111".to_owned()), ..Wanted::default() };
        world.numbers.assign(&mut transaction, &owner, &wanted).await.unwrap();
        transaction.commit().await.unwrap();
        let mut body = hunt_group("Gates", "7005");
        body["agents"] = json!([
            { "id": person(leaver.id) }, { "id": public(ResourceKind::VirtualLine, line) }, { "id": person(people[4].id) }
        ]);
        let one = format!("{at}/{}", made(&admin, &at, &body).await);
        let shown = admin.get(&one).send().await.json();
        assert_eq!(shown["agents"][1]["type"], "VIRTUAL_LINE");
        assert_eq!(shown["agents"][1]["lastName"], "Seven");
        assert_eq!(shown["agents"][1]["id"], json!(public(ResourceKind::VirtualLine, line)));

        let gone = admin.delete(&format!("/v1/people/{}", person(leaver.id))).send().await;
        assert_eq!(gone.status, 204, "{}", gone.body);
        let mut transaction = database.begin().await.unwrap();
        world.numbers.release(&mut transaction, OwnerKind::VirtualLine, line).await.unwrap();
        transaction.commit().await.unwrap();
        // Without its licence a person has no calling any more.
        let path = format!("/v1/people/{}?callingData=true", person(people[4].id));
        let mut somebody = admin.get(&path).send().await.json();
        somebody["licenses"] = json!([]);
        for key in ["extension", "locationId", "phoneNumbers", "workExtension"] {
            somebody.as_object_mut().unwrap().remove(key);
        }
        let answer = admin.put(&path).json(&somebody).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let rows = kit_sql::sql("SELECT COUNT(*) AS agents FROM call_group_agent a JOIN call_group g ON g.id = a.group_id WHERE g.name = 'Gates'")
            .one(&database).await.unwrap();
        assert_eq!(rows.integer("agents").unwrap(), 0);
        assert_eq!(admin.get(&one).send().await.json()["agents"], json!([]));
    }

    async fn a_location_with_features_stays(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        // Nobody works at this one, so that only the feature stands in the way.
        let at = made(&admin, "/v1/locations", &json!({
            "name": "Depot", "timeZone": "America/New_York", "preferredLanguage": "en_us", "announcementLanguage": "en_us",
            "address": { "address1": "1 Quay", "city": "Boston", "state": "MA", "postalCode": "02110", "country": "US" }
        })).await;
        let enabling = admin.get(&format!("/v1/locations/{at}")).send().await.json();
        let mut enabling = enabling;
        enabling["announcementLanguage"] = json!("en_us");
        let enabled = admin.post("/v1/telephony/config/locations").json(&enabling).send().await;
        assert_eq!(enabled.status, 201, "{}", enabled.body);
        let path = format!("/v1/telephony/config/locations/{at}/huntGroups");
        let id = made(&admin, &path, &hunt_group("Depot Gate", "200")).await;
        let refused = admin.delete(&format!("/v1/telephony/config/locations/{at}")).send().await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert_eq!(word(&refused, "message"), "This location still has the hunt group “Depot Gate”. Delete them first.");
        assert_eq!(admin.delete(&format!("{path}/{id}")).send().await.status, 204);
        assert_eq!(admin.delete(&format!("/v1/telephony/config/locations/{at}")).send().await.status, 204);
    }

    async fn calls_are_forwarded_always_or_by_rules(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let group = world.first(&admin, "/v1/telephony/config/huntGroups?name=Dispatch", "huntGroups").await;
        let one = format!(
            "/v1/telephony/config/locations/{}/huntGroups/{}/callForwarding",
            group["locationId"].as_str().unwrap(), group["id"].as_str().unwrap()
        );
        let fresh = admin.get(&one).send().await.json();
        assert_eq!(fresh["callForwarding"]["always"]["enabled"], false);
        assert_eq!(fresh["callForwarding"]["rules"], json!([]));
        let rules = format!("{one}/selectiveRules");
        let rule = json!({
            "name": "Night", "enabled": true, "forwardTo": { "selection": "FORWARD_TO_SPECIFIED_NUMBER", "phoneNumber": "7002" },
            "callsTo": { "numbers": [{ "phoneNumber": group["phoneNumber"], "type": "PRIMARY" }] },
            "callsFrom": { "selection": "CUSTOM", "customNumbers": { "privateNumberEnabled": true, "numbers": ["+16175550123"] } },
        });
        let id = made(&admin, &rules, &rule).await;
        assert_eq!(admin.post(&rules).json(&rule).send().await.status, 409);
        let shown = admin.get(&format!("{rules}/{id}")).send().await.json();
        assert_eq!(shown["callsFrom"]["customNumbers"]["numbers"], json!(["+16175550123"]));
        assert_eq!(shown["id"], json!(id));
        let change = json!({ "callForwarding": {
            "always": { "enabled": true, "destination": "7003", "sendToVoicemailEnabled": true }, "rules": [{ "id": id, "enabled": false }],
            "operatingModes": { "enabled": false },
        } });
        let answer = admin.put(&one).json(&change).send().await;
        assert_eq!(answer.status, 204, "{}", answer.body);
        let shown = admin.get(&one).send().await.json();
        assert_eq!(shown["callForwarding"]["always"]["destination"], "7003");
        assert_eq!(shown["callForwarding"]["rules"][0]["enabled"], false);
        assert_eq!(shown["callForwarding"]["rules"][0]["forwardTo"], "7002");
        assert_eq!(shown["callForwarding"]["rules"][0]["callsFrom"], "+16175550123, Any private number");
        // Its name is in its id: another name, another id.
        let renamed = admin.put(&format!("{rules}/{id}")).json(&json!({ "name": "Evening" })).send().await;
        assert_eq!(renamed.status, 200, "{}", renamed.body);
        assert_ne!(word(&renamed, "id"), id);
        assert_eq!(admin.get(&format!("{rules}/{id}")).send().await.status, 404);
        assert_eq!(admin.delete(&format!("{rules}/{}", word(&renamed, "id"))).send().await.status, 204);
        assert_eq!(admin.delete(&format!("{rules}/{}", word(&renamed, "id"))).send().await.status, 404);
        let switch = admin.post(&format!("{one}/actions/switchMode/invoke")).send().await;
        assert_eq!(switch.status, 400, "{}", switch.body);
    }

    async fn a_queue_has_its_services(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let queue = world.first(&admin, "/v1/telephony/config/queues?name=Claims", "queues").await;
        let at = format!("/v1/telephony/config/locations/{}", queue["locationId"].as_str().unwrap());
        let one = format!("{at}/queues/{}", queue["id"].as_str().unwrap());
        for (service, change, member) in [
            ("forcedForward", json!({ "forcedForwardEnabled": true, "transferPhoneNumber": "7002" }), "transferPhoneNumber"),
            ("strandedCalls", json!({ "action": "RINGING" }), "action"),
            ("nightService", json!({ "nightServiceEnabled": true, "forceNightServiceEnabled": true, "playAnnouncementBeforeEnabled": true }), "playAnnouncementBeforeEnabled"),
            ("holidayService", json!({ "action": "TRANSFER", "transferPhoneNumber": "7003" }), "transferPhoneNumber"),
        ] {
            let path = format!("{one}/{service}");
            assert_eq!(admin.get(&path).send().await.status, 200, "{service}");
            let answer = admin.put(&path).json(&change).send().await;
            assert_eq!(answer.status, 204, "{service}: {}", answer.body);
            let shown = admin.get(&path).send().await.json();
            assert_eq!(shown[member], change[member], "{service}");
            assert_eq!(shown["audioFiles"], json!([]), "{service}");
        }
        let nowhere = admin.put(&format!("{one}/holidayService"))
            .json(&json!({ "holidayServiceEnabled": true, "holidayScheduleName": "Moon days" })).send().await;
        assert_eq!(nowhere.status, 400, "{}", nowhere.body);
        assert_eq!(admin.get(&format!("{one}/announcements")).send().await.json(), json!({ "announcements": [] }));
        assert_eq!(admin.delete(&format!("{one}/announcements/hello.wav")).send().await.status, 404);
        let defaults = "/v1/telephony/config/queues/settings";
        assert_eq!(admin.get(defaults).send().await.json()["maintainQueuePositionForSimRingEnabled"], false);
        assert_eq!(admin.put(defaults).json(&json!({ "maintainQueuePositionForSimRingEnabled": true })).send().await.status, 204);
        assert_eq!(admin.get(defaults).send().await.json()["maintainQueuePositionForSimRingEnabled"], true);
    }

    async fn agents_are_seen_over_all_of_their_queues(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let list = "/v1/telephony/config/queues/agents";
        let all = admin.get(list).send().await.json()["agents"].as_array().unwrap().clone();
        assert!(all.len() > 4);
        let first = admin.get(&format!("{list}?max=1")).send().await;
        assert!(first.header("link").is_some());
        assert_eq!(first.json()["agents"][0], all[0]);
        let second = admin.get(&format!("{list}?start=1&max=2")).send().await.json();
        assert_eq!(second["agents"].as_array().unwrap(), &all[1..3]);
        let by_name = admin.get(&format!("{list}?order=asc")).send().await.json()["agents"].as_array().unwrap().clone();
        let last_name = |agent: &Value| kit::search_key(agent["lastName"].as_str().unwrap());
        assert!(by_name.len() == all.len() && by_name.is_sorted_by_key(last_name));
        let last = admin.get(&format!("{list}?order=desc&max=1")).send().await.json();
        assert_eq!(last["agents"][0], by_name[by_name.len() - 1]);
        let there = admin.get(&format!("{list}?locationId={}", all[0]["location"]["id"].as_str().unwrap())).send().await.json();
        let at_one: Vec<&Value> = by_name.iter().filter(|agent| agent["location"] == all[0]["location"]).collect();
        assert_eq!(there["agents"].as_array().unwrap().iter().collect::<Vec<_>>(), at_one);
        let agent = &all[0];
        assert_eq!(agent["queueCount"], json!(agent["joinCount"].as_u64().unwrap() + agent["unjoinCount"].as_u64().unwrap()));
        let path = format!("{list}/{}", agent["id"].as_str().unwrap());
        let shown = admin.get(&path).send().await.json();
        assert_eq!(&shown["agent"], agent);
        let queue = &shown["queues"][0];
        let joined = queue["joinEnabled"].as_bool().unwrap();
        let settings = json!({ "settings": [{ "queueId": queue["id"], "joinEnabled": !joined }] });
        assert_eq!(admin.put(&format!("{path}/settings")).json(&settings).send().await.status, 204);
        assert_eq!(admin.get(&path).send().await.json()["queues"][0]["joinEnabled"], !joined);
        let stranger = person(world.callable(3)[0].id);
        for joined in [true, false] {
            let count = if joined { "joinCount" } else { "unjoinCount" };
            let wanted: Vec<Value> = admin.get(list).send().await.json()["agents"].as_array().unwrap().iter().filter(|agent| agent[count] != 0).cloned().collect();
            assert_eq!(admin.get(&format!("{list}?joinEnabled={joined}")).send().await.json()["agents"], json!(wanted));
        }
        let by_queue = admin.get(&format!("{list}?queueId={}", queue["id"].as_str().unwrap())).send().await.json();
        assert!(by_queue["agents"].as_array().unwrap().len() <= all.len());
        assert_eq!(admin.get(&format!("{list}?name=nobodyhasthis")).send().await.json()["agents"], json!([]));
        assert_eq!(admin.get(&format!("{list}/{}", person(Uuid::from_u128(5)))).send().await.status, 404);
        let available = admin.get(&format!("{list}/availableAgents?locationId={}", world.location(3))).send().await.json();
        assert!(available["agents"].as_array().unwrap().iter().any(|agent| agent["id"] == json!(stranger)));
        assert_eq!(admin.get(&format!("{list}/availableAgents")).send().await.status, 400);
    }

    async fn whoever_leaves_a_queue_meanwhile_stays_out(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let list = "/v1/telephony/config/queues/agents";
        let agent = admin.get(list).send().await.json()["agents"][0]["id"].as_str().unwrap().to_owned();
        let queue = admin.get(&format!("{list}/{agent}")).send().await.json()["queues"][0].clone();
        let (id, at) = (queue["id"].as_str().unwrap(), queue["locationId"].as_str().unwrap());
        let path = format!("/v1/telephony/config/locations/{at}/queues/{id}");
        let mut agents: Vec<Value> = admin.get(&path).send().await.json()["agents"].as_array().unwrap().iter()
            .map(|known| json!({ "id": known["id"] })).collect();
        for round in 0..16 {
            let joined = round % 2 == 1;
            // Another order, so that the list is written anew; nothing is said of who takes calls.
            agents.rotate_left(1);
            let other = world.admin().await;
            let leave = async {
                let settings = json!({ "settings": [{ "queueId": id, "joinEnabled": joined }] });
                let answer = admin.put(&format!("{list}/{agent}/settings")).json(&settings).send().await;
                assert_eq!(answer.status, 204, "{}", answer.body);
            };
            let reorder = async {
                let answer = other.put(&path).json(&json!({ "agents": agents })).send().await;
                assert_eq!(answer.status, 204, "{}", answer.body);
            };
            tokio::join!(leave, reorder);
            let seen = admin.get(&path).send().await.json();
            let seen = seen["agents"].as_array().unwrap().iter().find(|known| known["id"] == agent.as_str()).unwrap();
            assert_eq!(seen["joinEnabled"], joined, "round {round}");
        }
    }

    async fn an_organization_is_seeded_once(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let before = admin.get("/v1/telephony/config/huntGroups").send().await.json();
        let group = world.first(&admin, "/v1/telephony/config/huntGroups?name=Dispatch", "huntGroups").await;
        let one = format!("/v1/telephony/config/locations/{}/huntGroups/{}", group["locationId"].as_str().unwrap(), group["id"].as_str().unwrap());
        let shown = admin.get(&one).send().await.json();
        assert!(shown["agents"].as_array().unwrap().len() >= 2, "{shown}");
        world.features.seed(&world.small).await.unwrap();
        assert_eq!(admin.get("/v1/telephony/config/huntGroups").send().await.json(), before);
        assert_eq!(admin.delete(&one).send().await.status, 204);
        world.features.seed(&world.small).await.unwrap();
        assert_eq!(admin.get(&one).send().await.status, 404, "what was deleted stays so");
    }

    async fn two_who_want_one_extension_cannot_both_have_it(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let at = format!("/v1/telephony/config/locations/{}/huntGroups", world.location(0));
        let (left, right) = (hunt_group("Left", "7055"), hunt_group("Right", "7055"));
        let (one, two) = tokio::join!(admin.post(&at).json(&left).send(), admin.post(&at).json(&right).send());
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", one.body, two.body);
    }
}
