//! Searches: every kind of filter, exact totals, pages, orders, attributes; and that a look-up by name looks up.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::collections::BTreeSet;

use hub_directory::Size;
use hub_directory::seed::NamedPerson;
use serde_json::json;
use support::{World, ids, refused, user_path};

kit_test::both_databases! {
    async fn filters_find_what_they_say(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let heidi = admin.get(&format!("/Users/{}", world.id_of(NamedPerson::HeidiHarper))).await.json();
        let (id, name) = (heidi["id"].as_str().unwrap(), heidi["userName"].as_str().unwrap());
        let extra = json!([
            { "op": "add", "path": "externalId", "value": "hr/Heidi" },
            { "op": "add", "path": "emails", "value": [{ "value": "Heidi@Home.example", "type": "home" }] },
            { "op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter", "value": "CC 4" },
        ]);
        let heidi = admin.patched(&user_path(&heidi), &extra).await;
        let loud = name.to_uppercase();
        let changed = heidi["meta"]["lastModified"].as_str().unwrap();
        for filter in [
            format!("userName eq \"{name}\""),
            format!("UserName Eq \"{loud}\""),
            format!("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"{name}\""),
            format!("emails eq \"{name}\""),
            format!("emails.value eq \"{loud}\""),
            "emails eq \"heidi@home.example\"".to_owned(),
            "emails[type eq \"home\" and value eq \"HEIDI@home.example\"]".to_owned(),
            "emails[type eq \"home\" and value ew \"home.example\"]".to_owned(),
            format!("id eq \"{id}\""),
            "externalId eq \"hr/Heidi\"".to_owned(),
            "externalId sw \"hr/H\"".to_owned(),
            "displayName eq \"heidi HARPER\"".to_owned(),
            "displayName sw \"Heidi H\"".to_owned(),
            "displayName co \"eidi Harp\"".to_owned(),
            "name.familyName eq \"Harper\" and name.givenName eq \"Heidi\"".to_owned(),
            format!("userName eq \"{name}\" and active eq true"),
            format!("userName eq \"{name}\" and not (active eq false)"),
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter eq \"CC 4\"".to_owned(),
            "costCenter eq \"cc 4\"".to_owned(),
            "costCenter pr".to_owned(),
            format!("meta.lastModified ge \"{changed}\" and externalId pr"),
            format!("id eq \"{id}\" or userName eq \"nobody@x.example\""),
        ] {
            let found = admin.search("/Users", &[("filter", &filter)]).await;
            assert_eq!(ids(&found), [id], "{filter}");
            assert_eq!((&found["totalResults"], &found["itemsPerPage"], &found["startIndex"]), (&json!(1), &json!(1), &json!(1)), "{filter}");
            let body = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": filter });
            assert_eq!(ids(&admin.send("POST", "/Users/.search", &body).await.json()), [id], "{filter}");
        }
        for filter in [
            format!("userName eq \"{name}\" and active eq false"),
            "userName eq \"nobody@x.example\"".to_owned(),
            "id eq \"not an id\"".to_owned(),
            "externalId eq \"HR/heidi\"".to_owned(),
            "displayName eq \"Heidi\"".to_owned(),
            "emails[type eq \"home\" and value sw \"nobody\"]".to_owned(),
        ] {
            let found = admin.search("/Users", &[("filter", &filter)]).await;
            assert_eq!((ids(&found).len(), &found["totalResults"]), (0, &json!(0)), "{filter}");
        }
    }

    async fn totals_are_exact_whatever_way_a_filter_goes(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let people = &world.own.people;
        let total = |filter: String| { let admin = &admin; async move { admin.search("/Users", &[("filter", &filter), ("count", "0")]).await["totalResults"].as_u64().unwrap() } };
        let inactive = people.iter().filter(|person| !person.login_enabled).count() as u64;
        let all = people.len() as u64;
        assert!(inactive > 0);
        assert_eq!(total("active eq false".to_owned()).await, inactive);
        assert_eq!(total("active ne false".to_owned()).await, all - inactive);
        assert_eq!(total("not (active eq false)".to_owned()).await, all - inactive);
        assert_eq!(total("userName pr".to_owned()).await, all);
        assert_eq!(total("nickName pr".to_owned()).await, people.iter().filter(|person| person.nick_name.is_some()).count() as u64);
        assert_eq!(total("externalId eq null".to_owned()).await, all);
        assert_eq!(total("externalId pr".to_owned()).await, 0);
        let middle = people[30].last_modified_ms;
        let moment = kit::Timestamp::from_millis(middle);
        let count = |test: fn(i64, i64) -> bool| people.iter().filter(|person| test(person.last_modified_ms, middle)).count() as u64;
        assert_eq!(total(format!("meta.lastModified gt \"{moment}\"")).await, count(|one, other| one > other));
        assert_eq!(total(format!("meta.lastModified ge \"{moment}\"")).await, count(|one, other| one >= other));
        assert_eq!(total(format!("meta.lastModified lt \"{moment}\"")).await, count(|one, other| one < other));
        assert_eq!(total(format!("meta.lastModified le \"{moment}\"")).await, count(|one, other| one <= other));
        assert_eq!(total(format!("meta.lastModified eq \"{moment}\"")).await, count(|one, other| one == other));
        let department = people[0].department;
        let there = people.iter().filter(|person| person.department == department).count() as u64;
        assert_eq!(total(format!("department eq \"{department}\"")).await, there);
        let groups = admin.search("/Groups", &[("filter", &format!("displayName eq \"{department}\""))]).await;
        let group = ids(&groups)[0].clone();
        assert_eq!(total(format!("groups.value eq \"{group}\"")).await, there);
    }

    async fn pages_hold_everybody_once_in_every_order(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let everybody: BTreeSet<String> = world.own.people.iter().map(|person| person.id.to_string()).collect();
        for (by, order) in [("id", "ascending"), ("userName", "descending"), ("displayName", "ascending"), ("meta.lastModified", "descending")] {
            for filter in ["", "userName pr"] {
                let (mut seen, mut start) = (Vec::new(), 1);
                loop {
                    let start_text = start.to_string();
                    let found = admin.search("/Users", &[("sortBy", by), ("sortOrder", order), ("count", "17"), ("startIndex", &start_text), ("filter", filter)]).await;
                    assert_eq!(found["totalResults"], everybody.len());
                    let page = ids(&found);
                    assert_eq!(found["itemsPerPage"], page.len());
                    seen.extend(page.iter().cloned());
                    start += page.len();
                    if start > everybody.len() {
                        break;
                    }
                }
                assert_eq!(seen.len(), everybody.len(), "{by} {filter}");
                assert_eq!(seen.iter().cloned().collect::<BTreeSet<_>>(), everybody, "{by} {filter}");
            }
        }
        let names = admin.search("/Users", &[("sortBy", "userName"), ("attributes", "userName")]).await;
        let names: Vec<&str> = names["Resources"].as_array().unwrap().iter().map(|user| user["userName"].as_str().unwrap()).collect();
        assert!(names.is_sorted());
        // What makes no sense means the nearest thing that does.
        let found = admin.search("/Users", &[("startIndex", "-5"), ("count", "-1")]).await;
        assert_eq!((&found["startIndex"], &found["itemsPerPage"], &found["totalResults"]), (&json!(1), &json!(0), &json!(60)));
        let found = admin.search("/Users", &[("startIndex", "1000")]).await;
        assert_eq!((&found["itemsPerPage"], &found["totalResults"]), (&json!(0), &json!(60)));
    }

    async fn only_what_is_asked_for_is_answered(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/Users/{}", world.id_of(NamedPerson::HeidiHarper));
        let keys = |user: serde_json::Value| user.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        let some = admin.search_answer(&path, &[("attributes", "userName,name.familyName,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department,nobody")]).await.json();
        assert_eq!(some["name"], json!({ "familyName": "Harper" }));
        assert_eq!(keys(some), ["id", "name", "schemas", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "userName"].map(ToOwned::to_owned).into());
        let rest = admin.search_answer(&path, &[("excludedAttributes", "meta,emails,id,name.givenName")]).await.json();
        assert!(rest.get("meta").is_none() && rest.get("emails").is_none() && rest["id"].is_string());
        assert_eq!(rest["name"], json!({ "familyName": "Harper" }));
        assert!(admin.get(&path).await.json().get("groups").is_none());
        for query in [("attributes", "groups"), ("returnGroups", "true"), ("includeGroupDetails", "true")] {
            let user = admin.search_answer(&path, &[query]).await.json();
            let groups = user["groups"].as_array().unwrap();
            assert!(groups.iter().any(|group| group["display"].as_str().unwrap().starts_with("All of ")), "{user}");
        }
    }

    async fn wrong_searches_are_refused_in_words(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        for filter in ["userName", "userName eq", "userName eq x", "nobody eq \"x\"", "name.nobody pr", "active gt true", "active eq \"true\"",
            "name eq \"x\"", "meta.lastModified gt \"yesterday\"", "meta.created co \"2020-01-01T00:00:00Z\"", "emails[nobody eq \"x\"]", "userName eq \"a\" and", "(((", "userName gt 7"] {
            refused(&admin.search_answer("/Users", &[("filter", filter)]).await, 400, "invalidFilter");
        }
        let deep = format!("{}userName pr{}", "not (".repeat(500), ")".repeat(500));
        refused(&admin.search_answer("/Users", &[("filter", &deep)]).await, 400, "invalidFilter");
        for pairs in [[("sortBy", "title")], [("sortOrder", "sideways")], [("count", "many")]] {
            refused(&admin.search_answer("/Users", &pairs).await, 400, "invalidValue");
        }
    }

    async fn a_search_over_everything_finds_users_and_groups(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let all = admin.send("POST", "/.search", &json!({ "count": 1_000 })).await.json();
        let groups = admin.search("/Groups", &[]).await["totalResults"].as_u64().unwrap();
        assert_eq!(all["totalResults"], 60 + groups);
        assert_eq!(all["Resources"].as_array().unwrap().len() as u64, 60 + groups);
        let behind = admin.send("POST", "/.search", &json!({ "startIndex": 60, "count": 3 })).await.json();
        let kinds: Vec<&str> = behind["Resources"].as_array().unwrap().iter().map(|one| one["meta"]["resourceType"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["User", "Group", "Group"]);
        let only_users = admin.send("POST", "/.search", &json!({ "filter": "userName pr" })).await.json();
        assert_eq!(only_users["totalResults"], 60);
        refused(&admin.send("POST", "/.search", &json!({ "filter": "nobody pr" })).await, 400, "invalidFilter");
    }

    async fn a_big_organization_is_walked_in_batches(database: Database) {
        let world = World::sized(&database, Size::Medium).await;
        let admin = world.admin().await;
        let found = admin.search("/Users", &[("filter", "userName ew \"medium.example\""), ("startIndex", "4801"), ("count", "1000")]).await;
        assert_eq!((&found["totalResults"], &found["itemsPerPage"]), (&json!(5_000), &json!(200)));
        let plain = admin.search("/Users", &[("startIndex", "4801"), ("count", "1000")]).await;
        assert_eq!(ids(&plain), ids(&found));
        let groups = admin.search("/Groups", &[("sortBy", "displayName"), ("count", "1000")]).await;
        assert!(groups["totalResults"].as_u64().unwrap() > 5, "{groups}");
        assert!(groups["Resources"][0].get("members").is_none());
    }
}
