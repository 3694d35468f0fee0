//! Roles, organizations, licences and locations of the public API.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::seed::{LicenseKind, NamedPerson};
use serde_json::{Value, json};
use support::{World, public};
use webex::ResourceKind;

fn office() -> Value {
    json!({
        "name": "Lisboa", "timeZone": "Europe/Lisbon", "preferredLanguage": "pt_PT", "announcementLanguage": "pt_pt",
        "address": { "address1": "Rua Garrett 1", "city": "Lisboa", "postalCode": "1200-203", "country": "pt" }, "latitude": 38.71, "longitude": "-9.14",
    })
}

kit_test::both_databases! {
    async fn roles_organizations_and_licences_are_what_the_platform_says(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let roles = admin.get("/v1/roles").send().await.json();
        assert_eq!(roles["items"][0], json!({ "id": "Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg", "name": "Full Administrator" }));
        let id = roles["items"][0]["id"].as_str().unwrap();
        assert_eq!(admin.get(&format!("/v1/roles/{id}")).send().await.json(), roles["items"][0]);
        assert_eq!(admin.get("/v1/roles/nonsense").send().await.status, 404);

        let organizations = admin.get("/v1/organizations?callingData=true").send().await.json();
        let items = organizations["items"].as_array().unwrap();
        assert_eq!(items.len(), 1);
        assert_eq!(items[0]["displayName"], "Kestrel Bay Logistics");
        assert_eq!(items[0].as_object().unwrap().len(), 3);

        let licenses = admin.get("/v1/licenses").send().await.json();
        insta::assert_json_snapshot!("licences", licenses);
        let professional = world.license(LicenseKind::CallingProfessional);
        assert_eq!(admin.get(&format!("/v1/licenses/{professional}")).send().await.json(), licenses["items"][0]);
        let foreign = world.other.licenses[0].value.clone();
        let foreign = webex::PublicId::new(ResourceKind::License, foreign);
        assert_eq!(admin.get(&format!("/v1/licenses/{foreign}")).send().await.status, 404);
    }

    async fn the_holders_of_a_licence_come_in_pages(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let professional = world.license(LicenseKind::CallingProfessional);
        let mut path = format!("/v1/licenses/{professional}?includeAssignedTo=user&limit=17");
        let mut holders = Vec::new();
        loop {
            let answer = admin.get(&path).send().await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let users = answer.json()["users"].as_array().unwrap().clone();
            assert!(users.iter().all(|user| user["type"] == "INTERNAL" && user["email"].is_string()));
            holders.extend(users);
            let Some(link) = answer.header("link") else { break };
            path = link[1..link.find('>').unwrap()].to_owned();
        }
        let expected = world.small.license(LicenseKind::CallingProfessional).unwrap().consumed_units;
        assert_eq!(holders.len() as u64, expected);
    }

    async fn a_location_lives_and_dies(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let made = admin.post("/v1/locations").json(&office()).send().await;
        assert_eq!(made.status, 201, "{}", made.body);
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/locations/{id}");
        let location = admin.get(&path).send().await.json();
        assert_eq!(location["address"], json!({ "address1": "Rua Garrett 1", "city": "Lisboa", "postalCode": "1200-203", "country": "PT" }));
        assert_eq!((&location["latitude"], &location["longitude"]), (&json!("38.71"), &json!("-9.14")));
        let taken = admin.post("/v1/locations").json(&office()).send().await;
        assert_eq!(taken.status, 409, "{}", taken.body);
        let renamed = admin.put(&path).json(&json!({ "name": "Lisboa Baixa", "notes": null })).send().await;
        assert_eq!((renamed.status.as_u16(), renamed.body.as_str()), (204, ""));
        let found = admin.get("/v1/locations?name=BAIXA").send().await.json();
        assert_eq!(found["items"][0]["name"], "Lisboa Baixa");

        // Enabling it for calling repeats what it is.
        let calling = "/v1/telephony/config/locations";
        assert_eq!(admin.get(&format!("{calling}/{id}")).send().await.status, 404);
        let mut body = admin.get(&path).send().await.json();
        body["announcementLanguage"] = json!("pt_pt");
        let enabled = admin.post(calling).json(&body).send().await;
        assert_eq!((enabled.status.as_u16(), enabled.json()), (201, json!({ "id": id })));
        let settings = json!({ "callingLineId": { "phoneNumber": "+351213920000", "name": "Kestrel Bay" }, "routingPrefix": "905", "outsideDialDigit": "0" });
        assert_eq!(admin.put(&format!("{calling}/{id}")).json(&settings).send().await.status, 204);
        let detail = admin.get(&format!("{calling}/{id}")).send().await.json();
        assert_eq!((&detail["routingPrefix"], &detail["callingLineId"]), (&json!("905"), &json!({ "name": "Kestrel Bay", "phoneNumber": "+351213920000" })));
        let clash = json!({ "routingPrefix": world.small.locations[0].routing_prefix });
        assert_eq!(admin.put(&format!("{calling}/{id}")).json(&clash).send().await.status, 409);

        let refused = admin.delete(&path).send().await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Disable calling"), "{}", refused.body);
        assert_eq!(admin.delete(&format!("{calling}/{id}")).send().await.status, 204);
        assert_eq!(admin.delete(&path).send().await.status, 204);
        assert_eq!(admin.get(&path).send().await.status, 404);
    }

    async fn locations_come_by_name_in_pages(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let mut names = Vec::new();
        let mut path = "/v1/locations?max=1".to_owned();
        loop {
            let answer = admin.get(&path).send().await;
            names.push(answer.json()["items"][0]["name"].as_str().unwrap().to_owned());
            let Some(link) = answer.header("link") else { break };
            path = link[1..link.find('>').unwrap()].to_owned();
        }
        assert_eq!(names, ["Berlin Office", "Boston Headquarters", "Chicago Distribution Center", "Oakland Terminal"]);
        let calling = admin.get("/v1/telephony/config/locations?order=desc&max=2").send().await;
        assert_eq!(calling.json()["locations"][0]["name"], "Oakland Terminal");
        assert!(calling.header("link").is_some());
        insta::assert_json_snapshot!("a_location_and_its_calling_side", json!([
            admin.get(&format!("/v1/locations/{}", world.location(0))).send().await.json(),
            admin.get("/v1/telephony/config/locations").send().await.json()["locations"][1],
            admin.get(&format!("/v1/telephony/config/locations/{}", world.location(0))).send().await.json(),
        ]));
    }

    async fn calling_cannot_leave_people_behind(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let refused = admin.delete(&format!("/v1/telephony/config/locations/{}", world.location(0))).send().await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("people have calling at"), "{}", refused.body);
    }

    async fn what_a_location_cannot_be_is_refused(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        for (key, value) in [("name", json!("")), ("timeZone", Value::Null), ("address", Value::Null), ("announcementLanguage", Value::Null), ("latitude", json!("91"))] {
            let mut body = office();
            body[key] = value;
            assert_eq!(admin.post("/v1/locations").json(&body).send().await.status, 400, "{key}");
        }
        let reader = world.app_of(NamedPerson::ReadOnlyAdmin).await;
        assert_eq!(reader.post("/v1/locations").json(&office()).send().await.status, 403);
        assert_eq!(reader.get("/v1/locations").send().await.status, 200);
        let foreign = public(ResourceKind::Organization, world.other.id);
        assert_eq!(admin.get(&format!("/v1/locations?orgId={foreign}")).send().await.status, 404);
    }
}
