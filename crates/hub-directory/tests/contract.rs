//! What the directory promises the other slices, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::sync::Arc;

use hub_directory::seed::{LicenseKind, NamedPerson};
use hub_directory::{PersonChangeKind, PersonDraft, PersonId};
use kit::Kind;
use kit_sql::{Database, sql};
use support::{Listener, World};
use webex::Role;

async fn count(database: &Database, table: &'static str) -> i64 {
    sql("SELECT COUNT(*) AS n FROM ")
        .push(table)
        .one(database)
        .await
        .unwrap()
        .integer("n")
        .unwrap()
}

/// The counter of each licence beside the number of its holders.
async fn counters(database: &Database) -> Vec<(i64, i64)> {
    let rows = sql("SELECT l.consumed_units, (SELECT COUNT(*) FROM person_license p WHERE p.license_id = l.id) AS held FROM license l")
        .all(database)
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            (
                row.integer("consumed_units").unwrap(),
                row.integer("held").unwrap(),
            )
        })
        .collect()
}

fn named(email: &str) -> PersonDraft {
    PersonDraft {
        email: Some(email.to_owned()),
        first_name: Some("New".to_owned()),
        ..PersonDraft::default()
    }
}

kit_test::both_databases! {
    async fn a_seeded_organization_is_all_there_and_is_seeded_once(database: Database) {
        let world = World::new(&database).await;
        let people = world.small.people.len() + world.other.people.len();
        assert_eq!(count(&database, "person").await, i64::try_from(people).unwrap());
        let roles: usize = world.small.people.iter().chain(&world.other.people).map(|person| person.roles.len()).sum();
        assert_eq!(count(&database, "person_role").await, i64::try_from(roles).unwrap());
        for (consumed, held) in counters(&database).await {
            assert_eq!(consumed, held);
        }
        sql("UPDATE organization SET display_name = 'Renamed' WHERE id = $1").bind(world.small.id).run(&database).await.unwrap();
        world.directory.seed(&world.small).await.unwrap();
        assert_eq!(count(&database, "person").await, i64::try_from(people).unwrap());
        let organization = world.directory.organization(world.organization_id()).await.unwrap().unwrap();
        assert_eq!(organization.display_name, "Renamed");
        assert_eq!(world.directory.organizations().await.unwrap().len(), 2);
    }

    async fn the_overview_counts_the_own_organization(database: Database) {
        let world = World::new(&database).await;
        let figures = world.directory.count_people(&world.session(NamedPerson::ReadOnlyAdmin).await).await.unwrap();
        assert_eq!((figures.people, figures.invite_pending, figures.deactivated, figures.locations), (60, 1, 1, 4));
        assert_eq!(figures.administrators, 9);
        let user = world.session(NamedPerson::HeidiHarper).await;
        assert_eq!(*world.directory.count_people(&user).await.unwrap_err().kind(), Kind::Forbidden);
    }

    async fn accounts_are_found_by_id_and_by_address(database: Database) {
        let world = World::new(&database).await;
        let admin = world.directory.account_by_email(" ADMIN@KestrelBay.example ").await.unwrap().unwrap();
        assert_eq!(admin.person_id, world.id_of(NamedPerson::FullAdmin));
        assert_eq!(admin.roles, [Role::FullAdministrator]);
        assert!(admin.is_full_admin() && admin.login_enabled && admin.shares_presence);
        let gone = world.directory.account(world.id_of(NamedPerson::Deactivated)).await.unwrap().unwrap();
        assert!(!gone.login_enabled);
        assert_eq!(world.directory.account_by_email("nobody@kestrelbay.example").await.unwrap(), None);
        let names: Vec<String> = world.directory.full_admins(world.organization_id()).await.unwrap().into_iter().map(|account| account.display_name).collect();
        assert_eq!(names, ["Alex Morgan", "Integrations Service", "Priya Raman"]);
    }

    async fn presence_sharing_is_announced_once_and_only_when_it_changes(database: Database) {
        let world = World::new(&database).await;
        let listener = Arc::new(Listener::default());
        world.directory.with_listener(listener.clone());
        let caller = world.session(NamedPerson::HeidiHarper).await;
        world.directory.set_presence_sharing(&caller, false).await.unwrap();
        world.directory.set_presence_sharing(&caller, false).await.unwrap();
        let heard = listener.heard.lock().unwrap().clone();
        assert_eq!(heard.len(), 1);
        assert_eq!(heard[0].kind, PersonChangeKind::PresenceSharingChanged { shares_presence: false });
        assert_eq!(heard[0].actor, Some(caller.person_id));
        assert!(!world.directory.account(caller.person_id).await.unwrap().unwrap().shares_presence);
    }

    async fn a_first_sign_in_takes_up_the_invitation(database: Database) {
        let world = World::new(&database).await;
        let id = world.id_of(NamedPerson::InvitePending);
        let caller = world.session(NamedPerson::FullAdmin).await;
        let (before, _) = world.directory.show_person(&caller, id, false).await.unwrap();
        assert!(before.invite_pending);
        world.directory.stamp_sign_in(id).await.unwrap();
        let (after, _) = world.directory.show_person(&caller, id, false).await.unwrap();
        assert!(!after.invite_pending);
        assert_eq!(after.presence, webex::PersonStatus::Unknown);
    }

    async fn a_listener_that_fails_undoes_the_change(database: Database) {
        let world = World::new(&database).await;
        world.directory.with_listener(Arc::new(Listener { refuses: true, ..Listener::default() }));
        let caller = world.session(NamedPerson::FullAdmin).await;
        let id = world.id_of(NamedPerson::KenAlvarez);
        let before = counters(&database).await;
        let refused = world.directory.delete_person(&caller, id).await.unwrap_err();
        assert_eq!(*refused.kind(), Kind::Unavailable);
        world.directory.set_login_enabled(&caller, id, false).await.unwrap_err();
        world.directory.create_person(&caller, named("new@kestrelbay.example")).await.unwrap_err();
        assert!(world.directory.account(id).await.unwrap().unwrap().login_enabled);
        assert_eq!(world.directory.account_by_email("new@kestrelbay.example").await.unwrap(), None);
        assert_eq!(counters(&database).await, before);
    }

    async fn every_change_is_told_to_those_who_depend_on_it(database: Database) {
        let world = World::new(&database).await;
        let listener = Arc::new(Listener::default());
        world.directory.with_listener(listener.clone());
        let caller = world.session(NamedPerson::FullAdmin).await;
        let id = world.id_of(NamedPerson::SecondFullAdmin);
        world.directory.set_login_enabled(&caller, id, false).await.unwrap();
        world.directory.set_login_enabled(&caller, id, true).await.unwrap();
        world.directory.set_roles(&caller, id, &[Role::UserAdministrator]).await.unwrap();
        let new = world.directory.create_person(&caller, named("new@kestrelbay.example")).await.unwrap();
        world.directory.delete_person(&caller, new.id).await.unwrap();
        let kinds: Vec<PersonChangeKind> = listener.heard.lock().unwrap().iter().map(|change| change.kind.clone()).collect();
        let roles = PersonChangeKind::RolesChanged { lost: vec![Role::FullAdministrator], gained: vec![Role::UserAdministrator] };
        let expected = [PersonChangeKind::Deactivated, PersonChangeKind::Reactivated, roles, PersonChangeKind::Created, PersonChangeKind::Deleted];
        assert_eq!(kinds, expected);
    }

    async fn licence_counters_follow_people(database: Database) {
        let world = World::new(&database).await;
        let caller = world.session(NamedPerson::FullAdmin).await;
        let messaging = hub_directory::LicenseId::new(world.small.license(LicenseKind::Messaging).unwrap().id);
        let draft = PersonDraft { licenses: vec![messaging], ..named("new@kestrelbay.example") };
        let new = world.directory.create_person(&caller, draft.clone()).await.unwrap();
        world.directory.delete_person(&caller, world.id_of(NamedPerson::KenAlvarez)).await.unwrap();
        world.directory.update_person(&caller, new.id, PersonDraft { licenses: Vec::new(), ..draft }).await.unwrap();
        for (consumed, held) in counters(&database).await {
            assert_eq!(consumed, held);
        }
    }

    async fn the_last_unit_of_a_licence_goes_to_one_of_many(database: Database) {
        let world = World::new(&database).await;
        let messaging = world.small.license(LicenseKind::Messaging).unwrap().id;
        sql("UPDATE license SET total_units = consumed_units + 2 WHERE id = $1").bind(messaging).run(&database).await.unwrap();
        let mut tries = Vec::new();
        for number in 0..6 {
            let (directory, caller) = (world.directory.clone(), world.session(NamedPerson::FullAdmin).await);
            let draft = PersonDraft { licenses: vec![hub_directory::LicenseId::new(messaging)], ..named(&format!("new{number}@kestrelbay.example")) };
            tries.push(tokio::spawn(async move { directory.create_person(&caller, draft).await }));
        }
        let mut made = 0;
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(_) => made += 1,
                Err(error) => assert!(error.public().contains("No unit of “Messaging” is left"), "{error}"),
            }
        }
        assert_eq!(made, 2);
    }

    async fn one_address_goes_to_one_of_many(database: Database) {
        let world = World::new(&database).await;
        let mut tries = Vec::new();
        for _ in 0..6 {
            let (directory, caller) = (world.directory.clone(), world.session(NamedPerson::FullAdmin).await);
            tries.push(tokio::spawn(async move { directory.create_person(&caller, named("Same@kestrelbay.example")).await }));
        }
        let mut made = 0;
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(_) => made += 1,
                Err(error) => assert_eq!(*error.kind(), Kind::Conflict, "{error}"),
            }
        }
        assert_eq!(made, 1);
    }

    async fn full_admins_who_demote_each_other_leave_one(database: Database) {
        let world = World::new(&database).await;
        // Both were Full Admins when they came in.
        let (alex, priya) = (world.session(NamedPerson::FullAdmin).await, world.session(NamedPerson::SecondFullAdmin).await);
        world.directory.set_roles(&alex, world.id_of(NamedPerson::ServiceAdmin), &[]).await.unwrap();
        let (one, two) = tokio::join!(
            world.directory.set_roles(&alex, priya.person_id, &[]),
            world.directory.set_roles(&priya, alex.person_id, &[]),
        );
        assert_eq!([&one, &two].into_iter().filter(|result| result.is_ok()).count(), 1);
        let error = one.and(two).unwrap_err();
        assert_eq!(*error.kind(), Kind::Conflict);
        assert!(error.public().contains("is the last Full Administrator"), "{error}");
        assert_eq!(world.directory.full_admins(world.organization_id()).await.unwrap().len(), 1);
    }

    async fn the_last_full_admin_cannot_be_taken_away_in_any_way(database: Database) {
        let world = World::new(&database).await;
        let caller = world.session(NamedPerson::FullAdmin).await;
        // A deactivated Full Admin does not count.
        world.directory.set_login_enabled(&caller, world.id_of(NamedPerson::SecondFullAdmin), false).await.unwrap();
        world.directory.delete_person(&caller, world.id_of(NamedPerson::ServiceAdmin)).await.unwrap();
        let last = caller.person_id;
        for refused in [
            world.directory.set_roles(&caller, last, &[Role::UserAdministrator]).await.unwrap_err(),
            world.directory.set_login_enabled(&caller, last, false).await.unwrap_err(),
            world.directory.delete_person(&caller, last).await.unwrap_err(),
        ] {
            assert_eq!(*refused.kind(), Kind::Conflict);
        }
        world.directory.set_login_enabled(&caller, world.id_of(NamedPerson::SecondFullAdmin), true).await.unwrap();
        world.directory.set_roles(&caller, last, &[]).await.unwrap();
    }

    async fn a_renamed_manager_is_renamed_at_their_people_and_a_deleted_one_is_gone(database: Database) {
        let world = World::new(&database).await;
        let caller = world.session(NamedPerson::FullAdmin).await;
        let report = world.small.people.iter().find(|person| person.manager.is_some() && person.named.is_none()).unwrap();
        let manager = PersonId::new(report.manager.unwrap());
        let (person, _) = world.directory.show_person(&caller, manager, true).await.unwrap();
        let draft = PersonDraft { display_name: Some("Renamed Manager".to_owned()), ..PersonDraft::of(&person) };
        world.directory.update_person(&caller, manager, draft).await.unwrap();
        let (after, _) = world.directory.show_person(&caller, PersonId::new(report.id), true).await.unwrap();
        assert_eq!(after.manager_name.as_deref(), Some("Renamed Manager"));
        world.directory.delete_person(&caller, manager).await.unwrap();
        let (after, _) = world.directory.show_person(&caller, PersonId::new(report.id), true).await.unwrap();
        assert_eq!((after.manager_id, after.manager_name), (None, None));
    }

    async fn a_draft_of_a_person_changes_nothing_of_them(database: Database) {
        let world = World::new(&database).await;
        let caller = world.session(NamedPerson::FullAdmin).await;
        for seeded in &world.small.people {
            let id = PersonId::new(seeded.id);
            let (before, _) = world.directory.show_person(&caller, id, true).await.unwrap();
            world.directory.update_person(&caller, id, PersonDraft::of(&before)).await.unwrap();
            let (mut after, _) = world.directory.show_person(&caller, id, true).await.unwrap();
            after.last_modified_at = before.last_modified_at;
            assert_eq!(after, before);
        }
    }

    async fn what_is_stored_of_a_person_or_a_place_is_bounded(database: Database) {
        let world = World::new(&database).await;
        let admin = world.caller(NamedPerson::FullAdmin).await;
        let address = |street: String| webex::PersonAddress { street_address: Some(street), ..Default::default() };
        let with = |addresses| PersonDraft { addresses, ..named("new@small.example") };
        let refused = world.directory.create_person(&admin, with(vec![address("x".repeat(300))])).await.unwrap_err();
        assert!(refused.public().starts_with("addresses.streetAddress"), "{}", refused.public());
        let refused = world.directory.create_person(&admin, with(vec![address("x".to_owned()); 11])).await.unwrap_err();
        assert_eq!(*refused.kind(), Kind::Invalid);
        world.directory.create_person(&admin, with(vec![address("1 Main Street".to_owned())])).await.unwrap();
        let place = hub_directory::LocationId::new(world.small.locations[0].id);
        let long = Some("x".repeat(5_000));
        for body in [
            webex::LocationWrite { notes: long.clone(), ..Default::default() },
            webex::LocationWrite { announcement_language: long.clone(), ..Default::default() },
            webex::LocationWrite { latitude: Some(format!("1.{}", "0".repeat(5_000))), ..Default::default() },
        ] {
            let refused = world.directory.update_location(&admin, place, body).await.unwrap_err();
            assert_eq!(*refused.kind(), Kind::Invalid, "{}", refused.public());
        }
    }

    async fn two_who_change_a_place_at_once_lose_nothing(database: Database) {
        let world = World::new(&database).await;
        let admin = world.caller(NamedPerson::FullAdmin).await;
        let place = hub_directory::LocationId::new(world.small.locations[0].id);
        for round in 0..10 {
            let notes = webex::LocationWrite { notes: Some(format!("notes {round}")), ..Default::default() };
            let zone = webex::LocationWrite { latitude: Some(format!("{round}.5")), ..Default::default() };
            let (first, second) = tokio::join!(
                world.directory.update_location(&admin, place, notes),
                world.directory.update_location(&admin, place, zone)
            );
            first.and(second).unwrap();
            let location = world.directory.show_location(&admin, place).await.unwrap();
            assert_eq!(location.notes, Some(format!("notes {round}")));
            assert_eq!(location.latitude, Some(format!("{round}.5")));
        }
    }
}
