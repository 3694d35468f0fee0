//! Every refusal says what to change: its sentence, its status, and its number where Webex has one.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::seed::LicenseKind;
use kit_sql::sql;
use kit_test::{Answer, App};
use serde_json::{Value, json};
use support::{BOSTON, CHICAGO, LINES, WORKSPACES, World, calling, delete, line, post, put, workspace};

fn told(what: &str, answer: &Answer) -> String {
    let body = answer.json();
    let code = body["errorCode"]
        .as_i64()
        .map(|code| format!(" ({code})"))
        .unwrap_or_default();
    assert_eq!(body["errors"][0]["description"], body["message"], "{what}");
    format!(
        "{what}: {}{code} {}",
        answer.status.as_u16(),
        body["message"].as_str().unwrap()
    )
}

async fn refused(app: &App, path: &str, bodies: &[(&str, Value)]) -> String {
    let mut sentences = Vec::new();
    for (what, body) in bodies {
        let answer = post(app, path, body).await;
        assert!(
            answer.status.is_client_error(),
            "{what}: {} {}",
            answer.status,
            answer.body
        );
        sentences.push(told(what, &answer));
    }
    sentences.join("\n")
}

async fn refused_changes(app: &App, path: &str, bodies: &[(&str, Value)]) -> String {
    let mut sentences = Vec::new();
    for (what, body) in bodies {
        let answer = put(app, path, body).await;
        assert!(
            answer.status.is_client_error(),
            "{what}: {} {}",
            answer.status,
            answer.body
        );
        sentences.push(told(what, &answer));
    }
    sentences.join("\n")
}

kit_test::both_databases! {
    async fn a_workspace_that_cannot_be(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let named = |extra: Value| {
            let mut body = json!({ "displayName": "Room" });
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            body
        };
        let sentences = refused(&admin, WORKSPACES, &[
            ("no name", json!({})),
            ("empty name", json!({ "displayName": "  " })),
            ("long name", json!({ "displayName": "x".repeat(257) })),
            ("two lines", json!({ "displayName": "a\nb" })),
            ("capacity", named(json!({ "capacity": -2 }))),
            ("type", named(json!({ "type": "ballroom" }))),
            ("devices", named(json!({ "supportedDevices": "faxes" }))),
            ("platform", named(json!({ "devicePlatform": "zoom" }))),
            ("hot desking", named(json!({ "hotdeskingStatus": "maybe" }))),
            ("calendar without type", named(json!({ "calendar": { "emailAddress": "a@b.example" } }))),
            ("calendar type", named(json!({ "calendar": { "type": "lotus" } }))),
            ("calendar without mailbox", named(json!({ "calendar": { "type": "google" } }))),
            ("calendar mailbox", named(json!({ "calendar": { "type": "google", "emailAddress": "room" } }))),
            ("calendar group", named(json!({ "calendar": { "type": "google", "emailAddress": "a@b.example", "resourceGroupId": "1" } }))),
            ("long notes", named(json!({ "notes": "x".repeat(4_001) }))),
            ("map", named(json!({ "indoorNavigation": { "url": "javascript:alert(1)" } }))),
            ("floor", named(json!({ "floorId": "F1" }))),
            ("maintenance", named(json!({ "plannedMaintenance": { "mode": "on" } }))),
            ("location is nonsense", named(json!({ "locationId": "nonsense" }))),
            ("unknown location", named(json!({ "locationId": "5a0e7f80-8f6c-4e8e-9d0a-0123456789ab" }))),
            ("no calling type", named(json!({ "calling": {} }))),
            ("calling type", named(json!({ "calling": { "type": "pigeons" } }))),
            ("hybrid calling", named(json!({ "calling": { "type": "hybridCalling" } }))),
            ("numbers without calling", named(json!({ "calling": { "type": "none", "webexCalling": { "extension": "2222" } } }))),
            ("no calling location", named(json!({ "calling": { "type": "webexCalling", "webexCalling": { "extension": "2222" } } }))),
            ("neither number nor extension", calling("Room", &world.location(BOSTON), None, None)),
            ("not a list", named(json!({ "calling": { "type": "webexCalling", "webexCalling": { "licenses": "x" } } }))),
        ]).await;
        insta::assert_snapshot!("a_workspace_that_cannot_be", sentences);
    }

    async fn calling_that_cannot_be(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let boston = world.location(BOSTON);
        let licensed = |license: &str| {
            let mut body = calling("Room", &boston, None, Some("29999"));
            body["calling"]["webexCalling"]["licenses"] = json!([license]);
            body
        };
        let in_use = world.small.people.iter().find(|person| person.location == BOSTON && person.number.is_some()).unwrap();
        let (number, extension) = (in_use.number.unwrap().to_string(), in_use.extension.unwrap().to_string());
        let plain = post(&admin, "/v1/locations", &json!({ "name": "Barn", "timeZone": "America/Chicago", "preferredLanguage": "en_us", "announcementLanguage": "en_us", "address": { "address1": "1 Lane", "city": "Ames", "state": "IA", "postalCode": "50010", "country": "US" } })).await;
        assert_eq!(plain.status, 201, "{}", plain.body);
        let plain = plain.json()["id"].as_str().unwrap().to_owned();
        let sentences = refused(&admin, WORKSPACES, &[
            ("location without calling", calling("Room", &plain, None, Some("2222"))),
            ("location unknown", calling("Room", "5a0e7f80-8f6c-4e8e-9d0a-0123456789ab", None, Some("2222"))),
            ("another location than its own", { let mut body = calling("Room", &boston, None, Some("2222")); body["locationId"] = json!(world.location(CHICAGO)); body }),
            ("extension taken", calling("Room", &boston, None, Some(&extension))),
            ("extension malformed", calling("Room", &boston, None, Some("x1"))),
            ("number taken", calling("Room", &boston, Some(&number), None)),
            ("number malformed", calling("Room", &boston, Some("call me"), None)),
            ("number of another location", calling("Room", &boston, Some(&world.spare(CHICAGO, 0)), None)),
            ("number in no stock", calling("Room", &boston, Some("+16175559999"), None)),
            ("licence is nonsense", licensed("nonsense")),
            ("licence unknown", licensed(&support::public(webex::ResourceKind::License, kit::Uuid::nil()))),
            ("licence of another kind", licensed(&world.license(LicenseKind::CallingBasic))),
        ]).await;
        sql("UPDATE license SET total_units = consumed_units WHERE kind = 'BCCOA'").run(&database).await.unwrap();
        let exhausted = post(&admin, WORKSPACES, &licensed(&world.license(LicenseKind::CallingWorkspaces))).await;
        let one = told("no unit left of it", &exhausted);
        sql("UPDATE license SET total_units = consumed_units").run(&database).await.unwrap();
        let exhausted = post(&admin, WORKSPACES, &calling("Room", &boston, None, Some("29999"))).await;
        let any = told("no unit left at all", &exhausted);
        sql("DELETE FROM person_license").run(&database).await.unwrap();
        sql("UPDATE license SET kind = 'MS2' WHERE kind IN ('BCCOA', 'BCSTD')").run(&database).await.unwrap();
        let none = post(&admin, WORKSPACES, &calling("Room", &boston, None, Some("29999"))).await;
        let none = told("no such licence", &none);
        insta::assert_snapshot!("calling_that_cannot_be", [sentences, one, any, none].join("\n"));
        // Nothing was left behind.
        assert_eq!(support::get(&admin, WORKSPACES).await["items"].as_array().unwrap().len(), 6);
    }

    async fn a_change_that_cannot_be(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let lobby = workspace(&admin, "Lobby Phone").await;
        let huddle = workspace(&admin, "Harbor Huddle").await;
        let changes = refused_changes(&admin, &format!("{WORKSPACES}/{lobby}"), &[
            ("location", json!({ "displayName": "Lobby Phone", "locationId": world.location(CHICAGO) })),
            ("calling location", json!({ "displayName": "Lobby Phone", "calling": { "type": "webexCalling", "webexCalling": { "locationId": world.location(CHICAGO), "extension": "2222" } } })),
            ("devices", json!({ "displayName": "Lobby Phone", "supportedDevices": "collaborationDevices" })),
        ]).await;
        let numbers = |lines: Value| json!({ "phoneNumbers": lines });
        let telephony = |id: &str| format!("/v1/telephony/config/workspaces/{id}/numbers");
        let of_numbers = refused_changes(&admin, &telephony(&lobby), &[
            ("no list", json!({})),
            ("no action", numbers(json!([{ "directNumber": "+16175550150" }]))),
            ("action", numbers(json!([{ "action": "SWAP", "directNumber": "+16175550150" }]))),
            ("ring pattern", numbers(json!([{ "action": "ADD", "directNumber": "+16175550150", "ringPattern": "LONG_LONG" }]))),
            ("no number", numbers(json!([{ "action": "ADD", "extension": "2222" }]))),
            ("not held", numbers(json!([{ "action": "DELETE", "directNumber": "+16175550150" }]))),
            ("not professional", numbers(json!([{ "action": "ADD", "directNumber": world.spare(BOSTON, 2) }]))),
        ]).await;
        let without = refused_changes(&admin, &telephony(&huddle), &[("no calling", numbers(json!([])))]).await;
        let shown = told("numbers without calling", &admin.get(&telephony(&huddle)).send().await);
        insta::assert_snapshot!("a_change_that_cannot_be", [changes, of_numbers, without, shown].join("\n"));
    }

    async fn a_line_that_cannot_be(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let with = |extra: Value| {
            let mut body = json!({ "firstName": "Night", "lastName": "Desk", "locationId": world.location(BOSTON), "extension": world.extension(BOSTON, 9) });
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            body
        };
        let taken = world.small.people.iter().find(|person| person.location == BOSTON && person.extension.is_some()).unwrap();
        let made = refused(&admin, LINES, &[
            ("no first name", with(json!({ "firstName": "" }))),
            ("no last name", with(json!({ "lastName": null }))),
            ("long first name", with(json!({ "firstName": "x".repeat(31) }))),
            ("long last name", with(json!({ "lastName": "x".repeat(31) }))),
            ("long display name", with(json!({ "displayName": "x".repeat(257) }))),
            ("long caller id", with(json!({ "callerIdFirstName": "x".repeat(31) }))),
            ("caller id number", with(json!({ "callerIdNumber": "nobody" }))),
            ("no location", with(json!({ "locationId": null }))),
            ("location unknown", with(json!({ "locationId": "5a0e7f80-8f6c-4e8e-9d0a-0123456789ab" }))),
            ("location is nonsense", with(json!({ "locationId": "nonsense" }))),
            ("neither number nor extension", with(json!({ "extension": null }))),
            ("extension malformed", with(json!({ "extension": "1" }))),
            ("extension taken", with(json!({ "extension": taken.extension.unwrap().to_string() }))),
            ("number of another location", with(json!({ "phoneNumber": world.spare(CHICAGO, 0) }))),
            ("number in no stock", with(json!({ "phoneNumber": "+16175559999" }))),
            ("language", with(json!({ "announcementLanguage": "english" }))),
            ("time zone", with(json!({ "timeZone": "Boston" }))),
        ]).await;
        let night = line(&admin, "Night Dispatch").await;
        let changed = refused_changes(&admin, &format!("{LINES}/{night}"), &[
            ("location", json!({ "locationId": world.location(BOSTON) })),
            ("nothing left", json!({ "phoneNumber": "", "extension": "" })),
            ("long last name", json!({ "lastName": "x".repeat(65) })),
        ]).await;
        let search = refused_changes(&admin, &format!("{LINES}/{night}/directorySearch"), &[("no switch", json!({}))]).await;
        insta::assert_snapshot!("a_line_that_cannot_be", [made, changed, search].join("\n"));
    }

    async fn a_list_that_cannot_be(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let mut sentences = Vec::new();
        let wrong = [
            (WORKSPACES, "type=ballroom"),
            (WORKSPACES, "calling=pigeons"),
            (WORKSPACES, "capacity=many"),
            (WORKSPACES, "capacity=-2"),
            (WORKSPACES, "supportedDevices=faxes"),
            (WORKSPACES, "calendar=lotus"),
            (WORKSPACES, "devicePlatform=zoom"),
            (WORKSPACES, "healthLevel=poor"),
            (WORKSPACES, "plannedMaintenance=never"),
            (WORKSPACES, "deviceHostedMeetingsEnabled=maybe"),
            (WORKSPACES, "locationId=nonsense"),
            (WORKSPACES, "max=0"),
            (WORKSPACES, "start=-1"),
            (WORKSPACES, "cursor=%25"),
            (LINES, "order=colour"),
            (LINES, "order=fname-up"),
            (LINES, "order=fname,lname,extension,phoneNumber"),
            (LINES, "id=nonsense"),
            (LINES, "hasDnAssigned=maybe"),
            (LINES, "cursor=bm90aGluZw"),
        ];
        for (path, query) in wrong {
            sentences.push(told(query, &admin.get(&format!("{path}?{query}")).send().await));
        }
        insta::assert_snapshot!("a_list_that_cannot_be", sentences.join("\n"));
    }

    async fn a_location_that_is_needed_stays(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        sql("DELETE FROM person_number").run(&database).await.unwrap();
        sql("UPDATE person SET location_id = NULL, extension = NULL").run(&database).await.unwrap();
        let path = |position: usize| format!("/v1/telephony/config/locations/{}", world.location(position));
        let boston = told("workspaces", &delete(&admin, &path(BOSTON)).await);
        let chicago = told("both", &delete(&admin, &path(CHICAGO)).await);
        // A location without calling where a plain workspace stands.
        let barn = post(&admin, "/v1/locations", &json!({ "name": "Barn", "timeZone": "America/Chicago", "preferredLanguage": "en_us", "announcementLanguage": "en_us", "address": { "address1": "1 Lane", "city": "Ames", "state": "IA", "postalCode": "50010", "country": "US" } })).await;
        let barn = barn.json()["id"].as_str().unwrap().to_owned();
        let room = post(&admin, WORKSPACES, &json!({ "displayName": "Hayloft", "locationId": barn })).await.json();
        let plain = told("plain", &delete(&admin, &format!("/v1/locations/{barn}")).await);
        insta::assert_snapshot!("a_location_that_is_needed_stays", [boston, chicago, plain].join("\n"));
        assert_eq!(delete(&admin, &format!("{WORKSPACES}/{}", room["id"].as_str().unwrap())).await.status, 204);
        assert_eq!(delete(&admin, &format!("/v1/locations/{barn}")).await.status, 204);
    }
}
