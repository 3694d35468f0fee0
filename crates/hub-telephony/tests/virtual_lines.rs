//! Virtual lines by the public API, as clients meet them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use kit_test::App;
use serde_json::json;
use support::{BOSTON, CHICAGO, LINES, World, delete, get, line, names, next, post, put};
use webex::ResourceKind;

/// Four lines at two locations: with number, with extension, with both.
async fn some_lines(world: &World, admin: &App) {
    let boston = world.location(BOSTON);
    let lines = [
        json!({ "firstName": "Zoë", "lastName": "Archer", "locationId": boston, "phoneNumber": world.spare(BOSTON, 0) }),
        json!({ "firstName": "Anna", "lastName": "Zeller", "locationId": boston, "extension": world.extension(BOSTON, 1) }),
    ];
    for body in lines {
        let made = post(admin, LINES, &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
}

async fn listed(admin: &App, query: &str) -> Vec<String> {
    names(&get(admin, &format!("{LINES}?{query}")).await, "virtualLines")
}

kit_test::both_databases! {
    async fn they_are_listed_filtered_and_ordered(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        some_lines(&world, &admin).await;
        let all = ["Anna Zeller", "Customs Hotline", "Night Dispatch", "Zoë Archer"];
        assert_eq!(listed(&admin, "").await, all);
        let (boston, chicago) = (world.location(BOSTON), world.location(CHICAGO));
        let night = line(&admin, "Night Dispatch").await;
        let number = world.spare(BOSTON, 0);
        let mut by_number = ["Night Dispatch", "Zoë Archer"];
        by_number.sort_by_key(|name| if *name == "Zoë Archer" { number.clone() } else { world.spare(CHICAGO, 0) });
        let cases: [(&str, &[&str]); 29] = [
            (&format!("locationId={boston}"), &["Anna Zeller", "Zoë Archer"]),
            (&format!("locationId={boston}&locationId={chicago}"), &["Anna Zeller", "Night Dispatch", "Zoë Archer"]),
            (&format!("id={night}"), &["Night Dispatch"]),
            ("ownerName=zoe&ownerName=dispatch", &["Night Dispatch", "Zoë Archer"]),
            (&format!("phoneNumber=%2B{}", &number[1..]), &["Zoë Archer"]),
            (&format!("phoneNumber={}", world.extension(BOSTON, 1)), &["Anna Zeller"]),
            ("locationName=chicago", &["Night Dispatch"]),
            ("locationName=chicago&locationName=OAKLAND", &["Customs Hotline", "Night Dispatch"]),
            ("locationName=nowhere", &[]),
            ("hasDnAssigned=true", &["Night Dispatch", "Zoë Archer"]),
            ("hasDnAssigned=false", &["Anna Zeller", "Customs Hotline"]),
            ("hasExtensionAssigned=false", &["Zoë Archer"]),
            ("hasDeviceAssigned=true", &[]),
            ("hasDeviceAssigned=false&hasExtensionAssigned=true&hasDnAssigned=true", &["Night Dispatch"]),
            ("order=lastName-desc", &["Anna Zeller", "Customs Hotline", "Night Dispatch", "Zoë Archer"]),
            ("order=lname", &["Zoë Archer", "Night Dispatch", "Customs Hotline", "Anna Zeller"]),
            ("order=locationName-desc&order=firstName-desc", &["Customs Hotline", "Night Dispatch", "Zoë Archer", "Anna Zeller"]),
            ("order=firstName-desc&start=1&max=2", &["Night Dispatch", "Customs Hotline"]),
            ("hasExtensionAssigned=true&start=1&max=1", &["Customs Hotline"]),
            ("order=phoneNumber&hasDnAssigned=true&max=1", by_number[..1].as_ref()),
            ("order=phoneNumber-desc&hasDnAssigned=true", &[by_number[1], by_number[0]]),
            ("order=phoneNumber&hasDnAssigned=true&start=1", &by_number[1..]),
            (&format!("order=extension&locationId={boston}"), &["Anna Zeller", "Zoë Archer"]),
            (&format!("order=extension-desc&locationId={boston}&start=1"), &["Anna Zeller"]),
            (&format!("order=extension&hasExtensionAssigned=true&id={night}"), &["Night Dispatch"]),
            ("order=locationName&hasExtensionAssigned=true", &["Anna Zeller", "Night Dispatch", "Customs Hotline"]),
            ("order=locationName-desc&start=1&max=2", &["Night Dispatch", "Zoë Archer"]),
            (&format!("order=phoneNumber&order=lastName&locationId={boston}&locationId={chicago}"), &[by_number[0], by_number[1], "Anna Zeller"]),
            (&format!("order=extension&phoneNumber={}", &number[5..]), &["Zoë Archer"]),
        ];
        for (query, expected) in cases {
            assert_eq!(listed(&admin, query).await, expected, "{query}");
        }
    }

    async fn pages_carry_every_filter_on(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        some_lines(&world, &admin).await;
        let filters = format!("locationId={}&locationId={}", world.location(BOSTON), world.location(CHICAGO));
        for order in ["", "&order=phoneNumber-desc", "&order=firstName-desc"] {
            let whole = listed(&admin, &format!("{filters}{order}")).await;
            let mut path = format!("{LINES}?max=1&{filters}{order}");
            let mut found = Vec::new();
            loop {
                let answer = admin.get(&path).send().await;
                found.extend(names(&answer.json(), "virtualLines"));
                match next(&answer) {
                    Some(further) => path = further,
                    None => break,
                }
            }
            assert_eq!(found, whole, "{order}");
            assert_eq!(found.len(), 3);
        }
    }

    async fn one_is_made_shown_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let (number, extension) = (world.spare(CHICAGO, 0), world.extension(CHICAGO, 0));
        let made = post(&admin, LINES, &json!({ "firstName": "Dock", "lastName": "Office", "locationId": world.location(CHICAGO), "phoneNumber": number, "extension": extension, "callerIdNumber": "312-555-0100" })).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let id = made.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(made.json().as_object().unwrap().len(), 1);
        let path = format!("{LINES}/{id}");
        let mut shown = get(&admin, &path).await;
        for key in ["id", "location", "number"] {
            shown[key] = "…".into();
        }
        insta::assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap());
        let shown = get(&admin, &path).await;
        assert_eq!(shown["number"], json!({ "external": number, "extension": extension, "routingPrefix": "802", "esn": format!("802{extension}"), "primary": true }));
        assert_eq!(shown["location"]["address"]["city"], "Chicago");
        assert_eq!(get(&admin, &format!("{path}/number")).await, json!({ "phoneNumber": { "directNumber": number, "extension": extension, "primary": true } }));
        assert_eq!(get(&admin, &format!("{path}/devices")).await["devices"], json!([]));
        assert_eq!(get(&admin, &format!("{path}/dectNetworks")).await, json!({ "dectNetworks": [] }));
        // What is left out stays; an empty number goes.
        let changed = put(&admin, &path, &json!({ "lastName": "Desk", "phoneNumber": "", "timeZone": "America/Denver", "announcementLanguage": "fr_ca" })).await;
        assert_eq!(changed.status, 204, "{}", changed.body);
        let shown = get(&admin, &path).await;
        assert_eq!((&shown["firstName"], &shown["lastName"], &shown["timeZone"], &shown["announcementLanguage"]), (&json!("Dock"), &json!("Desk"), &json!("America/Denver"), &json!("fr_ca")));
        assert!(shown["number"]["external"].is_null());
        assert_eq!(shown["number"]["extension"], extension.as_str());
        assert_eq!(put(&admin, &format!("{path}/directorySearch"), &json!({ "enabled": false })).await.status, 204);
        assert_eq!(get(&admin, &path).await["directorySearchEnabled"], false);
        assert_eq!(delete(&admin, &path).await.status, 204);
        assert_eq!(admin.get(&path).send().await.status, 404);
        // The extension is free again, also for a workspace.
        let room = support::calling("Dock Phone", &world.location(CHICAGO), Some(&number), Some(&extension));
        let room = post(&admin, support::WORKSPACES, &room).await;
        assert_eq!(room.status, 201, "{}", room.body);
    }

    async fn an_organization_sees_its_own_lines_alone(database: Database) {
        let world = World::new(&database).await;
        let stranger = world.stranger().await;
        assert_eq!(listed(&stranger, "").await, ["After-Hours Triage"]);
        let foreign = support::public(ResourceKind::Location, world.small.locations[BOSTON].id);
        assert!(listed(&stranger, &format!("locationId={foreign}")).await.is_empty());
        let refused = post(&stranger, LINES, &json!({ "firstName": "A", "lastName": "B", "locationId": foreign, "extension": "7777" })).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
    }
}
