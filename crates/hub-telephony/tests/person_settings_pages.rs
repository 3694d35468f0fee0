//! The pages of a person's call settings: what they show, change and refuse.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod person_settings_support;
mod support;

use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper, KenAlvarez};
use person_settings_support::{feature, person, rows};
use support::{World, get};

kit_test::both_databases! {
    async fn the_form_changes_forwarding_voicemail_and_availability_together(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser_of(FullAdmin).await;
        let heidi = world.id_of(HeidiHarper);
        let page = format!("/users/{heidi}/calling");
        let opened = browser.get(&format!("{page}/edit")).send().await;
        let csrf = opened.field("csrf");
        let fields = [
            ("csrf", csrf.as_str()),
            ("busy", "on"), ("busy_destination", "+16175550199"), ("rings", "4"), ("voicemail_rings", "5"),
            ("voicemail", "on"), ("voicemail_unanswered", "on"), ("do_not_disturb", "on"),
        ];
        let saved = browser.post(&format!("{page}/edit")).form(&fields).send().await;
        assert_eq!((saved.status.as_u16(), saved.location()), (303, format!("{page}?done=saved").as_str()), "{}", saved.body);
        let shown = browser.get(saved.location()).send().await;
        for words in ["The call settings were saved.", "+16175550199", "After 4 rings", "not answered after 5 rings", "calls find the person busy"] {
            assert!(shown.body.contains(words), "{words}: {}", shown.body);
        }
        let admin = world.admin().await;
        assert_eq!(get(&admin, &feature(heidi, "callWaiting")).await["enabled"], false);
    }

    async fn a_refusal_leads_to_the_field_and_changes_nothing(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser_of(FullAdmin).await;
        let heidi = world.id_of(HeidiHarper);
        let path = format!("/users/{heidi}/calling/edit");
        let csrf = browser.get(&path).send().await.field("csrf");
        let fields = [("csrf", csrf.as_str()), ("do_not_disturb", "on"), ("always", "on"), ("rings", "3"), ("voicemail_rings", "often")];
        let refused = browser.post(&path).form(&fields).send().await;
        assert_eq!(refused.status, 400);
        assert!(refused.body.contains("<a href=\"#always_destination\">Always forward to is missing"), "{}", refused.body);
        let fields = [("csrf", csrf.as_str()), ("do_not_disturb", "on"), ("rings", "3"), ("voicemail_rings", "often")];
        let refused = browser.post(&path).form(&fields).send().await;
        assert!(refused.body.contains("The number of rings before voicemail must be between 0 and 20."), "{}", refused.body);
        assert_eq!(rows(&world).await, 0);
    }

    async fn somebody_is_found_added_to_the_list_and_removed(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser_of(FullAdmin).await;
        let (heidi, ken) = (world.id_of(HeidiHarper), world.id_of(KenAlvarez));
        let page = format!("/users/{heidi}/calling");
        let list = format!("{page}/monitoring");
        let found = browser.get(&format!("{list}?q=Alvarez")).send().await;
        assert!(found.body.contains(&person(ken)), "{}", found.body);
        let csrf = found.field("csrf");
        let added = browser.post(&list).form(&[("csrf", &csrf), ("add", &person(ken))]).send().await;
        assert_eq!(added.status, 303, "{}", added.body);
        let shown = browser.get(added.location()).send().await;
        assert!(shown.body.contains(&format!("<a class=\"row-link\" href=\"/users/{ken}\">Ken Alvarez</a>")), "{}", shown.body);
        let again = browser.post(&list).form(&[("csrf", &csrf), ("add", &person(ken))]).send().await;
        assert_eq!(again.status, 409);
        let removed = browser.post(&list).form(&[("csrf", &csrf), ("remove", &format!("MEMBER {ken}"))]).send().await;
        assert_eq!(removed.status, 303);
        assert!(browser.get(&page).send().await.body.contains("Nobody is monitored."));
        let forged = browser.post(&list).form(&[("add", &person(ken))]).send().await;
        assert_eq!(forged.status, 403);
    }

    async fn somebody_without_calling_has_nothing_to_set(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser_of(FullAdmin).await;
        let without = world.small.people.iter().find(|person| person.extension.is_none() && person.number.is_none()).unwrap();
        let shown = browser.get(&format!("/users/{}/calling", without.id)).send().await;
        assert_eq!(shown.status, 200);
        assert!(shown.body.contains("there is nothing to set"), "{}", shown.body);
    }
}
