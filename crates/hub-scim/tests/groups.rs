//! Groups, as SCIM and as the groups API show them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::seed::NamedPerson;
use serde_json::{Value, json};
use support::{World, group_path, ids, refused};
use webex::{PublicId, ResourceKind};

const WEBEX_GROUP: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group";

fn person(world: &World, part: NamedPerson) -> String {
    world.id_of(part).to_string()
}

fn public(world: &World, part: NamedPerson) -> String {
    PublicId::of_uuid(ResourceKind::People, world.id_of(part).uuid()).to_string()
}

fn member_ids(group: &Value) -> Vec<String> {
    let members = group["members"].as_array().cloned().unwrap_or_default();
    members
        .iter()
        .map(|member| member["value"].as_str().unwrap().to_owned())
        .collect()
}

kit_test::both_databases! {
    async fn a_group_is_made_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let (heidi, ken, alex) = (person(&world, NamedPerson::HeidiHarper), person(&world, NamedPerson::KenAlvarez), person(&world, NamedPerson::FullAdmin));
        let body = json!({ "displayName": "Pilots", "externalId": "g 1", "members": [{ "value": heidi }, { "value": heidi }], WEBEX_GROUP: { "usage": "templates", "owners": [{ "value": alex }] } });
        let made = admin.send("POST", "/Groups", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.header("location"), made.json()["meta"]["location"].as_str());
        let group = made.json();
        assert_eq!(member_ids(&group), [heidi.as_str()]);
        assert_eq!(group[WEBEX_GROUP]["usage"], "templates");
        let path = group_path(&group);
        refused(&admin.send("POST", "/Groups", &json!({ "displayName": "PILOTS" })).await, 409, "uniqueness");

        let group = admin.patched(&path, &json!([{ "op": "add", "path": "members", "value": [{ "value": ken, "type": "User" }] }])).await;
        assert_eq!(member_ids(&group).len(), 2);
        let group = admin.patched(&path, &json!([{ "op": "remove", "path": format!("members[value eq \"{heidi}\"]") }])).await;
        assert_eq!(member_ids(&group), [ken.as_str()]);
        let group = admin.patched(&path, &json!([{ "op": "replace", "value": { "displayName": "Captains", "members": [{ "value": heidi }, { "value": alex }] } }])).await;
        assert_eq!((&group["displayName"], member_ids(&group).len()), (&json!("Captains"), 2));
        let group = admin.patched(&path, &json!([{ "op": "Remove", "path": "members", "value": [{ "value": alex }] }])).await;
        assert_eq!(member_ids(&group), [heidi.as_str()]);
        // A client that can send nothing but texts.
        let group = admin.patched(&path, &json!([{ "op": "add", "path": "members", "value": format!("[{{\"value\": \"{ken}\"}}]") }, { "op": "remove", "path": "externalId" }])).await;
        assert_eq!((member_ids(&group).len(), group.get("externalId")), (2, None));
        let group = admin.patched(&path, &json!([{ "op": "remove", "path": "members" }])).await;
        assert_eq!(member_ids(&group), Vec::<String>::new());

        let replaced = admin.send("PUT", &path, &json!({ "displayName": "Mates", "members": [{ "value": ken }] })).await.json();
        assert_eq!((&replaced["displayName"], member_ids(&replaced)), (&json!("Mates"), vec![ken]));
        assert!(replaced[WEBEX_GROUP].get("usage").is_none());
        let tag = replaced["meta"]["version"].as_str().unwrap();
        assert_eq!(admin.app.get(&admin.path(&path)).header("if-none-match", tag).send().await.status, 304);
        assert_eq!(admin.send_if("PUT", &path, "W/\"0\"", &json!({ "displayName": "X" })).await.status, 412);
        assert_eq!(admin.send_if("DELETE", &path, "W/\"0\"", &json!({})).await.status, 412);
        assert_eq!(admin.send_if("DELETE", &path, tag, &json!({})).await.status, 204);
        assert_eq!(admin.get(&path).await.status, 404);
    }

    async fn only_people_of_the_organization_are_members(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let group = admin.send("POST", "/Groups", &json!({ "displayName": "Pilots" })).await.json();
        let stranger = world.other.people[0].id.to_string();
        for (member, sentence) in [
            (json!({ "value": stranger }), "nobody of this organization"),
            (json!({ "value": group["id"] }), "nobody of this organization"),
            (json!({ "value": group["id"], "type": "Group" }), "A group cannot be a member"),
            (json!({ "value": "x" }), "ids of users"),
        ] {
            for answer in [
                admin.patch_answer(&group_path(&group), &json!([{ "op": "add", "path": "members", "value": [member] }])).await,
                admin.send("POST", "/Groups", &json!({ "displayName": "Others", "members": [member] })).await,
            ] {
                refused(&answer, 400, "invalidValue");
                assert!(answer.json()["detail"].as_str().unwrap().contains(sentence), "{}", answer.body);
            }
        }
        for (path, word) in [("members[value eq \"x\"].value", "invalidPath"), ("members[display eq \"x\"]", "invalidPath"), ("members.type", "invalidPath")] {
            refused(&admin.patch_answer(&group_path(&group), &json!([{ "op": "replace", "path": path, "value": "y" }])).await, 400, word);
        }
    }

    async fn groups_are_found_by_name_and_by_member(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let heidi = person(&world, NamedPerson::HeidiHarper);
        let seeded = admin.search("/Groups", &[("includeMembers", "true"), ("sortBy", "displayName")]).await;
        let boston = seeded["Resources"].as_array().unwrap().iter().find(|group| group["displayName"] == "All of Boston").unwrap().clone();
        assert!(member_ids(&boston).len() > 3);
        for filter in ["displayName eq \"all of boston\"", "displayName eq \"All of Boston\" and meta.created pr", "displayName sw \"All of Bo\"", "displayName co \"Boston\""] {
            assert_eq!(ids(&admin.search("/Groups", &[("filter", filter)]).await), [boston["id"].as_str().unwrap()], "{filter}");
        }
        let of_heidi = world.own.named(NamedPerson::HeidiHarper).unwrap();
        for filter in [format!("members.value eq \"{heidi}\""), format!("members eq \"{heidi}\""), format!("members[value eq \"{heidi}\"]")] {
            let found = admin.search("/Groups", &[("filter", &filter)]).await;
            let names: Vec<&str> = found["Resources"].as_array().unwrap().iter().map(|group| group["displayName"].as_str().unwrap()).collect();
            assert_eq!(names.len(), 2, "{filter}: {names:?}");
            assert!(names.contains(&of_heidi.department), "{names:?}");
        }
        let all = seeded["totalResults"].as_u64().unwrap();
        let without = admin.search("/Groups", &[("filter", &format!("not (members.value eq \"{heidi}\")"))]).await;
        assert_eq!(without["totalResults"], all - 2);
        assert_eq!(admin.search("/Groups", &[("filter", "members pr")]).await["totalResults"], all);
        refused(&admin.search_answer("/Groups", &[("filter", "members.display eq \"x\"")]).await, 400, "invalidFilter");
        let page = admin.search("/Groups", &[("count", "2"), ("startIndex", "2")]).await;
        assert_eq!((ids(&page).len(), &page["totalResults"], &page["startIndex"]), (2, &json!(all), &json!(2)));
        let bare = admin.search_answer(&group_path(&boston), &[("excludedAttributes", "members")]).await.json();
        assert!(bare.get("members").is_none());

        let members = admin.search_answer(&format!("{}/Members", group_path(&boston)), &[("count", "3"), ("startIndex", "2")]).await.json();
        assert_eq!((members["itemsPerPage"].as_u64(), members["memberSize"].as_u64()), (Some(3), Some(member_ids(&boston).len() as u64)));
        let none = admin.search_answer(&format!("{}/Members", group_path(&boston)), &[("memberType", "machine")]).await.json();
        assert_eq!((none["members"].as_array().unwrap().len(), none["memberSize"].as_u64()), (0, Some(0)));
    }

    async fn the_groups_api_shows_the_same_groups(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let (heidi, ken) = (public(&world, NamedPerson::HeidiHarper), public(&world, NamedPerson::KenAlvarez));
        let body = json!({ "displayName": "Pilots", "description": "Who flies", "members": [{ "id": heidi }] });
        let made = admin.app.post("/v1/groups").json(&body).send().await;
        assert_eq!(made.status, 201, "{}", made.body);
        let group = made.json();
        assert_eq!(group["members"], json!([{ "id": heidi, "type": "user", "displayName": "Heidi Harper" }]));
        let id = group["id"].as_str().unwrap();
        let decoded = PublicId::parse(ResourceKind::ScimGroup, id).unwrap();
        let (uuid, organization) = decoded.value().split_once(':').unwrap();
        assert_eq!(organization, world.own.id.to_string());
        assert_eq!(admin.get(&format!("/Groups/{uuid}")).await.json()["displayName"], "Pilots");

        let path = format!("/v1/groups/{id}");
        let patch = |body: Value| { let (app, path) = (admin.app.clone(), path.clone()); async move { app.request("PATCH".parse().unwrap(), &path).json(&body).send().await } };
        let changed = patch(json!({ "displayName": "Captains", "members": [{ "id": ken, "operation": "add" }, { "id": heidi, "operation": "delete" }] })).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        assert_eq!((&changed.json()["displayName"], &changed.json()["description"], &changed.json()["memberSize"]), (&json!("Captains"), &json!("Who flies"), &json!(1)));
        assert_eq!(changed.json()["members"][0]["id"], ken);
        let purged = patch(json!({ "purgeAllValues": { "attributes": ["members"] } })).await.json();
        assert_eq!((&purged["memberSize"], &purged["members"]), (&json!(0), &json!([])));
        assert_eq!(patch(json!({ "members": [{ "id": ken, "operation": "move" }] })).await.status, 400);
        assert_eq!(patch(json!({ "displayName": "all of boston" })).await.status, 409);
        assert_eq!(patch(json!({ "displayName": " " })).await.status, 400);

        let (mut seen, mut next) = (0, Some("/v1/groups?count=2&sortBy=displayName&sortOrder=descending".to_owned()));
        let mut names: Vec<String> = Vec::new();
        while let Some(path) = next {
            let page = admin.app.get(&path).send().await;
            assert_eq!(page.status, 200, "{}", page.body);
            let body = page.json();
            seen += body["itemsPerPage"].as_u64().unwrap();
            names.extend(body["groups"].as_array().unwrap().iter().map(|group| group["displayName"].as_str().unwrap().to_lowercase()));
            assert!(body["totalResults"].as_u64().unwrap() >= seen);
            next = page.header("link").map(|link| link.split(['<', '>']).nth(1).unwrap().to_owned());
        }
        assert!(names.len() > 4 && names.is_sorted_by(|one, other| one >= other), "{names:?}");
        for (filter, found) in [("displayName eq \"captains\"", 1), ("displayName sw \"ALL OF\"", 4), ("displayName eq \"x\"", 0)] {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("filter", filter).append_pair("includeMembers", "true").finish();
            let body = admin.app.get(&format!("/v1/groups?{query}")).send().await.json();
            assert_eq!(body["totalResults"], found, "{filter}");
        }
        assert_eq!(admin.app.get("/v1/groups?filter=displayName+co+%22x%22").send().await.status, 400);
        let some = admin.app.get("/v1/groups?attributes=displayName&count=1").send().await.json();
        assert_eq!(some["groups"][0].as_object().unwrap().len(), 2);

        let boston = admin.app.get("/v1/groups?filter=displayName+eq+%22All+of+Boston%22").send().await.json();
        let boston = boston["groups"][0]["id"].as_str().unwrap().to_owned();
        for word in ["members", "Members"] {
            let (mut seen, mut next) = (Vec::new(), Some(format!("/v1/groups/{boston}/{word}?count=4")));
            while let Some(path) = next {
                let page = admin.app.get(&path).send().await;
                seen.extend(page.json()["members"].as_array().unwrap().iter().map(|member| member["id"].to_string()));
                next = page.header("link").map(|link| link.split(['<', '>']).nth(1).unwrap().to_owned());
            }
            let total = admin.app.get(&format!("/v1/groups/{boston}")).send().await.json()["memberSize"].as_u64().unwrap();
            assert_eq!(seen.len() as u64, total);
        }
        assert_eq!(admin.app.delete(&path).send().await.status, 204);
        assert_eq!(admin.app.get(&path).send().await.status, 404);
    }

    async fn two_who_add_members_at_once_both_count(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let group = admin.send("POST", "/Groups", &json!({ "displayName": "Pilots" })).await.json();
        let path = group_path(&group);
        let adds = world.own.people.iter().take(12).map(|person| {
            let body = json!({ "Operations": [{ "op": "add", "path": "members", "value": [{ "value": person.id.to_string() }] }] });
            let (app, path) = (admin.app.clone(), admin.path(&path));
            tokio::spawn(async move { app.request("PATCH".parse().unwrap(), &path).json(&body).send().await.status.as_u16() })
        });
        for add in adds.collect::<Vec<_>>() {
            assert_eq!(add.await.unwrap(), 200);
        }
        let members = admin.search_answer(&format!("{path}/Members"), &[]).await.json();
        assert_eq!((members["memberSize"].as_u64(), members["members"].as_array().unwrap().len()), (Some(12), 12));
    }
}
