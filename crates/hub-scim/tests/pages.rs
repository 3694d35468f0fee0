//! The console's pages about groups.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use support::{World, csrf_token};

async fn send(app: &App, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let csrf = csrf_token(&app.cookie("trunkline_hub_browser").unwrap());
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(pairs);
    app.post(path).form(&all).send().await
}

kit_test::both_databases! {
    async fn an_administrator_finds_makes_fills_renames_and_deletes_a_group(database: Database) {
        let world = World::new(&database).await;
        let app = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        let list = app.get("/groups").send().await;
        assert_eq!(list.status, 200);
        assert!(list.body.contains("All of Boston") && list.body.contains("Add a group"), "{}", list.body);
        let found = app.get("/groups?q=bost+ALL").send().await;
        assert!(found.body.contains("All of Boston") && found.body.contains("1–1 of 1"), "{}", found.body);
        let none = app.get("/groups?q=%3Cb%3E").send().await;
        assert!(none.body.contains("No group matches") && !none.body.contains("<b>"), "{}", none.body);
        let far = app.get("/groups?page=99999999").send().await;
        assert!(far.body.contains("All of Boston"));

        let wrong = send(&app, "/groups/new", &[("name", "all of boston")]).await;
        assert_eq!(wrong.status, 409);
        assert!(wrong.body.contains("has this name already") && wrong.body.contains("value=\"all of boston\""), "{}", wrong.body);
        let empty = send(&app, "/groups/new", &[("name", "  ")]).await;
        assert_eq!(empty.status, 400);
        let made = send(&app, "/groups/new", &[("name", "Pilots & Co"), ("description", "Who flies")]).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let path = made.location().split('?').next().unwrap().to_owned();
        let page = app.get(made.location()).send().await;
        assert!(page.body.contains("The group was added.") && page.body.contains("Nobody is in this group."), "{}", page.body);

        let heidi = world.own.named(NamedPerson::HeidiHarper).unwrap();
        let stranger = send(&app, &format!("{path}/members"), &[("email", &world.other.people[0].email)]).await;
        assert_eq!(stranger.status, 400);
        assert!(stranger.body.contains("Nobody of your organization signs in as"), "{}", stranger.body);
        let added = send(&app, &format!("{path}/members"), &[("email", &heidi.email.to_uppercase())]).await;
        assert_eq!(added.location(), format!("{path}?done=added"));
        let page = app.get(&path).send().await;
        assert!(page.body.contains("Heidi Harper") && page.body.contains("1–1 of 1"), "{}", page.body);
        let id = heidi.id.to_string();
        assert_eq!(send(&app, &format!("{path}/members/remove"), &[("person_id", &id)]).await.location(), format!("{path}?done=removed"));
        assert!(!app.get(&path).send().await.body.contains("Heidi Harper"));

        let form = app.get(&format!("{path}/edit")).send().await;
        assert_eq!((form.field("name").as_str(), form.field("description").as_str()), ("Pilots & Co", "Who flies"));
        let saved = send(&app, &format!("{path}/edit"), &[("name", "Captains"), ("description", "")]).await;
        assert_eq!(saved.location(), format!("{path}?done=saved"));
        let page = app.get(&path).send().await;
        assert!(page.body.contains("<h1>Captains</h1>") && !page.body.contains("Who flies"), "{}", page.body);
        assert!(app.get(&format!("{path}/delete")).send().await.body.contains("Delete for good"));
        assert_eq!(send(&app, &format!("{path}/delete"), &[]).await.location(), "/groups?done=deleted");
        assert_eq!(app.get(&path).send().await.status, 404);
    }

    async fn members_come_in_pages(database: Database) {
        let world = World::sized(&database, hub_directory::Size::Medium).await;
        let app = world.app(Some(world.session(NamedPerson::ReadOnlyAdmin).await));
        let list = app.get("/groups").send().await.body;
        assert!(!list.contains("Add a group"));
        let path = list.split("row-link\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let first = app.get(&path).send().await.body;
        assert!(first.contains("1–50 of ") && first.contains("rel=\"next\"") && !first.contains("Remove"), "{first}");
        let second = app.get(&format!("{path}?page=2")).send().await.body;
        assert!(second.contains("51–100 of ") && second.contains("rel=\"prev\""), "{second}");
    }
}
