//! Workspaces by the public API, as clients meet them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::Size;
use hub_directory::seed::{self, LicenseKind};
use serde_json::{Value, json};
use support::{BOSTON, CHICAGO, WORKSPACES, World, calling, delete, get, names, next, post, put, workspace};

const EVERYTHING: [&str; 6] = [
    "Atlantic Boardroom",
    "Besprechungsraum Spree",
    "Harbor Huddle",
    "Lobby Phone",
    "Terminal Hot Desk",
    "Warehouse Desk Dock 4",
];

kit_test::both_databases! {
    async fn they_are_listed_by_name_and_in_pages(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        assert_eq!(names(&get(&admin, WORKSPACES).await, "items"), EVERYTHING);
        let mut path = format!("{WORKSPACES}?max=4&includeCapabilities=true");
        let mut found = Vec::new();
        loop {
            let answer = admin.get(&path).send().await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let page = answer.json();
            assert!(page["items"][0]["capabilities"]["occupancyDetection"].is_object());
            found.extend(names(&page, "items"));
            match next(&answer) {
                Some(further) => path = further,
                None => break,
            }
        }
        assert_eq!(found, EVERYTHING);
        assert_eq!(names(&get(&admin, &format!("{WORKSPACES}?start=4")).await, "items"), EVERYTHING[4..]);
        // Whoever is renamed or added between two pages changes nothing of what was seen.
        let first = admin.get(&format!("{WORKSPACES}?max=3")).send().await;
        post(&admin, WORKSPACES, &json!({ "displayName": "Aardvark Room" })).await;
        assert_eq!(names(&get(&admin, &next(&first).unwrap()).await, "items"), EVERYTHING[3..]);
    }

    async fn they_are_filtered(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let location = world.location(BOSTON);
        let filtered: [(&str, &[&str]); 20] = [
            (&format!("locationId={location}"), &["Atlantic Boardroom", "Harbor Huddle", "Lobby Phone"]),
            (&format!("workspaceLocationId={location}&type=huddle"), &["Harbor Huddle"]),
            ("displayName=desk", &["Terminal Hot Desk", "Warehouse Desk Dock 4"]),
            ("displayName=BESPRECHUNGSRAUM", &["Besprechungsraum Spree"]),
            ("displayName=%25", &[]),
            ("capacity=14", &["Atlantic Boardroom"]),
            ("capacity=-1", &["Lobby Phone", "Warehouse Desk Dock 4"]),
            ("type=meetingRoom", &["Atlantic Boardroom", "Besprechungsraum Spree"]),
            ("calling=webexCalling", &["Atlantic Boardroom", "Lobby Phone", "Warehouse Desk Dock 4"]),
            ("calling=none", &["Terminal Hot Desk"]),
            ("calling=hybridCalling", &[]),
            ("supportedDevices=phones", &["Lobby Phone", "Warehouse Desk Dock 4"]),
            ("calendar=microsoft", &["Atlantic Boardroom", "Besprechungsraum Spree", "Harbor Huddle"]),
            ("deviceHostedMeetingsEnabled=true", &[]),
            ("deviceHostedMeetingsEnabled=false&capacity=4", &["Harbor Huddle"]),
            ("devicePlatform=cisco&type=desk", &["Terminal Hot Desk"]),
            ("healthLevel=ok", &EVERYTHING),
            ("healthLevel=error", &[]),
            ("plannedMaintenance=upcoming", &[]),
            ("customAttribute=colour", &[]),
        ];
        for (query, expected) in filtered {
            assert_eq!(names(&get(&admin, &format!("{WORKSPACES}?{query}")).await, "items"), expected, "{query}");
        }
    }

    async fn one_is_shown_with_what_was_asked_for(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let id = workspace(&admin, "Atlantic Boardroom").await;
        let mut shown = get(&admin, &format!("{WORKSPACES}/{id}?includeDevices=true")).await;
        assert_eq!(shown["calling"]["webexCalling"]["licenses"], json!([world.license(LicenseKind::CallingProfessional)]));
        assert_eq!(shown["locationId"], world.location(BOSTON));
        assert_eq!(shown["devices"], json!([]));
        for key in ["id", "orgId", "locationId", "sipAddress", "created", "calling"] {
            assert!(!shown[key].is_null(), "{key}");
            shown[key] = "…".into();
        }
        insta::assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap());
        let capabilities = get(&admin, &format!("{WORKSPACES}/{id}/capabilities")).await;
        assert_eq!(capabilities["id"], id.as_str());
        assert_eq!(capabilities["capabilities"].as_object().unwrap().len(), 10);
    }

    async fn one_without_calling_is_made_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let made = post(&admin, WORKSPACES, &json!({ "displayName": "  Quiet Corner ", "capacity": 2, "type": "focus", "notes": "By the window" })).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let made = made.json();
        assert_eq!(made["displayName"], "Quiet Corner");
        assert_eq!(made["calling"], json!({ "type": "freeCalling" }));
        assert_eq!(made["calendar"], json!({ "type": "none" }));
        let path = format!("{WORKSPACES}/{}", made["id"].as_str().unwrap());
        assert_eq!(get(&admin, &path).await, made);
        // Capacity, type and notes go when they are left out; calling, calendar and devices stay.
        let calendar = json!({ "type": "google", "emailAddress": "quiet@kestrelbay.example" });
        let changed = put(&admin, &path, &json!({ "displayName": "Quiet Room", "calendar": calendar, "hotdeskingStatus": "on", "deviceHostedMeetings": { "enabled": true, "siteUrl": "kestrelbay.webex.example" }, "indoorNavigation": { "url": "https://maps.example.com/2" }, "locationId": world.location(CHICAGO) })).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        let changed = changed.json();
        for gone in ["capacity", "type", "notes"] {
            assert!(changed[gone].is_null(), "{gone}");
        }
        assert_eq!(changed["hotdeskingStatus"], "on");
        assert_eq!(changed["deviceHostedMeetings"], json!({ "enabled": true, "siteUrl": "kestrelbay.webex.example" }));
        assert_eq!(changed["sipAddress"], made["sipAddress"]);
        let again = put(&admin, &path, &json!({ "displayName": "Quiet Room" })).await.json();
        for stays in ["calendar", "hotdeskingStatus", "deviceHostedMeetings", "locationId", "calling", "supportedDevices"] {
            assert_eq!(again[stays], changed[stays], "{stays}");
        }
        assert!(again["indoorNavigation"].is_null());
        assert_eq!(delete(&admin, &path).await.status, 204);
        assert_eq!(admin.get(&path).send().await.status, 404);
        assert_eq!(delete(&admin, &path).await.status, 404);
    }

    async fn calling_takes_a_licence_and_numbers_and_gives_them_back(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let before = world.units(LicenseKind::CallingWorkspaces).await;
        let (number, extension) = (world.spare(BOSTON, 0), world.extension(BOSTON, 0));
        let made = post(&admin, WORKSPACES, &calling("Mail Room", &world.location(BOSTON), Some(&number), Some(&extension))).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let made = made.json();
        assert_eq!(made["locationId"], world.location(BOSTON));
        assert_eq!(made["calling"]["webexCalling"]["licenses"], json!([world.license(LicenseKind::CallingWorkspaces)]));
        assert_eq!(world.units(LicenseKind::CallingWorkspaces).await, (before.0 + 1, before.1 + 1));
        let id = made["id"].as_str().unwrap();
        let path = format!("{WORKSPACES}/{id}");
        let numbers = get(&admin, &format!("{path}/features/numbers/")).await;
        assert_eq!(numbers, get(&admin, &format!("/v1/telephony/config/workspaces/{id}/numbers")).await);
        assert_eq!(numbers["phoneNumbers"], json!([{ "external": number, "extension": extension, "routingPrefix": "801", "esn": format!("801{extension}"), "primary": true }]));
        assert_eq!(numbers["location"], json!({ "id": world.location(BOSTON), "name": "Boston Headquarters" }));
        // What a client read it may send back: numbers and licence stay.
        let same = put(&admin, &path, &made).await;
        assert_eq!(same.status, 200, "{}", same.body);
        assert_eq!(same.json(), made);
        // Another licence, and the extension alone.
        let professional = world.license(LicenseKind::CallingProfessional);
        let held = world.units(LicenseKind::CallingProfessional).await;
        let changed = put(&admin, &path, &json!({ "displayName": "Mail Room", "calling": { "type": "webexCalling", "webexCalling": { "extension": extension, "licenses": [professional] } } })).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        assert_eq!(world.units(LicenseKind::CallingWorkspaces).await, before);
        assert_eq!(world.units(LicenseKind::CallingProfessional).await, (held.0 + 1, held.1 + 1));
        let numbers = get(&admin, &format!("{path}/features/numbers")).await;
        assert!(numbers["phoneNumbers"][0]["external"].is_null(), "{numbers}");
        // The number is free for somebody else at once.
        let other = post(&admin, WORKSPACES, &calling("Print Room", &world.location(BOSTON), Some(&number), None)).await;
        assert_eq!(other.status, 201, "{}", other.body);
        let free = put(&admin, &path, &json!({ "displayName": "Mail Room", "calling": { "type": "freeCalling" } })).await.json();
        assert_eq!(free["calling"], json!({ "type": "freeCalling" }));
        assert_eq!(world.units(LicenseKind::CallingProfessional).await, held);
        let taken = post(&admin, WORKSPACES, &calling("Third Room", &world.location(BOSTON), None, Some(&extension))).await;
        assert_eq!(taken.status, 201, "{}", taken.body);
        for room in [other, taken] {
            assert_eq!(delete(&admin, &format!("{WORKSPACES}/{}", room.json()["id"].as_str().unwrap())).await.status, 204);
        }
        assert_eq!(world.units(LicenseKind::CallingWorkspaces).await, before);
    }

    async fn alternate_numbers_come_and_go(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let id = workspace(&admin, "Atlantic Boardroom").await;
        let path = format!("/v1/telephony/config/workspaces/{id}/numbers");
        let (one, two) = (world.spare(BOSTON, 0), world.spare(BOSTON, 1));
        let change = |lines: Value| json!({ "distinctiveRingEnabled": true, "phoneNumbers": lines });
        let added = put(&admin, &path, &change(json!([{ "action": "ADD", "directNumber": one }, { "action": "ADD", "directNumber": two, "ringPattern": "NORMAL" }]))).await;
        assert_eq!(added.status, 204, "{}", added.body);
        let shown = get(&admin, &path).await;
        assert_eq!(shown["distinctiveRingEnabled"], true);
        assert_eq!(shown["phoneNumbers"][1], json!({ "external": one, "primary": false }));
        assert_eq!(shown["phoneNumbers"].as_array().unwrap().len(), 3);
        // A rename keeps them, and so does a change of the primary number.
        assert_eq!(put(&admin, &format!("{WORKSPACES}/{id}"), &json!({ "displayName": "Pacific Boardroom" })).await.status, 200);
        assert_eq!(get(&admin, &path).await["phoneNumbers"], shown["phoneNumbers"]);
        let removed = put(&admin, &path, &change(json!([{ "action": "DELETE", "directNumber": one }, { "primary": true, "action": "ADD", "extension": world.extension(BOSTON, 3) }]))).await;
        assert_eq!(removed.status, 204, "{}", removed.body);
        let shown = get(&admin, &path).await;
        assert_eq!(shown["phoneNumbers"][0]["extension"], world.extension(BOSTON, 3));
        assert_eq!(shown["phoneNumbers"][1]["external"], two);
    }

    async fn seeding_is_done_once_and_scales(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let before = get(&admin, WORKSPACES).await;
        world.telephony.seed(&world.small).await.unwrap();
        assert_eq!(get(&admin, WORKSPACES).await, before);
        let medium = seed::organization(Size::Medium, 7);
        world.seed(&medium).await;
        let count = |text: &'static str| {
            let statement = kit_sql::sql(text).bind(medium.id);
            let database = database.clone();
            async move { statement.one(&database).await.unwrap().integer("n").unwrap() }
        };
        let workspaces = count("SELECT COUNT(*) AS n FROM workspace WHERE organization_id = $1").await;
        let lines = count("SELECT COUNT(*) AS n FROM virtual_line WHERE organization_id = $1").await;
        assert!((100..=200).contains(&workspaces), "{workspaces}");
        assert!((20..=40).contains(&lines), "{lines}");
        let held = count("SELECT CAST(COALESCE(SUM(workspace_units), 0) AS BIGINT) AS n FROM license WHERE organization_id = $1 AND kind IN ('BCCOA', 'BCSTD')");
        let calling = count("SELECT COUNT(*) AS n FROM workspace WHERE organization_id = $1 AND license_id IS NOT NULL");
        assert_eq!(held.await, calling.await);
    }
}
