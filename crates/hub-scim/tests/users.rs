//! SCIM users: made, read, replaced, changed, deleted, each on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use hub_directory::PersonDraft;
use hub_directory::seed::NamedPerson;
use serde_json::{Value, json};
use support::{World, refused, user_path};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const WEBEX: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:User";

fn ada() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE, "urn:nobody:knows:this"],
        "userName": "Ada.Moreau@kestrelbay.example",
        "externalId": "hr-17",
        "NAME": { "givenName": "Ada", "familyName": "Moreau", "honorificPrefix": "Dr" },
        "displayName": "Ada Moreau",
        "title": "Forester",
        "userType": "user",
        "preferredLanguage": "fr_FR",
        "timezone": "Europe/Paris",
        "phoneNumbers": [
            { "value": "617-555-0177", "type": "mobile", "display": "cell" },
            { "value": "+33 1 23 45 67 89", "type": "home", "primary": true },
        ],
        "addresses": [{ "type": "work", "streetAddress": "1 Pier", "locality": "Boston", "country": "US" }],
        "id": "a client does not say this",
        "unknownAttribute": 7,
        ENTERPRISE: { "department": "Woods", "costCenter": "CC 9", "employeeNumber": "0017" },
        WEBEX: { "extensionAttribute3": "green", "accountStatus": ["active"] },
        "urn:nobody:knows:this": { "x": 1 },
    })
}

kit_test::both_databases! {
    async fn a_user_is_a_person_and_what_the_directory_does_not_keep_is_kept(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let user = admin.made(&ada()).await;
        assert_eq!(user["userName"], "ada.moreau@kestrelbay.example");
        assert_eq!(user["emails"], json!([{ "value": "ada.moreau@kestrelbay.example", "type": "work", "primary": true }]));
        assert_eq!(user["name"], json!({ "givenName": "Ada", "familyName": "Moreau", "honorificPrefix": "Dr" }));
        assert_eq!(user[ENTERPRISE], json!({ "department": "Woods", "costCenter": "CC 9", "employeeNumber": "0017" }));
        assert_eq!(user[WEBEX]["extensionAttribute3"], "green");
        assert_eq!(user[WEBEX]["accountStatus"], json!(["pending"]));
        assert_eq!(user[WEBEX]["meta"]["organizationId"], world.own.id.to_string());
        assert_eq!(user["phoneNumbers"], ada()["phoneNumbers"]);
        assert_eq!(user["active"], true);
        assert!(user.get("unknownAttribute").is_none() && user.get("urn:nobody:knows:this").is_none());
        let location = user["meta"]["location"].as_str().unwrap();
        assert_eq!(location, format!("http://{}{}{}", hub_test::HOST, admin.base, user_path(&user)));

        // The People API sees the same person.
        let person = admin.app.get("/v1/people?email=ada.moreau@kestrelbay.example&callingData=true").send().await.json();
        let person = &person["items"][0];
        assert_eq!((&person["displayName"], &person["title"], &person["department"]), (&json!("Ada Moreau"), &json!("Forester"), &json!("Woods")));
        assert_eq!(person["phoneNumbers"][0]["value"], "+16175550177");
        assert_eq!(person["timeZone"], "Europe/Paris");

        let shown = admin.get(&user_path(&user)).await;
        assert_eq!(shown.json(), user);
        assert_eq!(shown.header("etag").unwrap(), user["meta"]["version"].as_str().unwrap());
        assert_eq!(shown.header("content-type").unwrap(), "application/json;charset=utf-8");
    }

    async fn a_user_is_deleted_as_they_were_seen_or_not_at_all(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        for round in 0..10 {
            let name = format!("round{round}@kestrelbay.example");
            let user = admin.made(&json!({ "userName": name, "displayName": name })).await;
            let (path, tag) = (user_path(&user), user["meta"]["version"].as_str().unwrap().to_owned());
            let other = world.admin().await;
            let title = json!([{ "op": "add", "path": "title", "value": "Keep me" }]);
            let nothing = json!({});
            let delete = admin.send_if("DELETE", &path, &tag, &nothing);
            let (changed, deleted) = tokio::join!(other.patch_answer(&path, &title), delete);
            let both = (changed.status.as_u16(), deleted.status.as_u16());
            assert!([(200, 412), (404, 204)].contains(&both), "round {round}: {both:?}");
        }
    }

    async fn a_change_elsewhere_shows_here_and_what_only_scim_knows_stays(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let user = admin.made(&ada()).await;
        let caller = world.caller(NamedPerson::FullAdmin, support::EVERY_SCOPE).await;
        let id = hub_directory::PersonId::parse(user["id"].as_str().unwrap()).unwrap();
        let (person, _) = world.directory.show_person(&caller, id, true).await.unwrap();
        let mut draft = PersonDraft::of(&person);
        draft.email = Some("ada.new@kestrelbay.example".to_owned());
        draft.title = Some("Head of Woods".to_owned());
        draft.calling.numbers = Some(Vec::new());
        world.directory.update_person(&caller, id, draft).await.unwrap();
        let after = admin.get(&user_path(&user)).await.json();
        assert_eq!(after["userName"], "ada.new@kestrelbay.example");
        assert_eq!(after["emails"][0]["value"], "ada.new@kestrelbay.example");
        assert_eq!(after["title"], "Head of Woods");
        assert_eq!(after["phoneNumbers"], json!([{ "value": "+33 1 23 45 67 89", "type": "home", "primary": true }]));
        assert_eq!((&after["externalId"], &after["preferredLanguage"]), (&json!("hr-17"), &json!("fr_FR")));
        assert_ne!(after["meta"]["version"], user["meta"]["version"]);
    }

    async fn a_replacement_takes_away_what_it_does_not_name_but_roles_and_state(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let reader = admin.get(&format!("/Users/{}", world.id_of(NamedPerson::ReadOnlyAdmin))).await.json();
        assert_eq!(reader["roles"], json!([{ "value": "id_readonly_admin" }]));
        let body = json!({ "schemas": [], "userName": reader["userName"], "displayName": "Somebody Else" });
        let answer = admin.send("PUT", &user_path(&reader), &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let after = answer.json();
        assert_eq!(after["displayName"], "Somebody Else");
        for gone in ["title", "timezone", "preferredLanguage", "addresses", ENTERPRISE] {
            assert!(reader.get(gone).is_some() && after.get(gone).is_none(), "{gone}: {after}");
        }
        assert_eq!(after["roles"], reader["roles"]);
        assert_eq!(after["active"], true);
        assert_eq!((&after["id"], &after["meta"]["created"]), (&reader["id"], &reader["meta"]["created"]));
    }

    async fn what_comes_back_from_an_answer_changes_nothing(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        world.clock.advance(std::time::Duration::from_secs(60)).await;
        for part in [NamedPerson::FullAdmin, NamedPerson::HeidiHarper, NamedPerson::KenAlvarez, NamedPerson::Deactivated] {
            let user = admin.get(&format!("/Users/{}", world.id_of(part))).await.json();
            let answer = admin.send("PUT", &user_path(&user), &user).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_eq!(answer.json(), user, "{part:?}");
        }
    }

    async fn calling_stays_what_calling_made_it(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let ken = admin.get(&format!("/Users/{}", world.id_of(NamedPerson::KenAlvarez))).await.json();
        let work = |user: &Value| user["phoneNumbers"].as_array().unwrap().iter().filter(|number| number["type"] == "work" || number["type"] == "work_extension").cloned().collect::<Vec<_>>();
        assert!(!work(&ken).is_empty());
        let after = admin.patched(&user_path(&ken), &json!([{ "op": "replace", "path": "phoneNumbers", "value": [
            { "value": "+16175550999", "type": "work" }, { "value": "+16175550998", "type": "mobile" } ] }])).await;
        assert_eq!(work(&after), work(&ken));
        assert!(after["phoneNumbers"].as_array().unwrap().contains(&json!({ "value": "+16175550998", "type": "mobile" })));
        let after = admin.patched(&user_path(&ken), &json!([{ "op": "remove", "path": "phoneNumbers" }])).await;
        assert_eq!(work(&after), work(&ken));
    }

    async fn patches_do_what_the_standard_says(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = user_path(&admin.made(&ada()).await);
        let patch = |operations: Value| { let (admin, path) = (&admin, path.clone()); async move { admin.patched(&path, &operations).await } };

        let user = patch(json!([{ "op": "Add", "value": { "nickName": "Ad", "name.middleName": "M", format!("{ENTERPRISE}:division"): "North" } }])).await;
        assert_eq!((&user["nickName"], &user["name"]["middleName"], &user[ENTERPRISE]["division"]), (&json!("Ad"), &json!("M"), &json!("North")));
        let user = patch(json!([{ "op": "replace", "path": "name", "value": { "givenName": "Adelheid" } }])).await;
        assert_eq!((&user["name"]["givenName"], &user["name"]["familyName"]), (&json!("Adelheid"), &json!("Moreau")));
        let user = patch(json!([{ "op": "replace", "path": "phoneNumbers[type eq \"home\"].value", "value": "+33 1" }])).await;
        assert!(user["phoneNumbers"].as_array().unwrap().iter().any(|number| number["value"] == "+33 1"));
        let user = patch(json!([{ "op": "add", "path": "phoneNumbers", "value": [{ "value": "99", "type": "pager", "primary": true }] }])).await;
        assert_eq!(user["phoneNumbers"].as_array().unwrap().iter().filter(|number| number["primary"] == true).count(), 1);
        let user = patch(json!([{ "op": "remove", "path": "phoneNumbers[type eq \"pager\" or type eq \"home\"]" }])).await;
        assert_eq!(user["phoneNumbers"].as_array().unwrap().len(), 1);
        let user = patch(json!([{ "op": "add", "path": "emails[type eq \"home\"].value", "value": "ada@home.example" }])).await;
        assert_eq!(user["emails"].as_array().unwrap().len(), 2);
        assert_eq!(user["userName"], "ada.moreau@kestrelbay.example");
        let user = patch(json!([{ "op": "replace", "path": "active", "value": "False" }])).await;
        assert_eq!((&user["active"], &user[WEBEX]["accountStatus"]), (&json!(false), &json!(["disabled"])));
        let user = patch(json!([{ "op": "remove", "path": "timezone" }, { "op": "remove", "path": "title" }, { "op": "remove", "path": format!("{ENTERPRISE}:department") }])).await;
        assert!(user.get("timezone").is_none() && user.get("title").is_none() && user[ENTERPRISE].get("department").is_none());
        let user = patch(json!([{ "op": "remove", "path": ENTERPRISE }])).await;
        assert!(user.get(ENTERPRISE).is_none());
        let user = patch(json!([{ "op": "replace", "path": "userName", "value": "ada.third@kestrelbay.example" }])).await;
        assert_eq!(user["emails"].as_array().unwrap().iter().find(|email| email["primary"] == true).unwrap()["value"], "ada.third@kestrelbay.example");
        let user = patch(json!([{ "op": "replace", "path": "emails[primary eq true].value", "value": "ada.fourth@kestrelbay.example" }])).await;
        assert_eq!(user["userName"], "ada.fourth@kestrelbay.example");

        let before = admin.get(&path).await.json();
        world.clock.advance(std::time::Duration::from_secs(60)).await;
        let same = patch(json!([{ "op": "replace", "path": "nickName", "value": "Ad" }])).await;
        assert_eq!(same, before, "a patch that changes nothing leaves the version");
    }

    async fn wrong_patches_are_refused_in_words(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = user_path(&admin.made(&ada()).await);
        for (operation, word) in [
            (json!({ "op": "move", "path": "title" }), "invalidSyntax"),
            (json!({ "op": "remove" }), "noTarget"),
            (json!({ "op": "add", "path": "title" }), "invalidValue"),
            (json!({ "op": "replace", "path": "id", "value": "x" }), "mutability"),
            (json!({ "op": "replace", "path": "meta.created", "value": "x" }), "mutability"),
            (json!({ "op": "replace", "path": "nobody", "value": "x" }), "invalidPath"),
            (json!({ "op": "replace", "path": "emails[", "value": "x" }), "invalidPath"),
            (json!({ "op": "replace", "path": "name[givenName eq \"x\"]", "value": "x" }), "invalidPath"),
            (json!({ "op": "replace", "path": "emails[type eq \"other\"].value", "value": "x@y.example" }), "noTarget"),
            (json!({ "op": "replace", "path": "emails[nobody eq \"x\"].value", "value": "x" }), "invalidFilter"),
            (json!({ "op": "remove", "path": "userName" }), "invalidValue"),
            (json!({ "op": "replace", "path": "active", "value": "perhaps" }), "invalidValue"),
            (json!({ "op": "replace", "path": "userType", "value": "king" }), "invalidValue"),
            (json!({ "op": "replace", "path": "roles", "value": [{ "value": "id_king" }] }), "invalidValue"),
            (json!({ "op": "replace", "path": format!("{ENTERPRISE}:manager.value"), "value": "somebody" }), "invalidValue"),
        ] {
            let answer = admin.patch_answer(&path, &json!([operation])).await;
            assert_eq!(answer.json()["scimType"], word, "{operation}: {}", answer.body);
            refused(&answer, 400, word);
        }
    }

    async fn a_name_that_is_taken_is_a_conflict(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        admin.made(&ada()).await;
        refused(&admin.send("POST", "/Users", &ada()).await, 409, "uniqueness");
        let other = json!({ "userName": "badge 7", "emails": [{ "value": "seven@kestrelbay.example", "primary": true }] });
        let seven = admin.made(&other).await;
        assert_eq!((&seven["userName"], &seven["emails"][0]["value"]), (&json!("badge 7"), &json!("seven@kestrelbay.example")));
        let again = json!({ "userName": "BADGE 7", "emails": [{ "value": "eight@kestrelbay.example", "primary": true }] });
        refused(&admin.send("POST", "/Users", &again).await, 409, "uniqueness");
        for (body, sentence) in [
            (json!({ "displayName": "X" }), "userName is missing"),
            (json!({ "userName": "badge 9" }), "userName must be an e-mail address"),
            (json!({ "userName": "a@kestrelbay.example", "emails": [{ "value": "b@kestrelbay.example", "primary": true }] }), "must be the same address"),
            (json!({ "userName": "a@kestrelbay.example", "emails": [{ "value": "a@kestrelbay.example", "primary": true }, { "value": "b@x.example", "primary": true }] }), "Only one value of emails"),
            (json!({ "userName": "a@kestrelbay.example", "schemas": ["urn:other"] }), "schemas must hold"),
            (json!({ "userName": 7 }), "userName must be a text"),
            (json!([]), "must be a JSON object"),
        ] {
            let answer = admin.send("POST", "/Users", &body).await;
            assert_eq!(answer.status, 400, "{body}: {}", answer.body);
            assert!(answer.json()["detail"].as_str().unwrap().contains(sentence), "{body}: {}", answer.body);
        }
    }

    async fn versions_guard_a_change(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let user = admin.made(&ada()).await;
        let (path, tag) = (user_path(&user), user["meta"]["version"].as_str().unwrap().to_owned());
        let unchanged = admin.app.get(&admin.path(&path)).header("if-none-match", &tag).send().await;
        assert_eq!((unchanged.status.as_u16(), unchanged.body.as_str()), (304, ""));
        let body = json!({ "Operations": [{ "op": "add", "path": "title", "value": "Boss" }] });
        let changed = admin.send_if("PATCH", &path, &tag, &body).await;
        assert_eq!(changed.status, 200);
        assert_ne!(changed.header("etag"), Some(tag.as_str()));
        let newer = admin.app.get(&admin.path(&path)).header("if-none-match", &tag).send().await;
        assert_eq!(newer.status, 200);
        let put = json!({ "userName": user["userName"] });
        for (method, body) in [("PATCH", &body), ("PUT", &put), ("DELETE", &json!({}))] {
            let answer = admin.send_if(method, &path, &tag, body).await;
            assert_eq!(answer.status, 412, "{method}");
            assert_eq!(answer.json()["status"], "412");
        }
        assert_eq!(admin.send_if("DELETE", &path, "*", &json!({})).await.status, 204);
    }

    async fn who_is_deleted_is_gone_everywhere(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let user = admin.made(&ada()).await;
        let group = admin.send("POST", "/Groups", &json!({ "displayName": "Foresters", "members": [{ "value": user["id"] }] })).await.json();
        assert_eq!(group["members"][0]["display"], "Ada Moreau");
        assert_eq!(admin.delete(&user_path(&user)).await.status, 204);
        assert_eq!(admin.get(&user_path(&user)).await.status, 404);
        assert_eq!(admin.delete(&user_path(&user)).await.status, 404);
        let after = admin.get(&support::group_path(&group)).await.json();
        assert!(after.get("members").is_none(), "{after}");
        assert_ne!(after["meta"]["version"], group["meta"]["version"]);
        // The name and the external id are free again.
        let again = admin.made(&ada()).await;
        assert_ne!(again["id"], user["id"]);
    }

    async fn roles_are_given_by_full_administrators_alone(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = user_path(&admin.made(&ada()).await);
        let operations = json!([{ "op": "add", "path": "roles", "value": [{ "value": "id_user_admin" }] }]);
        let user = admin.patched(&path, &operations).await;
        assert_eq!(user["roles"], json!([{ "value": "id_user_admin" }]));
        assert_eq!(user[WEBEX]["managedOrgs"][0]["role"], "id_user_admin");
        let id = hub_directory::PersonId::parse(user["id"].as_str().unwrap()).unwrap();
        let lesser = world.client(world.caller_of(id, support::EVERY_SCOPE).await);
        let ken = format!("/Users/{}", world.id_of(NamedPerson::KenAlvarez));
        assert_eq!(lesser.patch_answer(&ken, &json!([{ "op": "add", "path": "title", "value": "X" }])).await.status, 200);
        assert_eq!(lesser.patch_answer(&ken, &operations).await.status, 403);
        let alex = format!("/Users/{}", world.id_of(NamedPerson::FullAdmin));
        assert_eq!(lesser.patch_answer(&alex, &json!([{ "op": "replace", "path": "active", "value": false }])).await.status, 403);
        let user = admin.patched(&path, &json!([{ "op": "remove", "path": "roles" }])).await;
        assert!(user.get("roles").is_none());
    }

    async fn everybody_sees_themselves(database: Database) {
        let world = World::new(&database).await;
        let ken = world.caller(NamedPerson::KenAlvarez, "spark:people_read").await;
        let client = world.client(ken);
        let me = client.app.get("/identity/scim/v2/Users/me").send().await;
        assert_eq!(me.status, 200, "{}", me.body);
        assert_eq!(me.json()["id"], world.id_of(NamedPerson::KenAlvarez).to_string());
        let me = client.app.get("/identity/scim/v2/Users/me?returnGroups=true").send().await.json();
        assert!(me["groups"].as_array().unwrap().len() >= 2, "{me}");
        assert_eq!(client.get("/Users").await.status, 403);
    }
}
