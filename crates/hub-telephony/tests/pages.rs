//! The administrators' pages of workspaces and virtual lines, as a browser meets them.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use support::{BOSTON, CHICAGO, World};

async fn body(app: &App, path: &str) -> String {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

fn names(body: &str) -> Vec<String> {
    body.split("class=\"row-link\"")
        .skip(1)
        .map(|rest| rest[rest.find('>').unwrap() + 1..rest.find('<').unwrap()].to_owned())
        .collect()
}

/// Sends the form of a page back with these values.
async fn send(app: &App, page: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = app.get(page).send().await.field("csrf");
    let mut fields = fields.to_vec();
    fields.push(("csrf", &csrf));
    app.post(page).form(&fields).send().await
}

async fn admin(world: &World) -> App {
    world.app(Some(world.session(NamedPerson::FullAdmin).await))
}

fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap()
}

kit_test::both_databases! {
    async fn workspaces_are_found(database: Database) {
        let world = World::new(&database).await;
        let admin = admin(&world).await;
        let all = body(&admin, "/workspaces").await;
        assert_eq!(names(&all).len(), 6);
        assert!(all.contains("1–6 of 6"), "{all}");
        let boston = world.small.locations[BOSTON].id;
        assert_eq!(names(&body(&admin, &format!("/workspaces?location={boston}&type=huddle")).await), ["Harbor Huddle"]);
        assert_eq!(names(&body(&admin, "/workspaces?q=DESK").await), ["Terminal Hot Desk", "Warehouse Desk Dock 4"]);
        let none = body(&admin, "/workspaces?q=%3Cb%3E&page=9").await;
        assert!(none.contains("No workspace matches.") && !none.contains("<b>"));
    }

    async fn a_workspace_is_added_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = admin(&world).await;
        let boston = world.small.locations[BOSTON].id.to_string();
        let (number, extension) = (world.spare(BOSTON, 0), world.extension(BOSTON, 0));
        let incomplete = send(&admin, "/workspaces/new", &[("calling", "webexCalling"), ("capacity", "many"), ("calendar", "google"), ("phone_number", "x")]).await;
        assert_eq!(incomplete.status, 400);
        for problem in ["Give the workspace a name", "Give the number of people", "needs a location", "is not a telephone number", "Give the mailbox"] {
            assert!(incomplete.body.contains(problem), "{problem}");
        }
        let fields = [
            ("display_name", "Mail Room"), ("kind", "other"), ("capacity", "3"), ("location", &boston), ("devices", "phones"),
            ("calling", "webexCalling"), ("phone_number", &number), ("extension", &extension), ("calendar", "none"), ("notes", "Ring twice"),
        ];
        let made = send(&admin, "/workspaces/new", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let path = without_query(made.location()).to_owned();
        let page = body(&admin, made.location()).await;
        for part in ["The workspace was added.", "Mail Room", &number, &extension, "Webex Calling - Workspaces", "Boston Headquarters", "Ring twice", "3 people"] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let form = body(&admin, &format!("{path}/edit")).await;
        assert!(form.contains("cannot be changed once it is set") && form.contains(&format!("value=\"{extension}\"")), "{form}");
        let taken = world.small.people.iter().find(|person| person.location == BOSTON && person.extension.is_some()).unwrap();
        let taken = taken.extension.unwrap().to_string();
        let refused = send(&admin, &format!("{path}/edit"), &[("display_name", "Mail Room"), ("calling", "webexCalling"), ("extension", &taken)]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("is taken at “Boston Headquarters”"), "{}", refused.body);
        let saved = send(&admin, &format!("{path}/edit"), &[("display_name", "Post Room"), ("calling", "freeCalling"), ("hotdesking", "on")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = body(&admin, saved.location()).await;
        assert!(page.contains("Post Room") && !page.contains(&number) && page.contains("The changes were saved."), "{page}");
        assert!(body(&admin, &format!("{path}/delete")).await.contains("There is no way back."));
        let deleted = send(&admin, &format!("{path}/delete"), &[]).await;
        assert_eq!(deleted.location(), "/workspaces?done=deleted");
        assert!(body(&admin, deleted.location()).await.contains("The workspace was deleted."));
        assert_eq!(admin.get(&path).send().await.status, 404);
    }

    async fn a_calling_workspace_is_saved_as_it_is(database: Database) {
        let world = World::new(&database).await;
        let admin = admin(&world).await;
        let list = body(&admin, "/workspaces?q=atlantic").await;
        let path = list.split("href=\"").find(|rest| rest.starts_with("/workspaces/") && !rest.starts_with("/workspaces/new")).unwrap();
        let path = path.split('"').next().unwrap().to_owned();
        let before = body(&admin, &path).await;
        let edit = format!("{path}/edit");
        let form = admin.get(&edit).send().await;
        let chosen = |select: &str| {
            let part = form.body.split(&format!("name=\"{select}\"")).nth(1).unwrap().split("</select>").next().unwrap().to_owned();
            let option = part.split("<option").find(|option| option.contains(" selected")).unwrap_or_default().to_owned();
            option.split("value=\"").nth(1).unwrap_or_default().split('"').next().unwrap().to_owned()
        };
        let selects = ["kind", "calling", "license", "calendar"].map(|name| (name, chosen(name)));
        let inputs = ["display_name", "capacity", "phone_number", "extension", "calendar_email", "map"].map(|name| (name, form.field(name)));
        let mut fields: Vec<(&str, &str)> = selects.iter().chain(&inputs).map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("notes", "Screen sharing by cable only while the ceiling is repaired."));
        let saved = send(&admin, &edit, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let facts = |page: &str| page.split("<dl class=\"facts\">").skip(1).map(|part| part.split("<dt>Added").next().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(facts(&body(&admin, &path).await)[0], facts(&before)[0]);
        assert_eq!(facts(&body(&admin, &path).await).last(), facts(&before).last());
    }

    async fn a_virtual_line_is_found_added_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let admin = admin(&world).await;
        assert_eq!(names(&body(&admin, "/calling/virtual-lines").await), ["Customs Hotline", "Night Dispatch"]);
        assert_eq!(names(&body(&admin, "/calling/virtual-lines?q=night").await), ["Night Dispatch"]);
        let chicago = world.small.locations[CHICAGO].id.to_string();
        assert_eq!(names(&body(&admin, &format!("/calling/virtual-lines?location={chicago}")).await), ["Night Dispatch"]);
        let new = "/calling/virtual-lines/new";
        let incomplete = send(&admin, new, &[]).await;
        assert_eq!(incomplete.status, 400);
        for problem in ["Give a first name", "Give a last name", "Choose the location", "Give a phone number or an extension"] {
            assert!(incomplete.body.contains(problem), "{problem}");
        }
        let extension = world.extension(CHICAGO, 4);
        let made = send(&admin, new, &[("first_name", "Dock"), ("last_name", "Office"), ("location", &chicago), ("extension", &extension)]).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let path = without_query(made.location()).to_owned();
        let page = body(&admin, made.location()).await;
        for part in ["The virtual line was added.", "Dock Office", &extension, "Chicago Distribution Center", "<dd>Shown</dd>"] {
            assert!(page.contains(part), "{part}");
        }
        assert_eq!(names(&body(&admin, &format!("/calling/virtual-lines?q={extension}")).await), ["Dock Office"]);
        let number = world.spare(CHICAGO, 1);
        let saved = send(&admin, &format!("{path}/edit"), &[("first_name", "Dock"), ("last_name", "Desk"), ("phone_number", &number)]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = body(&admin, saved.location()).await;
        assert!(page.contains(&number) && page.contains("Hidden") && !page.contains(&extension), "{page}");
        let elsewhere = send(&admin, &format!("{path}/edit"), &[("first_name", "Dock"), ("last_name", "Desk"), ("phone_number", &world.spare(BOSTON, 0))]).await;
        assert_eq!(elsewhere.status, 400);
        assert!(elsewhere.body.contains("belongs to another location"), "{}", elsewhere.body);
        let deleted = send(&admin, &format!("{path}/delete"), &[]).await;
        assert_eq!(deleted.location(), "/calling/virtual-lines?done=deleted");
        assert_eq!(admin.get(&path).send().await.status, 404);
    }
}
