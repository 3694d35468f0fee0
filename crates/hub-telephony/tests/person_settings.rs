//! A person's call settings, on both databases: what is read, changed, kept and forgotten.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod person_settings_support;
mod support;

use hub_directory::PersonDraft;
use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper, KenAlvarez};
use hub_numbers::OwnerKind;
use person_settings_support::{feature, person, put_expecting_204, refusal, rows, something_of};
use serde_json::json;
use support::{World, get, public};
use webex::ResourceKind;

kit_test::both_databases! {
    async fn everything_has_a_default_that_takes_no_row(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let heidi = world.id_of(HeidiHarper);
        let off = json!({ "enabled": false, "destinationVoicemailEnabled": false });
        assert_eq!(get(&admin, &feature(heidi, "callForwarding")).await, json!({
            "callForwarding": {
                "always": { "enabled": false, "ringReminderEnabled": false, "destinationVoicemailEnabled": false },
                "busy": off,
                "noAnswer": { "enabled": false, "numberOfRings": 3, "systemMaxNumberOfRings": 20, "destinationVoicemailEnabled": false },
            },
            "businessContinuity": off,
        }));
        assert_eq!(get(&admin, &feature(heidi, "doNotDisturb")).await,
            json!({ "enabled": false, "ringSplashEnabled": false, "webexGoOverrideEnabled": false }));
        assert_eq!(get(&admin, &feature(heidi, "callWaiting")).await, json!({ "enabled": true }));
        let voicemail = get(&admin, &feature(heidi, "voicemail")).await;
        assert_eq!(voicemail["enabled"], true);
        assert_eq!(voicemail["sendUnansweredCalls"]["numberOfRings"], 3);
        assert_eq!(voicemail["messageStorage"], json!({ "mwiEnabled": true, "storageType": "INTERNAL" }));
        let monitoring = get(&admin, &feature(heidi, "monitoring")).await;
        assert_eq!(monitoring["monitoredElements"], json!([]));
        let seeded = world.named(HeidiHarper);
        let numbers = get(&admin, &feature(heidi, "numbers")).await;
        assert_eq!(numbers["phoneNumbers"][0]["extension"], seeded.extension.unwrap().to_string());
        assert_eq!(numbers["phoneNumbers"][0]["primary"], true);
        let caller_id = get(&admin, &feature(heidi, "callerId")).await;
        assert_eq!(caller_id["selected"], "DIRECT_LINE");
        assert_eq!(caller_id["directNumber"], seeded.number.unwrap().to_string());
        assert_eq!(caller_id["firstName"], "Heidi");
        assert_eq!(rows(&world).await, 0);
    }

    async fn a_change_keeps_what_it_does_not_speak_of_and_going_back_leaves_no_row(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = feature(world.id_of(HeidiHarper), "callForwarding");
        let default = get(&admin, &path).await;
        put_expecting_204(&admin, &path, &json!({ "callForwarding": { "busy": { "enabled": true, "destination": "+1 (617) 555-0199" } } })).await;
        put_expecting_204(&admin, &path, &json!({ "callForwarding": { "noAnswer": { "numberOfRings": 5, "systemMaxNumberOfRings": 99 } } })).await;
        let after = get(&admin, &path).await;
        assert_eq!(after["callForwarding"]["busy"], json!({ "enabled": true, "destination": "+16175550199", "destinationVoicemailEnabled": false }));
        assert_eq!(after["callForwarding"]["noAnswer"]["numberOfRings"], 5);
        assert_eq!(after["callForwarding"]["noAnswer"]["systemMaxNumberOfRings"], 20);
        assert_eq!(after["callForwarding"]["always"], default["callForwarding"]["always"]);
        assert_eq!(rows(&world).await, 1);
        // Everything that was read can be sent back, and `null` is the default.
        put_expecting_204(&admin, &path, &after).await;
        assert_eq!(get(&admin, &path).await, after);
        put_expecting_204(&admin, &path, &json!({ "callForwarding": { "busy": { "enabled": false, "destination": "" }, "noAnswer": null } })).await;
        assert_eq!(get(&admin, &path).await, default);
        assert_eq!(rows(&world).await, 0);
    }

    async fn each_setting_is_changed_and_read_again(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let heidi = world.id_of(HeidiHarper);
        for (name, change) in [
            ("doNotDisturb", json!({ "enabled": true, "ringSplashEnabled": true })),
            ("callWaiting", json!({ "enabled": false })),
            ("voicemail", json!({ "sendAllCalls": { "enabled": true }, "notifications": { "enabled": true, "destination": "heidi@example.com" },
                "sendUnansweredCalls": { "numberOfRings": 6 } })),
            ("callerId", json!({ "selected": "LOCATION_NUMBER", "firstName": "H.", "externalCallerIdNamePolicy": "LOCATION" })),
        ] {
            let path = feature(heidi, name);
            put_expecting_204(&admin, &path, &change).await;
            let after = get(&admin, &path).await;
            let merged = contains(&after, &change);
            assert!(merged, "{name}: {after} does not hold {change}");
        }
        // Nobody else's changed.
        let ken = world.id_of(KenAlvarez);
        assert_eq!(get(&admin, &feature(ken, "callWaiting")).await["enabled"], true);
    }

    async fn everybody_sees_and_changes_their_own_and_nobody_elses(database: Database) {
        let world = World::new(&database).await;
        let ken = world.app_of(KenAlvarez).await;
        let (own, others) = (world.id_of(KenAlvarez), world.id_of(HeidiHarper));
        for name in ["callForwarding", "voicemail", "doNotDisturb", "callerId"] {
            get(&ken, &feature(own, name)).await;
            assert_eq!(ken.get(&feature(others, name)).send().await.status, 403, "{name}");
        }
        for name in ["callWaiting", "monitoring", "numbers"] {
            assert_eq!(ken.get(&feature(own, name)).send().await.status, 403, "{name} is for administrators");
        }
        put_expecting_204(&ken, &feature(own, "doNotDisturb"), &json!({ "enabled": true })).await;
        let me = "/v1/telephony/config/people/me/settings";
        assert_eq!(get(&ken, &format!("{me}/doNotDisturb")).await["enabled"], true);
        put_expecting_204(&ken, &format!("{me}/callWaiting"), &json!({ "enabled": false })).await;
        put_expecting_204(&ken, &format!("{me}/callForwarding"), &json!({ "callForwarding": { "always": { "enabled": true, "destination": "+16175550188" } } })).await;
        let seen = get(&world.admin().await, &feature(own, "callForwarding")).await;
        assert_eq!(seen["callForwarding"]["always"]["destination"], "+16175550188");
    }

    async fn somebody_without_calling_has_no_call_settings(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let without = world.small.people.iter().find(|person| person.extension.is_none() && person.number.is_none()).unwrap();
        let answer = admin.get(&feature(hub_directory::PersonId::new(without.id), "callForwarding")).send().await;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.json()["errorCode"], 4410);
        assert_eq!(answer.json()["errors"][0]["errorCode"], 4410);
        assert!(answer.json()["message"].as_str().unwrap().contains("has no calling"), "{}", answer.body);
    }

    async fn what_is_wrong_is_said_in_words(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let heidi = world.id_of(HeidiHarper);
        let own_extension = world.named(HeidiHarper).extension.unwrap().to_string();
        let mut said = Vec::new();
        for (name, body) in [
            ("callForwarding", json!({ "callForwarding": { "always": { "enabled": true } } })),
            ("callForwarding", json!({ "callForwarding": { "busy": { "destination": "reception" } } })),
            ("callForwarding", json!({ "businessContinuity": { "destination": "1" } })),
            ("callForwarding", json!({ "callForwarding": { "noAnswer": { "numberOfRings": 21 } } })),
            ("callForwarding", json!({ "callForwarding": { "noAnswer": { "numberOfRings": "many" } } })),
            ("callForwarding", json!([])),
            ("doNotDisturb", json!({ "enabled": "yes" })),
            ("voicemail", json!({ "sendBusyCalls": { "greeting": "CUSTOM" } })),
            ("voicemail", json!({ "sendBusyCalls": { "greeting": "LOUD" } })),
            ("voicemail", json!({ "notifications": { "enabled": true } })),
            ("voicemail", json!({ "notifications": { "destination": "nowhere" } })),
            ("voicemail", json!({ "notifications": { "smsDestination": "+4930123456" } })),
            ("voicemail", json!({ "emailCopyOfMessage": { "enabled": true } })),
            ("voicemail", json!({ "messageStorage": { "storageType": "EXTERNAL" } })),
            ("voicemail", json!({ "transferToNumber": { "enabled": true } })),
            ("voicemail", json!({ "faxMessage": { "enabled": true } })),
            ("voicemail", json!({ "sendUnansweredCalls": { "numberOfRings": -1 } })),
            ("callerId", json!({ "selected": "CUSTOM" })),
            ("callerId", json!({ "selected": "CUSTOM", "customNumber": "+16175559999" })),
            ("callerId", json!({ "firstName": "100%" })),
            ("callerId", json!({ "externalCallerIdNamePolicy": "OTHER" })),
            ("callerId", json!({ "directLineCallerIdName": { "selection": "CUSTOM_NAME" } })),
            ("monitoring", json!({ "monitoredElements": ["nobody"] })),
            ("monitoring", json!({ "monitoredElements": [{ "type": "CALL_PARK_EXTENSION", "id": "x" }] })),
            ("monitoring", json!({ "monitoredElements": [{ "type": "SPEED_DIAL" }] })),
            ("monitoring", json!({ "monitoredElements": [{ "type": "MEMBER" }] })),
            ("monitoring", json!({ "monitoredElements": [{ "type": "DOOR", "id": "x" }] })),
            ("monitoring", json!({ "monitoredElements": [person(heidi), person(heidi)] })),
            ("monitoring", json!({ "enableCallParkNotification": "perhaps" })),
        ] {
            let answer = admin.put(&feature(heidi, name)).json(&body).send().await;
            said.push(format!("{name} {body}\n  {}", refusal(&answer)));
        }
        let circle = json!({ "callForwarding": { "always": { "enabled": true, "destination": own_extension } } });
        let answer = admin.put(&feature(heidi, "callForwarding")).json(&circle).send().await;
        assert!(refusal(&answer).contains("round in circles"), "{}", answer.body);
        let numbers = format!("/v1/telephony/config/people/{}/numbers", person(heidi));
        for body in [
            json!({ "phoneNumbers": [{ "primary": true, "action": "ADD", "external": "+16175550100" }] }),
            json!({ "phoneNumbers": [{ "action": "DELETE", "external": "+16175550100" }] }),
            json!({ "phoneNumbers": [{ "action": "ADD" }] }),
            json!({ "phoneNumbers": [{ "action": "ADD", "external": "tomorrow" }] }),
            json!({ "phoneNumbers": [{ "action": "GRAB", "external": "+16175550100" }] }),
        ] {
            let answer = admin.put(&numbers).json(&body).send().await;
            said.push(format!("numbers {body}\n  {}", refusal(&answer)));
        }
        let endpoint = format!("/v1/telephony/config/people/{}/preferredAnswerEndpoint", person(heidi));
        let answer = admin.put(&endpoint).json(&json!({ "preferredAnswerEndpointId": "phone" })).send().await;
        said.push(format!("preferredAnswerEndpoint\n  {}", refusal(&answer)));
        let said = said.join("\n").replace(&person(heidi), "HEIDI");
        insta::assert_snapshot!("refusals", said);
        assert_eq!(rows(&world).await, 0, "a refusal changes nothing");
    }

    async fn people_workspaces_and_virtual_lines_are_monitored_until_they_go(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let (heidi, ken) = (world.id_of(HeidiHarper), world.id_of(KenAlvarez));
        let room = something_of(&world, OwnerKind::Workspace).await;
        let line = something_of(&world, OwnerKind::VirtualLine).await;
        let path = feature(heidi, "monitoring");
        let (room_id, line_id) = (public(ResourceKind::Place, room), public(ResourceKind::VirtualLine, line));
        put_expecting_204(&admin, &path, &json!({ "enableCallParkNotification": "true", "monitoredElements": [
            person(ken),
            { "id": room_id, "type": "MEMBER", "lineKeyLabel": "Big room" },
            { "id": line_id, "type": "MEMBER" },
            { "type": "SPEED_DIAL", "phoneNumber": "+16175550177", "lineKeyLabel": "Taxi" },
            { "id": person(ken), "type": "SPEED_DIAL" },
        ] })).await;
        let seen = get(&admin, &path).await;
        assert_eq!(seen["callParkNotificationEnabled"], true);
        assert_eq!(seen["availableEntriesCount"], 45);
        let elements = seen["monitoredElements"].as_array().unwrap().clone();
        assert_eq!(elements.len(), 5);
        let seeded = world.named(KenAlvarez);
        let first = &elements[0]["member"];
        assert_eq!((&first["id"], &first["type"], &first["displayName"]), (&json!(person(ken)), &json!("PEOPLE"), &json!("Ken Alvarez")));
        assert_eq!(first["email"], seeded.email);
        assert_eq!(first["numbers"][0]["extension"], seeded.extension.unwrap().to_string());
        assert_eq!((&elements[1]["member"]["type"], &elements[1]["member"]["lineKeyLabel"]), (&json!("PLACE"), &json!("Big room")));
        assert_eq!(elements[2]["member"]["type"], "VIRTUAL_LINE");
        assert_eq!(elements[3]["speedDial"], json!({ "phoneNumber": "+16175550177", "lineKeyLabel": "Taxi" }));
        assert_eq!(elements[4]["speedDial"]["displayName"], "Ken Alvarez");
        // Without the list, the list stays.
        put_expecting_204(&admin, &path, &json!({ "enableCallParkNotification": false })).await;
        assert_eq!(get(&admin, &path).await["monitoredElements"].as_array().unwrap().len(), 5);
        // Whoever loses what they hold goes from the list.
        let mut transaction = world.database.begin().await.unwrap();
        for (kind, id) in [(OwnerKind::Workspace, room), (OwnerKind::VirtualLine, line)] {
            world.numbers.release(&mut transaction, kind, id).await.unwrap();
        }
        transaction.commit().await.unwrap();
        let session = world.session(FullAdmin).await;
        world.directory.delete_person(&session, ken).await.unwrap();
        let left = get(&admin, &path).await;
        assert_eq!(left["monitoredElements"], json!([elements[3]]));
        put_expecting_204(&admin, &path, &json!({ "monitoredElements": [] })).await;
        assert_eq!(get(&admin, &path).await["availableEntriesCount"], 50);
        assert_eq!(rows(&world).await, 0);
    }

    async fn a_speed_dial_dials_a_number_and_nothing_else(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = feature(world.id_of(HeidiHarper), "monitoring");
        let dial = |number: &str| json!({ "monitoredElements": [{ "type": "SPEED_DIAL", "phoneNumber": number }] });
        for wrong in ["tomorrow", "javascript:alert(1)", "10\u{0}01", "+1", &"1".repeat(100_000)] {
            let answer = admin.put(&path).json(&dial(wrong)).send().await;
            assert_eq!(answer.status, 400, "{}", wrong.chars().take(40).collect::<String>());
            assert!(refusal(&answer).contains("phoneNumber") && answer.body.len() < 1_000, "{}", answer.body);
        }
        for (good, kept) in [("*72", "*72"), ("1001", "1001"), ("+1 (617) 555-0177", "+16175550177")] {
            put_expecting_204(&admin, &path, &dial(good)).await;
            assert_eq!(get(&admin, &path).await["monitoredElements"][0]["speedDial"]["phoneNumber"], kept);
        }
    }

    async fn fifty_are_the_most(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = feature(world.id_of(HeidiHarper), "monitoring");
        let dials = |count: usize| {
            let dials: Vec<_> = (0..count).map(|number| json!({ "type": "SPEED_DIAL", "phoneNumber": format!("{}", 1000 + number) })).collect();
            json!({ "monitoredElements": dials })
        };
        put_expecting_204(&admin, &path, &dials(50)).await;
        let answer = admin.put(&path).json(&dials(51)).send().await;
        assert_eq!(refusal(&answer), "400 monitoredElements has 51 elements; 50 are the most.");
        assert_eq!(get(&admin, &path).await["availableEntriesCount"], 0);
    }

    async fn settings_go_with_the_person_and_with_calling(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let ken = world.id_of(KenAlvarez);
        put_expecting_204(&admin, &feature(ken, "doNotDisturb"), &json!({ "enabled": true })).await;
        put_expecting_204(&admin, &feature(ken, "monitoring"), &json!({ "monitoredElements": [person(world.id_of(HeidiHarper))] })).await;
        assert_eq!(rows(&world).await, 2);
        let session = world.session(FullAdmin).await;
        world.directory.delete_person(&session, ken).await.unwrap();
        assert_eq!(rows(&world).await, 0);
        assert_eq!(admin.get(&feature(ken, "doNotDisturb")).send().await.status, 404);
    }

    async fn members_to_choose_from_are_found_and_paged(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let (heidi, ken) = (world.id_of(HeidiHarper), world.id_of(KenAlvarez));
        let base = format!("/v1/telephony/config/people/{}/monitoring", person(heidi));
        let found = get(&admin, &format!("{base}/availableMembers?memberName=alvarez")).await;
        assert_eq!(found["members"][0]["id"], person(ken));
        assert_eq!(found["members"][0]["type"], "PEOPLE");
        assert!(found["members"][0]["location"]["name"].is_string());
        put_expecting_204(&admin, &feature(heidi, "monitoring"), &json!({ "monitoredElements": [person(ken)] })).await;
        let found = get(&admin, &format!("{base}/availableMembers?memberName=alvarez")).await;
        assert_eq!(found["members"], json!([]), "who is monitored already is no candidate");
        let found = get(&admin, &format!("{base}/speedDials/availableMembers?memberName=alvarez")).await;
        assert_eq!(found["members"][0]["id"], person(ken));
        let first = admin.get(&format!("{base}/speedDials/availableMembers?max=2")).send().await;
        assert_eq!(first.json()["members"].as_array().unwrap().len(), 2);
        let link = first.header("link").unwrap().to_owned();
        let next = link.trim_start_matches('<').split('>').next().unwrap().trim_start_matches("http://127.0.0.1:8080");
        let second = get(&admin, next).await;
        assert_ne!(second["members"][0]["id"], first.json()["members"][0]["id"]);
    }

    async fn alternate_numbers_come_from_the_stock_and_go_back(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let heidi = world.id_of(HeidiHarper);
        let place = &world.small.locations[world.named(HeidiHarper).location];
        let free = place.spare_numbers[12].to_string();
        let elsewhere = world.small.locations.iter().find(|other| other.id != place.id).unwrap().spare_numbers[12].to_string();
        let path = format!("/v1/telephony/config/people/{}/numbers", person(heidi));
        let add = |number: &str| json!({ "phoneNumbers": [{ "primary": false, "action": "ADD", "external": number, "ringPattern": "LONG_LONG" }] });
        for number in [elsewhere.as_str(), "+16175559999"] {
            let answer = admin.put(&path).json(&add(number)).send().await;
            assert_eq!(answer.status, 400, "{}", answer.body);
            assert!(refusal(&answer).contains("phoneNumbers: "), "{}", answer.body);
        }
        put_expecting_204(&admin, &path, &add(&free)).await;
        let seen = get(&admin, &feature(heidi, "numbers")).await;
        assert_eq!(seen["phoneNumbers"][1], json!({ "primary": false, "directNumber": free, "ringPattern": "LONG_LONG" }));
        // The directory shows it with the person, and a change of the person keeps it.
        let session = world.session(FullAdmin).await;
        let known = world.directory.person_of((&world.database).into(), world.organization_id(), heidi).await.unwrap().unwrap();
        assert!(known.numbers.iter().any(|number| number.value == free));
        world.directory.update_person(&session, heidi, PersonDraft { title: Some("Lead".to_owned()), ..PersonDraft::of(&known) }).await.unwrap();
        assert_eq!(get(&admin, &feature(heidi, "numbers")).await, seen);
        let taken = format!("/v1/telephony/config/people/{}/numbers", person(world.id_of(KenAlvarez)));
        assert!(admin.put(&taken).json(&add(&free)).send().await.status.is_client_error());
        put_expecting_204(&admin, &path, &json!({ "enableDistinctiveRingPattern": false, "phoneNumbers": [{ "action": "DELETE", "external": free }] })).await;
        let seen = get(&admin, &feature(heidi, "numbers")).await;
        assert_eq!((seen["phoneNumbers"].as_array().unwrap().len(), &seen["distinctiveRingEnabled"]), (1, &json!(false)));
    }
}

/// Whether every member of `part` stands in `whole`.
fn contains(whole: &serde_json::Value, part: &serde_json::Value) -> bool {
    match part.as_object() {
        Some(members) => members.iter().all(|(name, value)| contains(&whole[name], value)),
        None => whole == part,
    }
}
