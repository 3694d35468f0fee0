//! The list of numbers and the stock of a location, as programs meet them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::collections::BTreeSet;

use hub_directory::seed::NamedPerson;
use hub_numbers::{OwnerKind, Wanted};
use kit_test::App;
use serde_json::{Value, json};
use support::{World, public, wanted};
use webex::ResourceKind;

const NUMBERS: &str = "/v1/telephony/config/numbers";

async fn get(app: &App, path: &str) -> Value {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

async fn entries(app: &App, query: &str) -> Vec<Value> {
    get(app, &format!("{NUMBERS}?{query}")).await["phoneNumbers"]
        .as_array()
        .unwrap()
        .clone()
}

async fn numbers(app: &App, query: &str) -> Vec<String> {
    let text = |entry: &Value| entry["phoneNumber"].as_str().unwrap_or_default().to_owned();
    entries(app, query).await.iter().map(text).collect()
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// One hunt group with a toll-free alternate, one queue with an extension alone.
async fn with_features(world: &World, admin: &App) {
    let stock = format!(
        "/v1/telephony/config/locations/{}/numbers",
        world.public_location(0)
    );
    let body = json!({ "phoneNumbers": ["+1 800 555 0142"], "state": "ACTIVE", "numberType": "TOLLFREE" });
    assert_eq!(admin.post(&stock).json(&body).send().await.status, 201);
    let sales = world.hunt_group(0, "Sales");
    let with_alternate = Wanted {
        alternates: vec!["+18005550142".to_owned()],
        ..wanted(Some(&world.spare(0, 0)), Some(&world.spare_extension(0, 100)))
    };
    world.assign(&sales, &with_alternate).await.unwrap();
    let queue = world.owner(1, OwnerKind::CallQueue, "Billing");
    world
        .assign(&queue, &wanted(None, Some(&world.spare_extension(1, 100))))
        .await
        .unwrap();
}

kit_test::both_databases! {
    async fn the_list_holds_everything_once_over_pages_and_in_three_orders(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        with_features(&world, &admin).await;
        let all = entries(&admin, "").await;
        let people = world.small.people.iter().filter(|person| person.extension.is_some() || person.number.is_some()).count();
        let stock: usize = world.small.locations.iter().map(|location| location.spare_numbers.len() + 1).sum();
        assert_eq!(all.len(), people + stock + 2);
        for (order, key) in [("dn", "phoneNumber"), ("extension", "extension"), ("lastName", "")] {
            let mut path = format!("{NUMBERS}?max=7&order={order}");
            let mut walked = Vec::new();
            loop {
                let answer = admin.get(&path).send().await;
                walked.extend(answer.json()["phoneNumbers"].as_array().unwrap().clone());
                let Some(link) = answer.header("link") else { break };
                path = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
                assert!(path.contains("max=7") && path.contains(&format!("order={order}")), "{path}");
            }
            let ids = |entries: &[Value]| entries.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
            assert_eq!((walked.len(), ids(&walked)), (all.len(), ids(&all)), "{order}");
            let values: Vec<String> = walked.iter().map(|entry| match key {
                "" => entry["owner"]["lastName"].as_str().map_or_else(|| entry["owner"]["displayName"].as_str().unwrap_or("\u{10ffff}").to_owned(), ToOwned::to_owned),
                key => entry[key].as_str().unwrap_or("~").to_owned(),
            }).map(|value| kit::search_key(&value)).collect();
            assert!(values.is_sorted(), "{order}: {values:?}");
        }
        assert_eq!(entries(&admin, "start=5&max=3").await, all[5..8]);
        assert!(entries(&admin, "start=100000").await.is_empty());
    }

    async fn an_entry_says_what_the_platform_says(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        with_features(&world, &admin).await;
        let first = entries(&admin, &format!("phoneNumber={}", encoded(&world.spare(0, 0)))).await;
        insta::assert_json_snapshot!("a_hunt_groups_number", first);
        let heidi = world.id_of(NamedPerson::HeidiHarper);
        insta::assert_json_snapshot!("heidis_number", entries(&admin, &format!("ownerId={}", public(ResourceKind::People, heidi.uuid()))).await);
        insta::assert_json_snapshot!("an_extension_alone", entries(&admin, "ownerType=CALL_QUEUE").await);
        let mut main = entries(&admin, &format!("locationId={}&assigned=false", world.public_location(2))).await;
        main.retain(|entry| entry["mainNumber"] == true);
        insta::assert_json_snapshot!("a_main_number", main);
    }

    async fn every_filter_finds_what_it_says(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        with_features(&world, &admin).await;
        let all = entries(&admin, "").await;
        let matching = |wanted: fn(&Value) -> bool| all.iter().filter(|entry| wanted(entry)).cloned().collect::<Vec<_>>();
        let same = |query: &'static str, wanted: fn(&Value) -> bool| (query, matching(wanted));
        for (query, expected) in [
            same("assigned=true", |entry| !entry["owner"].is_null() && !entry["phoneNumber"].is_null()),
            same("assigned=false", |entry| entry["owner"].is_null()),
            same("available=true", |entry| entry["owner"].is_null()),
            same("available=false", |entry| !entry["owner"].is_null() && !entry["phoneNumber"].is_null()),
            same("available=true&assigned=true", |_| false),
            same("numberType=EXTENSION", |entry| entry["phoneNumber"].is_null()),
            same("numberType=NUMBER", |entry| !entry["phoneNumber"].is_null()),
            same("state=INACTIVE", |entry| entry["state"] == "INACTIVE"),
            same("state=ACTIVE", |entry| entry["state"] == "ACTIVE"),
            same("phoneNumberType=ALTERNATE", |entry| entry["phoneNumberType"] == "ALTERNATE"),
            same("phoneNumberType=PRIMARY", |entry| entry["phoneNumberType"] == "PRIMARY"),
            same("phoneNumberType=FAX", |_| false),
            same("tollFreeNumbers=true", |entry| entry["tollFreeNumber"] == true),
            same("ownerType=PEOPLE", |entry| entry["owner"]["type"] == "PEOPLE"),
            same("ownerType=HUNT_GROUP", |entry| entry["owner"]["type"] == "HUNT_GROUP"),
            same("ownerType=PAGING_GROUP", |_| false),
            same("ownerName=HARPER", |entry| entry["owner"]["lastName"] == "Harper"),
            same("ownerName=heidi%20har", |entry| entry["owner"]["displayName"] == "Heidi Harper"),
            same("ownerName=sal", |entry| entry["owner"]["displayName"] == "Sales"),
            same("reservedNumber=true", |_| false),
            same("reservedNumber=false", |_| true),
            same("elinEnabled=true", |_| false),
            same("serviceNumber=true", |_| false),
            same("restrictedNonGeoNumbers=true", |_| false),
            same("includedTelephonyTypes=MOBILE_NUMBER", |_| false),
            same("includedTelephonyTypes=PSTN_NUMBER,MOBILE_NUMBER", |_| true),
            same("phoneNumber=%2B1617", |entry| entry["phoneNumber"].as_str().is_some_and(|number| number.starts_with("+1617"))),
            same("phoneNumber=617555", |entry| entry["phoneNumber"].as_str().is_some_and(|number| number.starts_with("+1617555"))),
            same("phoneNumber=nonsense", |_| false),
        ] {
            assert_eq!(entries(&admin, query).await, expected, "{query}");
        }
        assert!(!matching(|entry| entry["state"] == "INACTIVE").is_empty());
        let place = world.public_location(1);
        let here: Vec<Value> = all.iter().filter(|entry| entry["location"]["id"] == place).cloned().collect();
        assert_eq!(entries(&admin, &format!("locationId={place}")).await, here);
        let extension = world.spare_extension(1, 100);
        assert_eq!(entries(&admin, &format!("extension={extension}")).await.len(), all.iter().filter(|entry| entry["extension"] == extension).count());
        let two = format!("{},{}", world.spare(0, 3), world.spare(1, 3));
        assert_eq!(numbers(&admin, &format!("phoneNumber={}", encoded(&two))).await.len(), 2);
        for (query, words) in [
            ("numberType=EXTENSION&available=true", "available cannot be used together with numberType=EXTENSION"),
            ("numberType=EXTENSION&assigned=true", "assigned cannot"),
            ("numberType=EXTENSION&state=ACTIVE", "state cannot"),
            ("reservedNumber=true&available=true", "available cannot be used together with reservedNumber"),
            ("reservedNumber=false&assigned=false", "assigned cannot"),
            ("numberType=FAX", "EXTENSION or NUMBER"),
            ("state=active", "ACTIVE or INACTIVE"),
            ("ownerType=ROBOT", "ownerType must be one of PEOPLE"),
            ("order=size", "lastName, dn or extension"),
            ("available=maybe", "true or false"),
            ("ownerId=nobody", "ownerId is not the id"),
            ("extension=12a", "extension must be digits"),
            ("max=0", "greater than zero"),
            ("cursor=%25", "cursor"),
        ] {
            let answer = admin.get(&format!("{NUMBERS}?{query}")).send().await;
            assert_eq!(answer.status, 400, "{query}");
            assert!(answer.json()["message"].as_str().unwrap().contains(words), "{query}: {}", answer.body);
        }
    }

    async fn the_figures_count_the_whole_organization(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        with_features(&world, &admin).await;
        let answer = get(&admin, &format!("{NUMBERS}?details=true&max=1")).await;
        assert_eq!(answer["phoneNumbers"].as_array().unwrap().len(), 1);
        let count = &answer["count"];
        for (key, query) in [
            ("assigned", "assigned=true"), ("unAssigned", "assigned=false"), ("available", "available=true"), ("inActive", "state=INACTIVE"),
            ("extensionOnly", "numberType=EXTENSION"), ("tollFreeNumbers", "tollFreeNumbers=true"), ("total", ""), ("reservedNumber", "reservedNumber=true"),
        ] {
            assert_eq!(count[key], json!(entries(&admin, query).await.len()), "{key}");
        }
        assert!(get(&admin, NUMBERS).await["count"].is_null());
    }

    async fn numbers_are_added_activated_and_removed(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let stock = format!("/v1/telephony/config/locations/{}/numbers", world.public_location(0));
        let body = json!({ "phoneNumbers": ["(617) 555-0177", "+16175550178", world.spare(0, 0)], "state": "INACTIVE" });
        let added = admin.post(&stock).json(&body).send().await;
        assert_eq!((added.status.as_u16(), added.body.as_str()), (201, ""));
        assert_eq!(entries(&admin, "phoneNumber=%2B16175550177").await[0]["state"], "INACTIVE");
        // What was there stays as it was.
        assert_eq!(entries(&admin, &format!("phoneNumber={}", encoded(&world.spare(0, 0)))).await[0]["state"], "ACTIVE");
        let both = json!({ "phoneNumbers": ["+16175550177", "+16175550178"] });
        assert_eq!(admin.put(&stock).json(&both).send().await.status, 204);
        assert_eq!(entries(&admin, "phoneNumber=%2B16175550178").await[0]["state"], "ACTIVE");
        let down = json!({ "phoneNumbers": ["+16175550178"], "action": "DEACTIVATE" });
        assert_eq!(admin.put(&stock).json(&down).send().await.status, 204);
        assert_eq!(entries(&admin, "phoneNumber=%2B16175550178").await[0]["state"], "INACTIVE");
        assert_eq!(admin.delete(&stock).json(&both).send().await.status, 204);
        assert!(entries(&admin, "phoneNumber=%2B1617555017").await.is_empty());
        assert_eq!(admin.delete(&stock).json(&both).send().await.status, 400);
    }

    async fn bad_numbers_are_named_and_nothing_is_done(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let stock = format!("/v1/telephony/config/locations/{}/numbers", world.public_location(0));
        let foreign = world.other.locations[0].spare_numbers[0].to_string();
        let body = json!({ "phoneNumbers": ["+16175550177", "call me", world.spare(1, 0), foreign] });
        let answer = admin.post(&stock).json(&body).send().await;
        assert_eq!(answer.status, 400);
        let errors = answer.json()[0]["errors"].as_array().unwrap().clone();
        let codes: Vec<&str> = errors.iter().map(|error| error["errorCode"].as_str().unwrap()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, ["DUPLICATE", "INVALID", "UNAVAILABLE"]);
        assert!(entries(&admin, "phoneNumber=%2B16175550177").await.is_empty());
        let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
        let hers = heidi.number.unwrap().to_string();
        let at = format!("/v1/telephony/config/locations/{}/numbers", world.public_location(heidi.location));
        let main = world.place(heidi.location).main_number.to_string();
        for (body, status, words) in [
            (json!({ "phoneNumbers": [] }), 400, "at least one number"),
            (json!({ "phoneNumbers": ["+16175550999"] }), 400, "not in the stock of"),
            (json!({ "phoneNumbers": [hers] }), 409, "belongs to Heidi Harper"),
            (json!({ "phoneNumbers": [main] }), 409, "is the main number"),
            (json!({ "phoneNumbers": [world.spare((heidi.location + 1) % 4, 0)] }), 400, "not in the stock of"),
        ] {
            let answer = admin.delete(&at).json(&body).send().await;
            assert_eq!(answer.status, status, "{body}");
            assert!(answer.json()["message"].as_str().unwrap().contains(words), "{}", answer.body);
        }
        let down = json!({ "phoneNumbers": [hers], "action": "DEACTIVATE" });
        assert_eq!(admin.put(&at).json(&down).send().await.status, 409);
        for (body, words) in [
            (json!({ "phoneNumbers": ["+16175550177"], "numberType": "MOBILE" }), "mobile carrier"),
            (json!({ "phoneNumbers": ["+16175550177"], "state": "ON" }), "ACTIVE or INACTIVE"),
            (json!({ "phoneNumbers": ["+16175550177"], "numberUsageType": "X" }), "NONE or SERVICE"),
            (json!({}), "at least one number"),
            (json!({ "phoneNumbers": vec!["+16175550177"; 2_001] }), "more than 2000"),
        ] {
            let answer = admin.post(&stock).json(&body).send().await;
            assert_eq!(answer.status, 400);
            assert!(answer.json()["message"].as_str().unwrap().contains(words), "{}", answer.body);
        }
    }

    async fn numbers_and_extensions_are_validated(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let foreign = world.other.locations[0].spare_numbers[0].to_string();
        let body = json!({ "phoneNumbers": ["+16175550177", "617-555-0177", world.spare(0, 0), foreign, "x", "+18005550100"] });
        let answer = admin.post("/v1/telephony/config/actions/validateNumbers/invoke").json(&body).send().await.json();
        let states: Vec<&str> = answer["phoneNumbers"].as_array().unwrap().iter().map(|item| item["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["Available", "Duplicate In List", "Duplicate", "Unavailable", "Invalid", "Available"]);
        assert_eq!((&answer["status"], &answer["phoneNumbers"][5]["tollFreeNumber"]), (&json!("ERRORS"), &json!(true)));
        let good = admin.post("/v1/telephony/config/actions/validateNumbers/invoke").json(&json!({ "phoneNumbers": ["+16175550177"] })).send().await;
        assert_eq!(good.json()["status"], "OK");
        let taken = world.small.people.iter().find(|person| person.location == 0 && person.extension.is_some()).unwrap().extension.unwrap().to_string();
        let body = json!({ "extensions": [taken, world.spare_extension(0, 5), world.spare_extension(0, 5), "1"] });
        let at = format!("/v1/telephony/config/locations/{}/actions/validateExtensions/invoke", world.public_location(0));
        let answer = admin.post(&at).json(&body).send().await.json();
        let states: Vec<&str> = answer["extensionStatus"].as_array().unwrap().iter().map(|item| item["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["DUPLICATE", "VALID", "DUPLICATE_IN_LIST", "INVALID"]);
        let answer = admin.post("/v1/telephony/config/actions/validateExtensions/invoke").json(&json!({ "extensions": [taken] })).send().await.json();
        assert_eq!(answer["status"], "OK");
    }

    async fn available_numbers_fit_their_purpose(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        with_features(&world, &admin).await;
        let base = "/v1/telephony/config";
        let place = world.public_location(0);
        let list = async |path: String| get(&admin, &format!("{base}/{path}")).await["phoneNumbers"].as_array().unwrap().clone();
        let spares = world.place(0).spare_numbers.len();
        // One is the hunt group's by now.
        let for_people = list(format!("people/primary/availableNumbers?locationId={place}")).await;
        assert_eq!(for_people.len(), spares - 1);
        assert!(for_people.iter().all(|item| item["owner"].is_null() && item["isMainNumber"] == false && item["location"]["id"] == place));
        let for_groups = list(format!("locations/{place}/huntGroups/availableNumbers")).await;
        assert_eq!(for_groups.len(), spares, "the main number is offered to features");
        let everywhere = list("virtualLines/availableNumbers".to_owned()).await;
        assert_eq!(everywhere.len(), world.small.locations.iter().map(|location| location.spare_numbers.len()).sum::<usize>() - 1);
        let destinations = list(format!("locations/{place}/queues/callForwarding/availableNumbers")).await;
        assert!(!destinations.is_empty() && destinations.iter().all(|item| !item["owner"].is_null()));
        let toll_free = |item: &Value| item["tollFreeNumber"] == true;
        assert!(list(format!("locations/{place}/availableNumbers")).await.iter().any(toll_free));
        assert!(!list(format!("locations/{place}/chargeNumber/availableNumbers")).await.iter().any(toll_free));
        let heidi = public(ResourceKind::People, world.id_of(NamedPerson::HeidiHarper).uuid());
        assert!(!list(format!("people/{heidi}/secondary/availableNumbers")).await.is_empty());
        let one = world.spare(0, 5);
        assert_eq!(list(format!("people/primary/availableNumbers?phoneNumber={}", encoded(&one))).await.len(), 1);
        assert!(list(format!("people/primary/availableNumbers?phoneNumber={}", encoded(&world.spare(0, 0)))).await.is_empty());
        let first = admin.get(&format!("{base}/virtualLines/availableNumbers?max=2")).send().await;
        assert!(first.header("link").unwrap().contains("/virtualLines/availableNumbers?"));
    }

    async fn a_job_moves_what_can_be_moved_and_says_why_not(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = "/v1/telephony/config/jobs/numbers/manageNumbers";
        let (from, to) = (world.public_location(0), world.public_location(1));
        let main = world.place(0).main_number.to_string();
        let numbers = json!([world.spare(0, 1), world.spare(0, 2), main, "nonsense", world.spare(0, 2)]);
        let body = json!({ "operation": "MOVE", "targetLocationId": to, "numberList": [{ "locationId": from, "numbers": numbers }] });
        let job = admin.post(path).json(&body).send().await;
        assert_eq!(job.status, 202, "{}", job.body);
        let job = job.json();
        assert_eq!((&job["latestExecutionStatus"], &job["latestExecutionExitCode"]), (&json!("COMPLETED"), &json!("COMPLETED_WITH_ERRORS")));
        assert_eq!((&job["counts"]["numbersMoved"], &job["counts"]["numbersFailed"], &job["counts"]["totalNumbers"]), (&json!(2), &json!(3), &json!(5)));
        assert_eq!(entries(&admin, &format!("phoneNumber={}", encoded(&world.spare(0, 1)))).await[0]["location"]["id"], to);
        // A number that moved is given at its new place.
        world.assign(&world.hunt_group(1, "Moved"), &wanted(Some(&world.spare(0, 1)), None)).await.unwrap();
        let one = format!("{path}/{}", job["id"].as_str().unwrap());
        assert_eq!(get(&admin, &one).await, job);
        let errors = get(&admin, &format!("{one}/errors")).await;
        let errors = errors["items"].as_array().unwrap();
        assert_eq!(errors.len(), 3);
        assert!(errors[0]["error"]["message"][0]["description"].as_str().unwrap().contains("main number"), "{errors:?}");
        let body = json!({ "operation": "DELETE", "numberList": [{ "locationId": from, "numbers": [world.spare(0, 3)] }] });
        assert_eq!(admin.post(path).json(&body).send().await.json()["counts"]["numbersDeleted"], 1);
        assert!(entries(&admin, &format!("phoneNumber={}", encoded(&world.spare(0, 3)))).await.is_empty());
        let listed = get(&admin, path).await;
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][1]), (2, &job));
        assert_eq!(admin.post(&format!("{one}/actions/pause/invoke")).send().await.status, 409);
        let abroad = world.small.locations.iter().position(|location| location.country != "US").unwrap();
        for (body, words) in [
            (json!({ "operation": "MOVE", "targetLocationId": world.public_location(abroad), "numberList": [{ "locationId": from, "numbers": [world.spare(0, 4)] }] }), "different countries"),
            (json!({ "operation": "MOVE", "numberList": [{ "locationId": from, "numbers": [world.spare(0, 4)] }] }), "targetLocationId is missing"),
            (json!({ "operation": "MOVE", "targetLocationId": from, "numberList": [{ "locationId": from, "numbers": [world.spare(0, 4)] }] }), "are at"),
            (json!({ "operation": "MOVE", "targetLocationId": to, "numberList": [] }), "one to 1000"),
            (json!({ "operation": "SELL" }), "operation must be"),
        ] {
            let answer = admin.post(path).json(&body).send().await;
            assert_eq!(answer.status, 400, "{body}");
            assert!(answer.json()["message"].as_str().unwrap().contains(words), "{}", answer.body);
        }
    }

    async fn locations_keep_their_main_number_and_their_calling_while_somebody_has_numbers(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let caller = world.session(NamedPerson::FullAdmin).await;
        let change = |number: &str, prefix: &str| serde_json::from_value(json!({ "callingLineId": { "phoneNumber": number }, "routingPrefix": prefix })).unwrap();
        let id = world.location(0);
        world.directory.configure_calling(&caller, id, change("+16175550188", "777")).await.unwrap();
        let main = entries(&admin, "phoneNumber=%2B16175550188").await;
        assert_eq!((&main[0]["mainNumber"], &main[0]["state"]), (&json!(true), &json!("ACTIVE")));
        let before = world.place(0).main_number.to_string();
        assert_eq!(entries(&admin, &format!("phoneNumber={}", encoded(&before))).await[0]["mainNumber"], false);
        let at_location = entries(&admin, &format!("locationId={}&ownerType=PEOPLE", world.public_location(0))).await;
        assert!(at_location[0]["esn"].as_str().unwrap().starts_with("777"));
        let error = world.directory.configure_calling(&caller, id, change(&world.spare(1, 0), "777")).await.unwrap_err();
        assert!(error.public().contains("belongs to another location"), "{error}");
        // Nobody is left but a hunt group: calling stays until it is gone, and then the stock goes as well.
        for person in world.small.people.iter().filter(|person| person.location == 3 && person.extension.is_some()) {
            world.edit(hub_directory::PersonId::new(person.id), |draft| { draft.licenses.clear(); draft.calling.complete = false; }).await.unwrap();
        }
        let group = world.hunt_group(3, "Last");
        world.assign(&group, &wanted(None, Some(&world.spare_extension(3, 100)))).await.unwrap();
        let error = world.directory.disable_calling(&caller, world.location(3)).await.unwrap_err();
        assert!(error.public().contains("the hunt group “Last”"), "{error}");
        world.release(&group).await.unwrap();
        world.directory.disable_calling(&caller, world.location(3)).await.unwrap();
        assert!(entries(&admin, &format!("locationId={}", world.public_location(3))).await.is_empty());
        let stock = format!("/v1/telephony/config/locations/{}/numbers", world.public_location(3));
        let answer = admin.post(&stock).json(&json!({ "phoneNumbers": ["+16175550177"] })).send().await;
        assert!(answer.status == 400 && answer.body.contains("Enable it for calling first"), "{}", answer.body);
    }
}
