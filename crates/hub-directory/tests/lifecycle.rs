//! What becomes of a person: what is told of it, what is asked before, and the deletion thirty days after a deactivation.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use hub_directory::seed::{LicenseKind, NamedPerson};
use hub_directory::{Caller, Consequence, Consequences, Deed, Fate, PersonDraft, PersonId};
use kit::{Kind, Result};
use kit_sql::{Database, sql};
use support::{Listener, World};
use webex::Role;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// One authorization of everybody, whatever happens to them.
struct OneOfEverybody;

#[async_trait]
impl Consequences for OneOfEverybody {
    async fn of(&self, _: &Caller, _: PersonId, deed: &Deed) -> Result<Vec<Consequence>> {
        Ok(vec![Consequence {
            client_id: "C1".to_owned(),
            client_name: "Users' Synch <of> Kestrel".to_owned(),
            customer: "Kestrel Bay Logistics".to_owned(),
            fate: if *deed == Deed::HidePresence {
                Fate::GoesBlind
            } else {
                Fate::Dies
            },
            others: Vec::new(),
        }])
    }
}

/// What the audit says, in order: sentence, setting, before, afterwards.
async fn audit(database: &Database) -> Vec<(String, String, String, String)> {
    let rows =
        sql("SELECT action_text, setting, previous_value, new_value FROM events_audit ORDER BY at, id")
            .all(database)
            .await
            .unwrap();
    let text = |row: &kit_sql::Row, column: &str| row.optional_text(column).unwrap().unwrap_or_default();
    rows.iter()
        .map(|row| {
            (
                row.text("action_text").unwrap(),
                text(row, "setting"),
                text(row, "previous_value"),
                text(row, "new_value"),
            )
        })
        .collect()
}

/// The security events so far: kind and who set them off.
async fn events(database: &Database) -> Vec<(String, String)> {
    let rows = sql("SELECT payload FROM events_outbox WHERE kind = 'security' ORDER BY at, id")
        .all(database)
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            let payload: serde_json::Value = serde_json::from_str(&row.text("payload").unwrap()).unwrap();
            let text = |name: &str| payload[name].as_str().unwrap().to_owned();
            (text("event"), text("initiator"))
        })
        .collect()
}

async fn wait(world: &World, how_long: Duration) {
    world.clock.advance(how_long).await;
}

fn event(kind: &str, initiator: &str) -> (String, String) {
    (kind.to_owned(), initiator.to_owned())
}

kit_test::both_databases! {
    async fn every_change_is_told_with_who_and_old_and_new_value(database: Database) {
        let world = World::new(&database).await;
        let admin = world.session(NamedPerson::FullAdmin).await;
        let name = world.directory.account(admin.person_id).await.unwrap().unwrap().display_name;
        let draft = PersonDraft { email: Some("nora@kestrelbay.example".to_owned()), first_name: Some("Nora".to_owned()), ..PersonDraft::default() };
        let person = world.directory.create_person(&admin, draft.clone()).await.unwrap();
        wait(&world, DAY).await;
        let license = world.small.license(LicenseKind::Messaging).unwrap().id;
        let changed = PersonDraft { department: Some("Harbour".to_owned()), licenses: vec![hub_directory::LicenseId::new(license)], ..draft };
        world.directory.update_person(&admin, person.id, changed).await.unwrap();
        wait(&world, DAY).await;
        world.directory.set_roles(&admin, person.id, &[Role::FullAdministrator, Role::CallHistory]).await.unwrap();
        wait(&world, DAY).await;
        world.directory.set_roles(&admin, person.id, &[]).await.unwrap();
        wait(&world, DAY).await;
        world.directory.set_login_enabled(&admin, person.id, false).await.unwrap();
        wait(&world, DAY).await;
        world.directory.set_login_enabled(&admin, person.id, true).await.unwrap();
        wait(&world, DAY).await;
        world.directory.delete_person(&admin, person.id).await.unwrap();
        let told = audit(&database).await;
        let line = |text: &str, setting: &str, old: &str, new: &str| (format!("{name} {text}."), setting.to_owned(), old.to_owned(), new.to_owned());
        assert_eq!(told[0], line("added Nora", "", "", "E-mail address: nora@kestrelbay.example"));
        assert!(told[1..3].contains(&line("changed Nora", "Department", "None", "Harbour")), "{told:?}");
        assert!(told[1..3].iter().any(|(_, setting, old, new)| setting == "Licences" && old == "None" && !new.is_empty()), "{told:?}");
        let roles = "Full Administrator, Webex Calling Detailed Call History API access";
        assert_eq!(told[3..], [
            line("changed the roles of Nora", "Administrator roles", "None", roles),
            line("changed the roles of Nora", "Administrator roles", roles, "None"),
            line("deactivated Nora", "Status", "Active", "Deactivated"),
            line("activated Nora", "Status", "Deactivated", "Active"),
            line("deleted Nora", "", "E-mail address: nora@kestrelbay.example", ""),
        ]);
        let mut heard = events(&database).await;
        heard[..2].sort();
        assert_eq!(heard, [
            event("call-records-role-removed", "admin"),
            event("full-administrator-removed", "admin"),
            event("deactivated", "admin"),
            event("reactivated", "admin"),
            event("deleted", "admin"),
        ]);
        let letters = sql("SELECT subject FROM events_letter WHERE recipient = 'nora@kestrelbay.example'").all(&database).await.unwrap();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].text("subject").unwrap(), "You are no Full Administrator any more");
    }

    async fn hiding_and_showing_presence_is_told_as_the_persons_own_deed(database: Database) {
        let world = World::new(&database).await;
        let heidi = world.session(NamedPerson::HeidiHarper).await;
        world.directory.set_presence_sharing(&heidi, true).await.unwrap();
        assert!(events(&database).await.is_empty(), "what is so already is no change");
        world.directory.set_presence_sharing(&heidi, false).await.unwrap();
        wait(&world, DAY).await;
        world.directory.set_presence_sharing(&heidi, true).await.unwrap();
        assert_eq!(events(&database).await, [event("presence-hidden", "user"), event("presence-shown", "user")]);
        let told = audit(&database).await;
        assert_eq!((told[0].2.as_str(), told[0].3.as_str()), ("Shared", "Hidden"));
    }

    async fn what_is_rolled_back_was_never_told(database: Database) {
        let world = World::new(&database).await;
        world.directory.with_listener(Arc::new(Listener { refuses: true, ..Listener::default() }));
        let admin = world.session(NamedPerson::FullAdmin).await;
        let heidi = world.id_of(NamedPerson::HeidiHarper);
        world.directory.set_login_enabled(&admin, heidi, false).await.unwrap_err();
        world.directory.delete_person(&admin, heidi).await.unwrap_err();
        assert!(audit(&database).await.is_empty() && events(&database).await.is_empty());
        assert!(world.directory.deleted_at(world.organization_id(), heidi).await.unwrap().is_none());
    }

    async fn whoever_hides_presence_sees_nobodys_and_is_answered_200(database: Database) {
        let world = World::new(&database).await;
        let shown = |body: &serde_json::Value| body["items"].as_array().unwrap().iter().filter(|person| person.get("status").is_some() || person.get("lastActivity").is_some()).count();
        let caller = world.caller(NamedPerson::FullAdmin).await;
        let before = world.admin().await.get("/v1/people?max=50").send().await;
        assert!(shown(&before.json()) > 10);
        world.directory.set_presence_sharing(&caller, false).await.unwrap();
        let blind = world.admin().await;
        let list = blind.get("/v1/people?max=50").send().await;
        assert_eq!((list.status.as_u16(), shown(&list.json())), (200, 0));
        for path in [format!("/v1/people/{}", support::person(world.id_of(NamedPerson::HeidiHarper))), "/v1/people/me".to_owned()] {
            let one = blind.get(&path).send().await;
            assert_eq!(one.status, 200);
            assert!(one.json().get("status").is_none() && one.json().get("lastActivity").is_none(), "{path}");
        }
        // The others still see; it is the caller's setting that counts.
        let other = world.app_of(NamedPerson::SecondFullAdmin).await.get("/v1/people?max=50").send().await;
        assert!(shown(&other.json()) > 10);
        world.directory.set_presence_sharing(&world.caller(NamedPerson::FullAdmin).await, true).await.unwrap();
        assert_eq!(shown(&world.admin().await.get("/v1/people?max=50").send().await.json()), shown(&before.json()));
    }

    async fn somebody_who_stays_deactivated_is_deleted_after_thirty_days_and_the_page_says_when(database: Database) {
        let world = World::new(&database).await;
        let admin = world.session(NamedPerson::FullAdmin).await;
        let (ken, heidi) = (world.id_of(NamedPerson::KenAlvarez), world.id_of(NamedPerson::HeidiHarper));
        // Whoever came deactivated with the organization gets thirty days from now.
        world.directory.delete_who_fell_due().await.unwrap();
        let came_so = world.id_of(NamedPerson::Deactivated);
        assert_eq!(world.directory.deleted_at(world.organization_id(), came_so).await.unwrap(), Some(kit::Clock::now(&world.clock).plus(30 * DAY)));
        world.directory.set_login_enabled(&admin, ken, false).await.unwrap();
        world.directory.set_login_enabled(&admin, heidi, false).await.unwrap();
        let due = world.directory.deleted_at(world.organization_id(), ken).await.unwrap().unwrap();
        let page = world.app(Some(admin.clone())).get(&format!("/users/{ken}")).send().await;
        assert!(page.body.contains("Deleted on") && page.body.contains(&due.to_string()), "{}", page.body);
        wait(&world, 29 * DAY).await;
        assert_eq!(world.directory.delete_who_fell_due().await.unwrap(), 0);
        // Letting somebody in and out again begins anew.
        world.directory.set_login_enabled(&admin, heidi, true).await.unwrap();
        world.directory.set_login_enabled(&admin, heidi, false).await.unwrap();
        wait(&world, DAY).await;
        let listener = Arc::new(Listener::default());
        world.directory.with_listener(listener.clone());
        world.directory.delete_who_fell_due().await.unwrap();
        assert!(world.directory.account(ken).await.unwrap().is_none());
        assert!(world.directory.account(came_so).await.unwrap().is_none());
        assert!(world.directory.account(heidi).await.unwrap().is_some());
        let heard = listener.heard.lock().unwrap().clone();
        assert!(heard.iter().any(|change| change.person_id == ken && change.actor.is_none()));
        assert!(events(&database).await.contains(&event("deleted", "policy")));
        assert!(audit(&database).await.iter().any(|(text, ..)| text.starts_with("The Hub (thirty days after the deactivation) deleted")));
        wait(&world, 29 * DAY).await;
        assert!(world.directory.delete_who_fell_due().await.unwrap() >= 1);
        assert!(world.directory.account(heidi).await.unwrap().is_none());
    }

    async fn the_deletion_runs_when_it_falls_due_and_nobody_asks(database: Database) {
        let world = World::new(&database).await;
        let admin = world.session(NamedPerson::FullAdmin).await;
        let ken = world.id_of(NamedPerson::KenAlvarez);
        world.directory.set_login_enabled(&admin, ken, false).await.unwrap();
        let directory = world.directory.clone();
        let running = tokio::spawn(async move { directory.reconcile_deletions().await });
        for _ in 0..31 * 24 {
            // It looks once an hour; between two looks the test lets it run.
            wait(&world, Duration::from_secs(3600)).await;
            tokio::task::yield_now().await;
        }
        for _ in 0..1000 {
            if world.directory.account(ken).await.unwrap().is_none() {
                break;
            }
            wait(&world, Duration::from_secs(3600)).await;
        }
        assert!(world.directory.account(ken).await.unwrap().is_none());
        running.abort();
    }

    async fn before_each_deed_one_reads_which_authorizations_it_ends(database: Database) {
        let world = World::new(&database).await;
        let admin = world.app(Some(world.session(NamedPerson::FullAdmin).await));
        let second = world.id_of(NamedPerson::SecondFullAdmin);
        let before = admin.get(&format!("/users/{second}/deactivate")).send().await;
        assert!(!before.body.contains("Who else holds one"), "nobody here knows");
        world.directory.with_consequences(Arc::new(OneOfEverybody));
        for action in ["deactivate", "delete"] {
            let page = admin.get(&format!("/users/{second}/{action}")).send().await;
            assert!(page.body.contains("Users&#39; Synch &#60;of&#62; Kestrel") && page.body.contains("Nobody: it stops working"), "{}", page.body);
        }
        let path = format!("/users/{second}/roles");
        let csrf = admin.get(&path).send().await.field("csrf");
        let asked = admin.post(&path).form(&[("csrf", &csrf), ("role", "id_readonly_admin")]).send().await;
        assert!(asked.status == 200 && asked.body.contains("Change the roles of") && asked.body.contains("1 authorization is concerned"), "{}", asked.body);
        assert!(world.directory.account(second).await.unwrap().unwrap().is_full_admin(), "asking changes nothing");
        let done = admin.post(&path).form(&[("csrf", &csrf), ("role", "id_readonly_admin"), ("confirmed", "yes")]).send().await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(world.directory.account(second).await.unwrap().unwrap().roles, [Role::ReadOnlyAdministrator]);
        // A role that comes ends nothing, and is not asked about.
        let heidi = format!("/users/{}/roles", world.id_of(NamedPerson::HeidiHarper));
        let given = admin.post(&heidi).form(&[("csrf", &csrf), ("role", "atlas-portal.calling.cdr")]).send().await;
        assert_eq!(given.status, 303);
    }

    async fn lesser_administrators_cannot_touch_greater_ones(database: Database) {
        let world = World::new(&database).await;
        let lesser = world.session(NamedPerson::UserAdmin).await;
        for greater in [NamedPerson::FullAdmin, NamedPerson::ReadOnlyAdmin, NamedPerson::SupportAdmin] {
            let id = world.id_of(greater);
            for error in [
                world.directory.set_login_enabled(&lesser, id, false).await.err(),
                world.directory.set_roles(&lesser, id, &[]).await.err(),
                world.directory.delete_person(&lesser, id).await.err(),
                world.directory.person_to_secure((&database).into(), &lesser, id).await.err(),
            ] {
                assert_eq!(*error.unwrap().kind(), Kind::Forbidden, "{greater:?}");
            }
        }
        let heidi = world.id_of(NamedPerson::HeidiHarper);
        assert_eq!(*world.directory.set_roles(&lesser, heidi, &[Role::FullAdministrator]).await.unwrap_err().kind(), Kind::Forbidden);
        assert_eq!(*world.directory.set_roles(&lesser, lesser.person_id, &[Role::FullAdministrator]).await.unwrap_err().kind(), Kind::Forbidden);
        world.directory.person_to_secure((&database).into(), &lesser, heidi).await.unwrap();
        assert!(audit(&database).await.is_empty(), "what was refused is no change");
    }
}
