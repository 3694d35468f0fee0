//! Auto attendants and schedules through the public API, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::seed::NamedPerson;
use kit_test::App;
use serde_json::{Value, json};
use support::World;

fn attendants(world: &World) -> String {
    format!(
        "/v1/telephony/config/locations/{}/autoAttendants",
        world.location(0)
    )
}

fn schedules(world: &World) -> String {
    format!("/v1/telephony/config/locations/{}/schedules", world.location(0))
}

fn menu() -> Value {
    json!({ "greeting": "DEFAULT", "extensionEnabled": true, "keyConfigurations": [{ "key": "0", "action": "EXIT" }] })
}

fn attendant(name: &str, extension: &str) -> Value {
    json!({
        "name": name, "extension": extension, "businessSchedule": "Business Hours",
        "businessHoursMenu": menu(), "afterHoursMenu": menu(),
    })
}

async fn made(app: &App, path: &str, body: &Value) -> String {
    let answer = app.post(path).json(body).send().await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn read(app: &App, path: &str) -> Value {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

fn names(list: &Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["name"].as_str().unwrap().to_owned())
        .collect()
}

kit_test::both_databases! {
    async fn the_seed_links_the_main_menu_to_the_groups_and_is_idempotent(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let list = read(&admin, "/v1/telephony/config/autoAttendants").await;
        assert_eq!(names(&list["autoAttendants"]), ["Main Menu"]);
        let entry = &list["autoAttendants"][0];
        assert_eq!(entry["locationId"], world.location(0));
        assert_eq!(entry["extension"], (world.place(0).first_spare_extension + 150).to_string());
        let path = format!("{}/{}", attendants(&world), entry["id"].as_str().unwrap());
        let detail = read(&admin, &path).await;
        assert_eq!(detail["businessSchedule"], "Business Hours");
        assert_eq!(detail["holidaySchedule"], "National Holidays");
        let keys = detail["businessHoursMenu"]["keyConfigurations"].as_array().unwrap();
        let first = world.first(&admin, "/v1/telephony/config/huntGroups", "huntGroups").await;
        assert_eq!(first["locationId"], world.location(0));
        let led = keys.iter().find(|key| key["description"] == first["name"]).unwrap();
        assert_eq!(led["value"], first["extension"]);
        assert_eq!(led["action"], "TRANSFER_WITH_PROMPT");

        world.features.seed(&world.small).await.unwrap();
        assert_eq!(read(&admin, "/v1/telephony/config/autoAttendants").await, list);
        let all = read(&admin, "/v1/telephony/config/schedules").await;
        assert_eq!(all["schedules"].as_array().unwrap().len(), world.small.locations.len() * 2);
    }

    async fn an_attendant_is_made_read_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let number = world.place(0).spare_numbers[10].to_string();
        let alternate = world.place(0).spare_numbers[11].to_string();
        let mut body = attendant("Night Desk", "7001");
        body["phoneNumber"] = json!(number);
        body["alternateNumbers"] = json!([{ "phoneNumber": alternate, "ringPattern": "LONG_LONG" }]);
        body["holidaySchedule"] = json!("National Holidays");
        let id = made(&admin, &attendants(&world), &body).await;
        let path = format!("{}/{id}", attendants(&world));
        let detail = read(&admin, &path).await;
        assert_eq!(detail["phoneNumber"], number);
        assert_eq!(detail["extension"], "7001");
        assert_eq!(detail["esn"], format!("{}7001", world.place(0).routing_prefix));
        assert_eq!(detail["alternateNumbers"], json!([{ "phoneNumber": alternate, "ringPattern": "LONG_LONG" }]));
        assert_eq!(detail["enabled"], true);
        assert_eq!(detail["timeZone"], world.place(0).time_zone);
        assert_eq!(detail["languageCode"], world.place(0).announcement_language);
        assert_eq!(detail["extensionDialing"], "ENTERPRISE");
        assert_eq!(detail["directLineCallerIdName"], json!({ "selection": "DISPLAY_NAME" }));
        assert_eq!(detail["businessHoursMenu"]["callTreatment"], json!({
            "retryAttemptForNoInput": "NO_REPEAT", "noInputTimer": 10, "actionToBePerformed": { "action": "DISCONNECT" },
        }));

        // What is left out stays, null takes away.
        let change = json!({ "name": "Day Desk", "phoneNumber": null, "holidaySchedule": null, "nameDialing": "GROUP",
            "directLineCallerIdName": { "selection": "CUSTOM_NAME", "customName": "Kestrel" }, "dialByName": "Desk" });
        assert_eq!(admin.put(&path).json(&change).send().await.status, 204);
        let changed = read(&admin, &path).await;
        assert_eq!(changed["name"], "Day Desk");
        assert!(changed.get("phoneNumber").is_none() && changed.get("holidaySchedule").is_none());
        assert_eq!(changed["extension"], "7001");
        assert_eq!(changed["nameDialing"], "GROUP");
        assert_eq!(changed["directLineCallerIdName"]["customName"], "Kestrel");
        assert_eq!(changed["alternateNumbers"][0]["ringPattern"], "LONG_LONG");
        assert_eq!(changed["businessHoursMenu"], detail["businessHoursMenu"]);

        // What an SDK read it can send back.
        assert_eq!(admin.put(&path).json(&changed).send().await.status, 204);
        assert_eq!(read(&admin, &path).await, changed);

        assert_eq!(admin.delete(&path).send().await.status, 204);
        assert_eq!(admin.get(&path).send().await.status, 404);
        // Number and extension are free again.
        made(&admin, &attendants(&world), &body).await;
    }

    async fn lists_are_filtered_and_paged(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        for (name, extension) in [("Alpha", "7001"), ("Bravo", "7002"), ("Charlie", "7003")] {
            made(&admin, &attendants(&world), &attendant(name, extension)).await;
        }
        let found = async |query: &str| names(&read(&admin, &format!("/v1/telephony/config/autoAttendants{query}")).await["autoAttendants"]);
        assert_eq!(found("").await, ["Alpha", "Bravo", "Charlie", "Main Menu"]);
        assert_eq!(found("?name=RAV").await, ["Bravo"]);
        assert_eq!(found(&format!("?locationId={}", world.location(1))).await, Vec::<String>::new());
        assert_eq!(found(&format!("?locationId={}&start=1&max=2", world.location(0))).await, ["Bravo", "Charlie"]);
        let number = world.place(0).spare_numbers[9].to_string();
        assert_eq!(found(&format!("?phoneNumber={}", &number[4..])).await, ["Main Menu"]);
        assert_eq!(found("?phoneNumber=nothing").await, Vec::<String>::new());

        let mut path = "/v1/telephony/config/autoAttendants?max=3".to_owned();
        let mut all = Vec::new();
        loop {
            let answer = admin.get(&path).send().await;
            all.extend(names(&answer.json()["autoAttendants"]));
            let Some(link) = answer.header("link") else { break };
            let url = link.trim_start_matches('<').split('>').next().unwrap();
            path = url.strip_prefix(&format!("http://{}", hub_test::HOST)).unwrap().to_owned();
        }
        assert_eq!(all, ["Alpha", "Bravo", "Charlie", "Main Menu"]);
    }

    async fn a_schedule_and_its_events_are_made_read_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let body = json!({ "name": "Öffnung / A", "type": "businessHours", "events": [{
            "name": "Mornings", "startDate": "2026-09-07", "endDate": "2026-09-07", "startTime": "08:00", "endTime": "12:30",
            "recurrence": { "recurForEver": true, "recurWeekly": { "monday": true, "friday": true } },
        }] });
        let id = made(&admin, &schedules(&world), &body).await;
        let path = format!("{}/businessHours/{id}", schedules(&world));
        let detail = read(&admin, &path).await;
        assert_eq!(detail["id"], id);
        assert_eq!(detail["events"][0]["recurrence"]["recurWeekly"], json!({
            "recurInterval": 1, "sunday": false, "monday": true, "tuesday": false, "wednesday": false, "thursday": false,
            "friday": true, "saturday": false,
        }));
        assert_eq!(detail["events"][0]["allDayEnabled"], false);
        // The type stands in the path: under the other one there is no such schedule.
        assert_eq!(admin.get(&format!("{}/holidays/{id}", schedules(&world))).send().await.status, 404);

        let event = json!({ "name": "Christmas", "startDate": "2026-12-25", "endDate": "2026-12-26", "allDayEnabled": true,
            "recurrence": { "recurYearlyByDate": { "dayOfMonth": 25, "month": "DECEMBER" } } });
        let event_id = made(&admin, &format!("{path}/events"), &event).await;
        let event_path = format!("{path}/events/{event_id}");
        let shown = read(&admin, &event_path).await;
        assert_eq!(shown["allDayEnabled"], true);
        assert_eq!(shown["recurrence"], json!({ "recurForEver": true, "recurYearlyByDate": { "dayOfMonth": 25, "month": "DECEMBER" } }));
        let answer = admin.put(&event_path).json(&json!({ "name": "Christmas", "newName": "Xmas", "recurrence": null })).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        // An id holds the name.
        let renamed = answer.json()["id"].as_str().unwrap().to_owned();
        assert_ne!(renamed, event_id);
        assert_eq!(admin.get(&event_path).send().await.status, 404);
        let shown = read(&admin, &format!("{path}/events/{renamed}")).await;
        assert_eq!(shown["startDate"], "2026-12-25");
        assert!(shown.get("recurrence").is_none(), "{shown}");

        // The list of a change replaces the list; a known event keeps what its entry leaves out.
        let change = json!({ "name": "Öffnung / A", "newName": "Opening", "events": [{ "name": "Mornings", "endTime": "13:00" }] });
        let answer = admin.put(&path).json(&change).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let path = format!("{}/businessHours/{}", schedules(&world), answer.json()["id"].as_str().unwrap());
        let changed = read(&admin, &path).await;
        assert_eq!(changed["name"], "Opening");
        assert_eq!(names(&changed["events"]), ["Mornings"]);
        assert_eq!(changed["events"][0]["startTime"], "08:00");
        assert_eq!(changed["events"][0]["endTime"], "13:00");

        let mornings = changed["events"][0]["id"].as_str().unwrap();
        assert_eq!(admin.delete(&format!("{path}/events/{mornings}")).send().await.status, 204);
        assert_eq!(admin.delete(&format!("{path}/events/{mornings}")).send().await.status, 404);
        assert_eq!(admin.delete(&path).send().await.status, 204);
        assert_eq!(admin.get(&path).send().await.status, 404);
    }

    async fn schedules_are_listed_at_a_location_and_everywhere(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let here = read(&admin, &schedules(&world)).await;
        assert_eq!(names(&here["schedules"]), ["Business Hours", "National Holidays"]);
        assert_eq!(here["schedules"][0]["locationName"], world.place(0).name);
        let holidays = read(&admin, &format!("{}?type=holidays", schedules(&world))).await;
        assert_eq!(names(&holidays["schedules"]), ["National Holidays"]);
        let found = read(&admin, "/v1/telephony/config/schedules?name=business&max=2").await;
        assert_eq!(names(&found["schedules"]), ["Business Hours", "Business Hours"]);
        let answer = admin.get("/v1/telephony/config/schedules?name=business&max=2").send().await;
        assert!(answer.header("link").unwrap().contains("rel=\"next\""));
    }

    async fn whoever_follows_a_schedule_follows_it_under_its_new_name(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let id = made(&admin, &attendants(&world), &attendant("Desk", "7001")).await;
        let list = read(&admin, &format!("{}?type=businessHours", schedules(&world))).await;
        let schedule = list["schedules"][0]["id"].as_str().unwrap();
        let path = format!("{}/businessHours/{schedule}", schedules(&world));

        // A queue and a forwarding rule follow by name.
        let queue = world.first(&admin, &format!("/v1/telephony/config/queues?locationId={}", world.location(0)), "queues").await;
        let night = format!("/v1/telephony/config/locations/{}/queues/{}/nightService", world.location(0), queue["id"].as_str().unwrap());
        let on = json!({ "nightServiceEnabled": true, "playAnnouncementBeforeEnabled": false, "audioMessageSelection": "DEFAULT",
            "businessHoursName": "Business Hours", "businessHoursLevel": "LOCATION", "forceNightServiceEnabled": false,
            "manualAudioMessageSelection": "DEFAULT" });
        let answer = admin.put(&night).json(&on).send().await;
        assert_eq!(answer.status, 204, "{}", answer.body);
        let rules = format!("{}/{id}/callForwarding/selectiveRules", attendants(&world));
        let rule = json!({ "name": "Office", "enabled": true, "businessSchedule": "Business Hours",
            "forwardTo": { "selection": "FORWARD_TO_DEFAULT_NUMBER" }, "callsTo": { "numbers": [] }, "callsFrom": { "selection": "ANY" } });
        let rule_id = made(&admin, &rules, &rule).await;

        let refused = admin.delete(&path).send().await;
        assert_eq!(refused.status, 409);
        assert_eq!(
            refused.json()["message"],
            format!("The schedule “Business Hours” is used by the auto attendant “Desk”, the auto attendant “Main Menu”, the call queue “{}” and \
                the forwarding rule “Office” of “Desk”. Give them another schedule first, then delete it.", queue["name"].as_str().unwrap())
        );
        let renamed = admin.put(&path).json(&json!({ "name": "Business Hours", "newName": "Opening Hours" })).send().await;
        assert_eq!(renamed.status, 200, "{}", renamed.body);
        assert_eq!(read(&admin, &format!("{}/{id}", attendants(&world))).await["businessSchedule"], "Opening Hours");
        assert_eq!(read(&admin, &night).await["businessHoursName"], "Opening Hours");
        assert_eq!(read(&admin, &format!("{rules}/{rule_id}")).await["businessSchedule"], "Opening Hours");
    }

    async fn a_new_name_of_a_schedule_undoes_nothing_of_those_who_follow_it(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let list = read(&admin, &format!("{}?type=businessHours", schedules(&world))).await;
        let schedule = list["schedules"][0]["id"].as_str().unwrap();
        let mut path = format!("{}/businessHours/{schedule}", schedules(&world));
        let queue = world.first(&admin, &format!("/v1/telephony/config/queues?locationId={}", world.location(0)), "queues").await;
        let queue = format!("/v1/telephony/config/locations/{}/queues/{}", world.location(0), queue["id"].as_str().unwrap());
        let (night, forward) = (format!("{queue}/nightService"), format!("{queue}/forcedForward"));
        let on = json!({ "nightServiceEnabled": true, "businessHoursName": "Business Hours", "businessHoursLevel": "LOCATION" });
        let answer = admin.put(&night).json(&on).send().await;
        assert_eq!(answer.status, 204, "{}", answer.body);
        for round in 0..12 {
            let (name, number) = (format!("Hours {round}"), format!("70{:02}", round + 10));
            let other = world.admin().await;
            let rename = async {
                let answer = admin.put(&path).json(&json!({ "name": "Business Hours", "newName": name })).send().await;
                assert_eq!(answer.status, 200, "{}", answer.body);
                answer.json()["id"].as_str().unwrap().to_owned()
            };
            let change = async {
                let body = json!({ "forcedForwardEnabled": true, "transferPhoneNumber": number });
                let answer = other.put(&forward).json(&body).send().await;
                assert_eq!(answer.status, 204, "{}", answer.body);
            };
            let (id, ()) = tokio::join!(rename, change);
            path = format!("{}/businessHours/{id}", schedules(&world));
            assert_eq!(read(&admin, &night).await["businessHoursName"], name, "round {round}");
            assert_eq!(read(&admin, &forward).await["transferPhoneNumber"], number, "round {round}");
        }
    }

    async fn recordings_of_an_attendant_outlive_the_menu_that_played_them(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let mut body = attendant("Desk", "7001");
        body["businessHoursMenu"]["greeting"] = json!("CUSTOM");
        body["businessHoursMenu"]["audioAnnouncementFile"] = json!({ "fileName": "hello there.wav", "mediaFileType": "WAV", "level": "ENTITY" });
        let id = made(&admin, &attendants(&world), &body).await;
        let path = format!("{}/{id}", attendants(&world));
        let files = format!("{path}/announcements");
        let listed = read(&admin, &files).await;
        assert_eq!(listed["announcements"], json!([{ "fileName": "hello there.wav", "mediaFileType": "WAV", "level": "ENTITY" }]));
        let played = admin.delete(&format!("{files}/hello%20there.wav")).send().await;
        assert_eq!(played.status, 409);
        assert_eq!(admin.put(&path).json(&json!({ "businessHoursMenu": menu() })).send().await.status, 204);
        assert_eq!(read(&admin, &files).await, listed);
        assert_eq!(admin.delete(&format!("{files}/hello%20there.wav")).send().await.status, 204);
        assert_eq!(admin.delete(&format!("{files}/hello%20there.wav")).send().await.status, 404);
        assert_eq!(read(&admin, &files).await["announcements"], json!([]));
    }

    async fn an_attendant_has_forwarding_that_goes_with_it(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let id = made(&admin, &attendants(&world), &attendant("Desk", "7001")).await;
        let path = format!("{}/{id}/callForwarding", attendants(&world));
        let always = json!({ "callForwarding": { "always": { "enabled": true, "destination": "2041" } } });
        assert_eq!(admin.put(&path).json(&always).send().await.status, 204);
        assert_eq!(read(&admin, &path).await["callForwarding"]["always"]["destination"], "2041");
        assert_eq!(admin.delete(&format!("{}/{id}", attendants(&world))).send().await.status, 204);
        assert_eq!(admin.get(&path).send().await.status, 404);
        let left = kit_sql::sql("SELECT COUNT(*) AS n FROM feature_forwarding").one(&database).await.unwrap();
        assert_eq!(left.integer("n").unwrap(), 0);
    }

    async fn a_location_with_an_attendant_keeps_calling(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/v1/telephony/config/locations/{}", world.location(0));
        let refused = admin.delete(&path).send().await;
        assert_eq!(refused.status, 409, "{}", refused.body);
    }

    async fn two_changes_at_once_follow_one_another(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let body = json!({ "name": "Shifts", "type": "businessHours" });
        let id = made(&admin, &schedules(&world), &body).await;
        let path = format!("{}/businessHours/{id}/events", schedules(&world));
        let add = async |name: &str| {
            let event = json!({ "name": name, "startDate": "2026-09-07", "endDate": "2026-09-07", "allDayEnabled": true });
            let app = world.admin().await;
            app.post(&path).json(&event).send().await.status
        };
        let (first, second, third, fourth) = tokio::join!(add("A"), add("B"), add("C"), add("D"));
        assert_eq!([first, second, third, fourth], [201; 4]);
        let detail = read(&admin, &format!("{}/businessHours/{id}", schedules(&world))).await;
        let mut events = names(&detail["events"]);
        events.sort();
        assert_eq!(events, ["A", "B", "C", "D"]);
    }

    async fn a_read_only_administrator_reads(database: Database) {
        let world = World::new(&database).await;
        let reader = world.app(Some(world.caller(NamedPerson::ReadOnlyAdmin).await));
        assert_eq!(read(&reader, "/v1/telephony/config/autoAttendants").await["autoAttendants"].as_array().unwrap().len(), 1);
        let refused = reader.post(&schedules(&world)).json(&json!({ "name": "X", "type": "holidays" })).send().await;
        assert_eq!(refused.status, 403);
    }
}
