#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! Letters: how they leave, and who sees them.
mod support;

use std::path::Path;
use std::time::Duration;

use hub_events::{Letter, MailRoad};
use kit::SecretString;
use kit_sql::sql;
use support::{World, admin, at_a_browser, organization};

fn letter() -> Letter {
    Letter {
        organization_id: organization(1),
        to: "ben@kestrel.example".to_owned(),
        subject: "Your password was reset – Grüße\r\nBcc: all@example.com".to_owned(),
        paragraphs: vec![
            "An administrator reset your password.".to_owned(),
            "Choose a new one.".to_owned(),
        ],
        link: Some((
            "Choose a password".to_owned(),
            "/password/new?token=only-the-reader".to_owned(),
        )),
        once_key: None,
    }
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("mail"))
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
    let mut texts: Vec<String> = entries
        .unwrap_or_default()
        .into_iter()
        .map(|path| {
            assert_eq!(path.extension().unwrap(), "eml", "{path:?}");
            std::fs::read_to_string(path).unwrap()
        })
        .collect();
    texts.sort();
    texts
}

kit_test::both_databases! {
    async fn without_a_server_a_letter_becomes_a_file(database: Database) {
        let world = World::new(database).await;
        world.write(&letter()).await;
        world.events.work_once().await.unwrap();
        world.events.work_once().await.unwrap();
        let files = files(world.folder.path());
        assert_eq!(files.len(), 1, "once");
        for line in ["To: ben@kestrel.example", "Date: Tue, 24 Nov 2026 09:00:00 +0000", "Choose a new one.", "http://127.0.0.1:8080/password/new?token=3Donly-the-reader"] {
            assert!(files[0].contains(line), "{line}: {}", files[0]);
        }
        assert!(!files[0].contains("\nBcc:"), "a subject makes no header: {}", files[0]);
    }

    async fn administrators_see_the_letters_of_their_organization_without_what_is_the_readers_alone(database: Database) {
        let world = World::new(database).await;
        world.write(&letter()).await;
        let browser = world.app(Some(at_a_browser(&admin(1, 1))));
        let mut seen = Vec::new();
        for _ in 0..2 {
            let list = browser.get("/mail").send().await;
            assert_eq!(list.status, 200, "{}", list.body);
            assert!(list.body.contains("ben@kestrel.example"), "{}", list.body);
            let path = list.body.split("href=\"/mail/").nth(1).unwrap().split('"').next().unwrap().to_owned();
            let one = browser.get(&format!("/mail/{path}")).send().await;
            assert!(one.body.contains("An administrator reset your password.") && one.body.contains("/password/new"), "{}", one.body);
            assert!(!one.body.contains("only-the-reader") && !list.body.contains("only-the-reader"));
            seen.push(list.body.contains("Kept as a file"));
            let mut foreign = at_a_browser(&admin(9, 9));
            foreign.organization_id = organization(2);
            let other = world.app(Some(foreign));
            assert_eq!(other.get(&format!("/mail/{path}")).send().await.status, 404);
            assert!(!other.get("/mail").send().await.body.contains("ben@kestrel.example"));
            world.events.work_once().await.unwrap();
        }
        assert_eq!(seen, [false, true]);
        let row = sql("SELECT link_path FROM events_letter").one(&world.database).await.unwrap();
        assert_eq!(row.text("link_path").unwrap(), "/password/new", "once it has left, the rest is forgotten");
    }

    async fn two_letters_with_one_key_are_one(database: Database) {
        let world = World::new(database).await;
        let once = Letter { once_key: Some("reminder 1".to_owned()), ..letter() };
        world.write(&once).await;
        world.write(&once).await;
        world.write(&letter()).await;
        world.events.work_once().await.unwrap();
        assert_eq!(files(world.folder.path()).len(), 2);
    }

    async fn a_server_that_does_not_answer_is_tried_again_and_at_last_given_up(database: Database) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let nobody = format!("smtp://{}", listener.local_addr().unwrap());
        drop(listener);
        let world = World::with(database, |options| options.mail = MailRoad::Server(SecretString::from(nobody))).await;
        world.write(&letter()).await;
        let mut rounds = 0;
        loop {
            world.events.work_once().await.unwrap();
            let row = sql("SELECT tries, given_up_at, last_error FROM events_letter").one(&world.database).await.unwrap();
            assert!(row.text("last_error").unwrap().starts_with("The mail server did not take the letter"), "{:?}", row.text("last_error"));
            rounds += 1;
            assert_eq!(row.integer("tries").unwrap(), rounds);
            if row.optional_integer("given_up_at").unwrap().is_some() {
                break;
            }
            world.pass(Duration::from_secs(12 * 3600)).await;
        }
        assert_eq!(rounds, 9);
        let page = world.app(Some(at_a_browser(&admin(1, 1)))).get("/mail").send().await;
        assert!(page.body.contains("Given up"), "{}", page.body);
    }

    async fn an_address_that_is_none_is_given_up_at_once(database: Database) {
        let world = World::new(database).await;
        world.write(&Letter { to: "nobody".to_owned(), ..letter() }).await;
        world.write(&letter()).await;
        world.events.work_once().await.unwrap();
        assert_eq!(files(world.folder.path()).len(), 1, "the other one leaves");
        let row = sql("SELECT last_error FROM events_letter WHERE given_up_at IS NOT NULL").one(&world.database).await.unwrap();
        assert_eq!(row.text("last_error").unwrap(), "“nobody” is not an address that mail can be sent to.");
    }
}
