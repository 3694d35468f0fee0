//! The people of the public API, as SDKs use it.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::collections::BTreeSet;

use hub_directory::seed::{LicenseKind, NamedPerson};
use kit_test::{Answer, App};
use serde_json::{Value, json};
use support::{World, person, public, role};
use webex::{ResourceKind, Role};

async fn get(app: &App, path: &str) -> Value {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

fn ids(page: &Value) -> Vec<String> {
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Where the `Link` header leads.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.header("link")?;
    assert!(link.ends_with("; rel=\"next\""), "{link}");
    Some(link[1..link.find('>').unwrap()].to_owned())
}

/// Follows the links to the end; the ids in the order in which they came, and the size of each page.
async fn walk(app: &App, path: &str) -> (Vec<String>, Vec<usize>) {
    let (mut found, mut sizes, mut path) = (Vec::new(), Vec::new(), path.to_owned());
    loop {
        let answer = app.get(&path).send().await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let page = ids(&answer.json());
        sizes.push(page.len());
        found.extend(page);
        match next(&answer) {
            Some(link) => path = link,
            None => return (found, sizes),
        }
    }
}

fn calling_body(world: &World, email: &str) -> Value {
    json!({
        "emails": [email], "firstName": "Ada", "lastName": "Lovelace", "licenses": [world.license(LicenseKind::CallingProfessional)],
        "locationId": world.location(0), "extension": "7001",
        "phoneNumbers": [{ "type": "work", "value": "(617) 555-0999" }, { "type": "work_extension", "value": "8017001" }],
    })
}

fn refused(answer: &Answer, status: u16, part: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    let body = answer.json();
    let message = body["message"].as_str().unwrap();
    assert!(message.contains(part), "{message}");
    assert_eq!(body["errors"][0]["description"], message);
    assert!(body["trackingId"].is_string());
}

kit_test::both_databases! {
    async fn one_person_as_administrators_and_as_colleagues_see_them(database: Database) {
        let world = World::new(&database).await;
        let heidi = person(world.id_of(NamedPerson::HeidiHarper));
        let admin = world.admin().await;
        insta::assert_json_snapshot!("heidi_as_an_administrator_sees_her", get(&admin, &format!("/v1/people/{heidi}?callingData=true")).await);
        let ken = world.caller_with(NamedPerson::KenAlvarez, "spark:people_read").await;
        let ken = world.app(Some(ken));
        insta::assert_json_snapshot!("heidi_as_a_colleague_sees_her", get(&ken, &format!("/v1/people/{heidi}?callingData=true")).await);
        insta::assert_json_snapshot!("the_administrator_alone", get(&admin, "/v1/people/me").await);
    }

    async fn every_person_of_the_list_is_the_person_of_the_detail(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let page = get(&admin, "/v1/people?callingData=True&max=100").await;
        assert_eq!(page["notFoundIds"], Value::Null);
        let items = page["items"].as_array().unwrap();
        assert_eq!(items.len(), 60);
        for item in items {
            let detail = get(&admin, &format!("/v1/people/{}?callingData=true", item["id"].as_str().unwrap())).await;
            assert_eq!(&detail, item);
        }
    }

    async fn paging_visits_everybody_once_whatever_the_page_size(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let everybody: BTreeSet<String> = world.small.people.iter().map(|one| public(ResourceKind::People, one.id)).collect();
        let query = proptest::prop_oneof![
            proptest::strategy::Just(""), proptest::strategy::Just("&callingData=true"), proptest::strategy::Just("&excludeStatus=true"),
        ];
        let strategy = (1_usize..80, query);
        let mut runner = proptest::test_runner::TestRunner::new(proptest::test_runner::Config::with_cases(24));
        let runtime = tokio::runtime::Handle::current();
        tokio::task::block_in_place(|| {
            runner.run(&strategy, |(max, query)| {
                let (found, sizes) = runtime.block_on(walk(&admin, &format!("/v1/people?max={max}{query}")));
                proptest::prop_assert_eq!(found.len(), everybody.len());
                proptest::prop_assert_eq!(&found.iter().cloned().collect::<BTreeSet<_>>(), &everybody);
                proptest::prop_assert!(sizes[..sizes.len() - 1].iter().all(|size| *size == max), "{:?}", sizes);
                Ok(())
            }).unwrap();
        });
    }

    async fn a_link_is_absolute_complete_and_may_have_its_own_keys_repeated(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let first = admin.get("/v1/people/?max=7&excludeStatus=true&unheardOf=x").send().await;
        assert_eq!(first.json()["items"].as_array().unwrap().len(), 7);
        let link = next(&first).unwrap();
        assert!(link.starts_with("http://127.0.0.1:8080/v1/people?excludeStatus=true&unheardOf=x&max=7&cursor="), "{link}");
        let second = get(&admin, &link).await;
        assert_eq!(get(&admin, &format!("{link}&max=7&excludeStatus=true")).await, second);
        assert!(ids(&second).iter().all(|id| !ids(&first.json()).contains(id)));
        refused(&admin.get("/v1/people?cursor=%21%21").send().await, 400, "cursor");
        refused(&admin.get("/v1/people?max=0").send().await, 400, "max");
    }

    async fn pages_are_capped(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let location = world.location(0);
        let at_location = world.small.people.iter().filter(|one| one.location == 0 && one.extension.is_some()).count();
        let (found, sizes) = walk(&admin, &format!("/v1/people?locationId={location}&max=500")).await;
        assert_eq!(found.len(), at_location);
        assert!(sizes.iter().all(|size| *size <= 50));
        let first = admin.get(&format!("/v1/people?locationId={location}&max=3")).send().await;
        assert!(next(&first).unwrap().contains(&format!("locationId={location}")));
        // 60 people fit on a page of a thousand.
        assert_eq!(walk(&admin, "/v1/people?max=5000").await.1, [60]);
    }

    async fn people_are_found_by_address_name_role_and_id(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let heidi = person(world.id_of(NamedPerson::HeidiHarper));
        assert_eq!(ids(&get(&admin, "/v1/people?email=Heidi.Harper%40kestrelbay.example").await), std::slice::from_ref(&heidi));
        assert_eq!(ids(&get(&admin, "/v1/people?email=nobody%40kestrelbay.example").await), Vec::<String>::new());
        assert_eq!(ids(&get(&admin, "/v1/people?displayName=heidi%20ha").await), std::slice::from_ref(&heidi));
        // Letters as people type them, not as they are written.
        assert_eq!(ids(&get(&admin, "/v1/people?displayName=soren%20kj").await), [person(world.id_of(NamedPerson::DeviceAdmin))]);
        let admins = ids(&get(&admin, &format!("/v1/people?roles={},{}", role(Role::FullAdministrator), role(Role::ReadOnlyAdministrator))).await);
        let expected: BTreeSet<String> = [NamedPerson::FullAdmin, NamedPerson::SecondFullAdmin, NamedPerson::ServiceAdmin, NamedPerson::ReadOnlyAdmin]
            .into_iter().map(|part| person(world.id_of(part))).collect();
        assert_eq!(admins.into_iter().collect::<BTreeSet<_>>(), expected);
        let stranger = person(world.stranger());
        let page = get(&admin, &format!("/v1/people?id={heidi},{stranger}")).await;
        assert_eq!(ids(&page), [heidi]);
        // Somebody of another organization is nobody.
        assert_eq!(page["notFoundIds"], json!([stranger]));
        let many = vec![stranger; 86].join(",");
        refused(&admin.get(&format!("/v1/people?id={many}")).send().await, 400, "85");
        refused(&admin.get("/v1/people?roles=nonsense").send().await, 400, "role");
    }

    async fn presence_is_answered_only_by_its_rules(database: Database) {
        let world = World::new(&database).await;
        let (heidi, ken) = (person(world.id_of(NamedPerson::HeidiHarper)), person(world.id_of(NamedPerson::KenAlvarez)));
        let admin = world.admin().await;
        let shown = |value: &Value| value.get("status").is_some();
        let (by_ids, excluded) = (format!("/v1/people?id={heidi}"), "/v1/people?excludeStatus=true");
        assert!(shown(&get(&admin, &format!("/v1/people/{heidi}")).await));
        assert!(!shown(&get(&admin, &by_ids).await["items"][0]));
        assert!(get(&admin, excluded).await["items"].as_array().unwrap().iter().all(|item| !shown(item) && item.get("lastActivity").is_none()));
        let hiding = world.session(NamedPerson::HeidiHarper).await;
        world.directory.set_presence_sharing(&hiding, false).await.unwrap();
        assert!(!shown(&get(&admin, &format!("/v1/people/{heidi}")).await));
        assert!(shown(&get(&admin, &format!("/v1/people/{ken}")).await));
        // Whoever hides sees nobody.
        let blind = world.app_of(NamedPerson::HeidiHarper).await;
        let page = get(&blind, "/v1/people?displayName=k").await;
        assert!(!page["items"].as_array().unwrap().is_empty());
        assert!(page["items"].as_array().unwrap().iter().all(|item| !shown(item) && item.get("lastActivity").is_none()));
        assert!(!shown(&get(&blind, "/v1/people/me").await));
    }

    async fn a_users_token_finds_people_and_cannot_list_them(database: Database) {
        let world = World::new(&database).await;
        let ken = world.app(Some(world.caller_with(NamedPerson::KenAlvarez, "spark:people_read").await));
        refused(&ken.get("/v1/people").send().await, 400, "Email, displayName, or id list should be specified.");
        let found = get(&ken, "/v1/people?displayName=heidi").await;
        let heidi = &found["items"][0];
        for hidden in ["roles", "licenses", "loginEnabled", "invitePending", "phoneNumbers", "extension", "locationId"] {
            assert!(heidi.get(hidden).is_none(), "{hidden}");
        }
        refused(&ken.get(&format!("/v1/people?roles={}", role(Role::FullAdministrator))).send().await, 403, "missing required");
        // An administrator's scope in the hands of somebody without a role opens nothing.
        let pretender = world.app(Some(world.caller_with(NamedPerson::KenAlvarez, "spark-admin:people_read").await));
        refused(&pretender.get("/v1/people").send().await, 403, "missing required");
        // An administrator whose token lacks the scope sees own roles, and nobody else's.
        let narrow = world.app(Some(world.caller_with(NamedPerson::FullAdmin, "spark:people_read").await));
        assert_eq!(get(&narrow, "/v1/people/me").await["roles"], json!([role(Role::FullAdministrator)]));
        refused(&narrow.get("/v1/people").send().await, 403, "missing required");
        let other = get(&narrow, &format!("/v1/people/{}", person(world.id_of(NamedPerson::UserAdmin)))).await;
        assert!(other.get("roles").is_none());
    }

    async fn a_calling_user_is_created_found_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let created = admin.post("/v1/people?callingData=true").json(&calling_body(&world, "Ada@KestrelBay.example")).send().await;
        assert_eq!(created.status, 200, "{}", created.body);
        let ada = created.json();
        assert_eq!(ada["emails"], json!(["ada@kestrelbay.example"]));
        assert_eq!(ada["displayName"], "Ada Lovelace");
        assert_eq!(ada["phoneNumbers"], json!([{ "type": "work", "value": "+16175550999", "primary": true }, { "type": "work_extension", "value": "8017001", "primary": false }]));
        assert_eq!((&ada["extension"], &ada["locationId"]), (&json!("7001"), &json!(world.location(0))));
        assert_eq!(ada["sipAddresses"][0], json!({ "type": "cloud-calling", "value": "ada@kestrelbay.calls.webex.com", "primary": true }));
        assert_eq!((&ada["invitePending"], &ada["status"], &ada["type"]), (&json!(true), &json!("pending"), &json!("person")));
        let path = format!("/v1/people/{}", ada["id"].as_str().unwrap());
        assert_eq!(get(&admin, &format!("{path}?callingData=true")).await, ada);

        world.clock.advance(std::time::Duration::from_secs(60)).await;
        let mut body = ada.clone();
        body["title"] = json!("Analyst");
        body["managerId"] = json!(person(world.id_of(NamedPerson::HeidiHarper)));
        body["timezone"] = json!("Europe/London");
        let changed = admin.put(&format!("{path}?callingData=true")).json(&body).send().await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        let changed = changed.json();
        assert_eq!((&changed["title"], &changed["manager"], &changed["timeZone"]), (&json!("Analyst"), &json!("Heidi Harper"), &json!("Europe/London")));
        assert_eq!(changed["created"], ada["created"]);
        assert!(changed["lastModified"].as_str() > ada["lastModified"].as_str());
        assert_eq!(changed["phoneNumbers"], ada["phoneNumbers"]);

        let deleted = admin.delete(&path).send().await;
        assert_eq!((deleted.status.as_u16(), deleted.body.as_str()), (204, ""));
        refused(&admin.get(&path).send().await, 404, "could not be found");
        refused(&admin.delete(&path).send().await, 404, "could not be found");
    }

    async fn what_a_put_leaves_out_is_gone_but_unseen_calling_data_stays(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/v1/people/{}", person(world.id_of(NamedPerson::HeidiHarper)));
        let seen = get(&admin, &format!("{path}?callingData=true")).await;
        let body = json!({ "displayName": "Heidi H.", "emails": seen["emails"], "licenses": seen["licenses"] });
        let answer = admin.put(&path).json(&body).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let after = get(&admin, &format!("{path}?callingData=true")).await;
        assert_eq!(after["displayName"], "Heidi H.");
        for gone in ["firstName", "title", "department", "manager", "addresses"] {
            assert!(after.get(gone).is_none(), "{gone}");
        }
        for kept in ["extension", "locationId", "phoneNumbers", "timeZone", "loginEnabled"] {
            assert_eq!(after[kept], seen[kept], "{kept}");
        }
        // With the licence goes what rang through it.
        let without = json!({ "displayName": "Heidi H.", "licenses": [world.license(LicenseKind::Messaging)] });
        let answer = admin.put(&format!("{path}?callingData=true")).json(&without).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.json().get("extension").is_none() && answer.json().get("locationId").is_none());
    }

    async fn what_cannot_be_is_refused_in_words(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let post = |body: Value| admin.post("/v1/people").json(&body).send();
        let with = |key: &str, value: Value| {
            let mut body = calling_body(&world, "ada@kestrelbay.example");
            body[key] = value;
            body
        };
        refused(&post(json!({ "displayName": "X" })).await, 400, "emails");
        refused(&post(json!({ "emails": ["not an address"], "displayName": "X" })).await, 400, "is not an e-mail address");
        refused(&post(json!({ "emails": ["x@y.example"] })).await, 400, "displayName");
        refused(&post(with("locationId", Value::Null)).await, 400, "locationId");
        refused(&post(with("locationId", json!(public(ResourceKind::Location, world.other.locations[0].id)))).await, 400, "no location of this organization");
        let mut nothing_to_call = with("extension", Value::Null);
        nothing_to_call["phoneNumbers"] = json!([]);
        refused(&post(nothing_to_call).await, 400, "or an extension");
        refused(&post(with("extension", json!("70-1"))).await, 400, "two to ten digits");
        refused(&post(with("phoneNumbers", json!([{ "type": "work", "value": "555" }]))).await, 400, "telephone number");
        refused(&post(with("licenses", json!([world.license(LicenseKind::CallingProfessional), world.license(LicenseKind::CallingBasic)]))).await, 400, "one calling licence");
        refused(&post(with("licenses", json!([world.license(LicenseKind::CallingWorkspaces)]))).await, 400, "for workspaces");
        refused(&post(with("managerId", json!(person(world.stranger())))).await, 400, "managerId");
        refused(&post(with("emails", json!(["HEIDI.harper@kestrelbay.example"]))).await, 409, "belongs to another person");
        let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
        refused(&post(with("extension", json!(heidi.extension.unwrap().to_string()))).await, 409, "taken at this location");
        refused(&post(with("phoneNumbers", json!([{ "type": "work", "value": heidi.number.unwrap().to_string() }]))).await, 409, "is taken");
        refused(&post(with("phoneNumbers", json!([{ "type": "work", "value": world.small.locations[0].main_number.to_string() }]))).await, 409, "is taken");
        refused(&admin.post("/v1/people").body("{").send().await, 400, "JSON");
        let path = format!("/v1/people/{}", person(world.id_of(NamedPerson::HeidiHarper)));
        let moved = json!({ "displayName": "Heidi", "licenses": [world.license(LicenseKind::CallingProfessional)], "locationId": world.location(1) });
        refused(&admin.put(&path).json(&moved).send().await, 400, "cannot be changed");
        assert_eq!(walk(&admin, "/v1/people").await.0.len(), 60);
    }

    async fn a_lesser_administrator_cannot_touch_a_greater_one(database: Database) {
        let world = World::new(&database).await;
        let jonas = world.app_of(NamedPerson::UserAdmin).await;
        let admin = format!("/v1/people/{}", person(world.id_of(NamedPerson::SecondFullAdmin)));
        let noor = format!("/v1/people/{}", person(world.id_of(NamedPerson::ReadOnlyAdmin)));
        let heidi = format!("/v1/people/{}", person(world.id_of(NamedPerson::HeidiHarper)));
        let unchanged = get(&jonas, &admin).await;
        refused(&jonas.put(&admin).json(&unchanged).send().await, 403, "Only a Full Administrator");
        refused(&jonas.delete(&admin).send().await, 403, "Only a Full Administrator");
        refused(&jonas.delete(&noor).send().await, 403, "Only a Full Administrator");
        let mut promoted = get(&jonas, &heidi).await;
        promoted["roles"] = json!([role(Role::FullAdministrator)]);
        refused(&jonas.put(&heidi).json(&promoted).send().await, 403, "roles");
        let mut shut_out = get(&jonas, &noor).await;
        shut_out["loginEnabled"] = json!(false);
        refused(&jonas.put(&noor).json(&shut_out).send().await, 403, "Only a Full Administrator");
        let new = json!({ "emails": ["x@kestrelbay.example"], "displayName": "X", "roles": [role(Role::UserAdministrator)] });
        refused(&jonas.post("/v1/people").json(&new).send().await, 403, "roles");
        // People without a role are theirs to change.
        let mut deactivated = get(&jonas, &heidi).await;
        deactivated["loginEnabled"] = json!(false);
        assert_eq!(jonas.put(&heidi).json(&deactivated).send().await.status, 200);
        assert_eq!(jonas.delete(&heidi).send().await.status, 204);
    }

    async fn a_full_admin_needs_no_licence_and_the_last_one_stays(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let body = json!({ "emails": ["keys@kestrelbay.example"], "displayName": "Key Keeper", "roles": [role(Role::FullAdministrator)], "licenses": [] });
        let made = admin.post("/v1/people?minResponse=true").json(&body).send().await;
        assert_eq!(made.status, 200, "{}", made.body);
        assert_eq!(made.json().as_object().unwrap().keys().collect::<Vec<_>>(), ["id"]);
        for part in [NamedPerson::SecondFullAdmin, NamedPerson::ServiceAdmin] {
            assert_eq!(admin.delete(&format!("/v1/people/{}", person(world.id_of(part)))).send().await.status, 204);
        }
        assert_eq!(admin.delete(&format!("/v1/people/{}", made.json()["id"].as_str().unwrap())).send().await.status, 204);
        let last = format!("/v1/people/{}", person(world.id_of(NamedPerson::FullAdmin)));
        refused(&admin.delete(&last).send().await, 409, "last Full Administrator");
        let mut demoted = get(&admin, &last).await;
        demoted["roles"] = json!([]);
        refused(&admin.put(&last).json(&demoted).send().await, 409, "last Full Administrator");
    }

    async fn only_documented_keys_are_answered(database: Database) {
        let world = World::new(&database).await;
        let known: BTreeSet<&str> = "id emails phoneNumbers extension locationId displayName nickName firstName lastName avatar orgId roles licenses department \
            manager managerId title addresses created lastModified timeZone lastActivity siteUrls sipAddresses userName avatarProvided licensesProvided \
            status invitePending loginEnabled type".split_whitespace().collect();
        let page = get(&world.admin().await, "/v1/people?callingData=true").await;
        let mut seen = BTreeSet::new();
        for item in page["items"].as_array().unwrap() {
            seen.extend(item.as_object().unwrap().iter().map(|(key, value)| {
                assert!(!value.is_null(), "{key} is null");
                key.as_str()
            }));
        }
        assert!(seen.is_subset(&known), "{:?}", seen.difference(&known));
        for wanted in ["phoneNumbers", "manager", "managerId", "nickName", "sipAddresses", "siteUrls", "lastActivity", "status", "addresses", "timeZone"] {
            assert!(seen.contains(wanted), "{wanted}");
        }
    }
}
