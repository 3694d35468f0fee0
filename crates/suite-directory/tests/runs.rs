//! A run from its start to its end, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on fails"
)]

mod common;

use std::collections::BTreeMap;
use std::time::Duration;

use common::Fixture;
use common::provider::{location, person, person_uuid, telephony_location};
use kit::{Clock as _, Kind};
use suite_directory::{
    ChangeKind, Changes, DirectorySearch, FieldChange, Presence, Progress, ProgressStage, Stage, Started,
    StatusFilter, SynchOptions,
};
use suite_tenancy::{Actor, Role, RoleAssignment};

fn organization(size: u32) -> Vec<serde_json::Value> {
    (1..=size)
        .map(|number| person(number, &format!("First{number:03} Last{number:03}")))
        .collect()
}

kit_test::both_databases! {
    async fn a_full_run_brings_everybody_with_numbers_and_locations(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_page_size(10);
        let mut people = organization(25);
        people[0] = person(1, "Łukasz Müller");
        let mut bot = person(99, "Billing Bot");
        bot["type"] = "bot".into();
        people.push(bot);
        fixture.provider.set_people(people);
        fixture.provider.set_locations(vec![location(1, "Boston"), location(2, "Torino")], Some(vec![telephony_location(1, "Boston")]));

        let mut seen: Vec<Progress> = Vec::new();
        let run = fixture.synch.run_to_end(&fixture.admin, fixture.customer.id, |progress| seen.push(progress)).await.unwrap();
        let Stage::Succeeded { changes, .. } = &run.stage else { panic!("{run:?}") };
        assert_eq!(*changes, Changes { added: 25, ..Changes::default() });
        assert_eq!((run.number, run.people, run.pages, run.locations), (1, 25, 3, 2));
        assert_eq!(seen.first().map(|progress| progress.stage), Some(ProgressStage::Locations));
        assert_eq!(seen.last().map(|progress| (progress.stage, progress.people)), Some((ProgressStage::Applying, 25)));
        assert!(seen.windows(2).all(|pair| pair[0].people <= pair[1].people), "progress goes forward: {seen:?}");
        assert!(seen.iter().all(|progress| progress.expected.is_none()), "nobody knows the total of a first run");

        assert_eq!(fixture.names("luk mull").await, ["Łukasz Müller"]);
        assert_eq!(fixture.names("0007").await, ["First007 Last007"], "by the last digits of number and extension");
        assert_eq!(fixture.names("+1 408 555-0007").await, ["First007 Last007"]);
        assert_eq!(fixture.names("810012").await, ["First012 Last012"], "by prefix and extension");
        assert_eq!(fixture.names("person25@").await, ["First025 Last025"]);
        assert!(fixture.names("5550").await.is_empty(), "a number is found by its end");
        assert!(fixture.names("billing").await.is_empty(), "a bot is no person");
        assert_eq!(fixture.names("100%").await, Vec::<String>::new());

        let locations = fixture.synch.locations(&fixture.admin, fixture.customer.id).await.unwrap();
        let shown: Vec<_> = locations.iter().map(|location| (location.name.as_str(), location.routing_prefix.as_deref())).collect();
        assert_eq!(shown, [("Boston", Some("81")), ("Torino", None)]);
        let listed = fixture.search("0001", StatusFilter::Present).await;
        assert_eq!(listed[0].location.as_deref(), Some("Boston"));
        assert_eq!((listed[0].number.as_deref(), listed[0].extension.as_deref()), (Some("+14085550001"), Some("0001")));
        let (listed, count) = fixture.synch.changes(&fixture.admin, &run, None, 0, 10).await.unwrap();
        assert!(listed.is_empty() && count == 0, "the first run lists nobody one by one");
    }

    async fn changes_are_named_people_who_left_stay_and_come_back(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(6));
        fixture.run().await;

        // 2 moves to another department, 3 takes the numbers of 4, 4 and 5 leave, 7 is new.
        let mut people = organization(3);
        people[1]["department"] = "Service".into();
        people[2]["phoneNumbers"] = person(4, "x")["phoneNumbers"].clone();
        people[2]["extension"] = "0004".into();
        people[0]["status"] = "call".into();
        people[0]["lastModified"] = "2026-11-24T08:00:00.000Z".into();
        people.push(person(6, "First006 Last006"));
        people.push(person(7, "First007 Last007"));
        fixture.provider.set_people(people);
        fixture.clock.advance(Duration::from_secs(60)).await;
        let run = fixture.run().await;
        assert_eq!(run.changes(), Some(Changes { added: 1, changed: 2, returned: 0, left: 2, unchanged: 2 }), "presence is no change");
        assert_eq!(run.known, 6);

        let (listed, count) = fixture.synch.changes(&fixture.admin, &run, None, 0, 100).await.unwrap();
        assert_eq!(count, 5);
        let kinds: Vec<_> = listed.iter().map(|change| (change.display_name.as_str(), change.kind)).collect();
        assert_eq!(kinds, [
            ("First002 Last002", ChangeKind::Changed),
            ("First003 Last003", ChangeKind::Changed),
            ("First004 Last004", ChangeKind::Left),
            ("First005 Last005", ChangeKind::Left),
            ("First007 Last007", ChangeKind::Added),
        ]);
        assert_eq!(listed[0].fields, [FieldChange { field: "Department".into(), old: Some("Sales".into()), new: Some("Service".into()) }]);
        assert_eq!(listed[1].fields.len(), 1);
        assert_eq!(listed[1].fields[0].new.as_deref(), Some("Work +14085550004, Extension 0004, Prefix and extension 810004"));
        assert_eq!(fixture.names("0004").await, ["First003 Last003"], "the number belongs to its new owner");
        assert!(fixture.names("0003").await.is_empty());
        assert_eq!(fixture.names_of_left().await, ["First004 Last004", "First005 Last005"]);

        let gone = fixture.synch.person(&fixture.admin, fixture.customer.id, &person_uuid(5)).await.unwrap();
        assert_eq!(gone.presence, Presence::Left { since: fixture.clock.now() });
        let first_seen = gone.first_seen_at;

        fixture.provider.set_people(organization(6));
        fixture.clock.advance(Duration::from_secs(60)).await;
        let run = fixture.run().await;
        assert_eq!(run.changes(), Some(Changes { added: 0, changed: 2, returned: 2, left: 1, unchanged: 2 }));
        let back = fixture.synch.person(&fixture.admin, fixture.customer.id, &person_uuid(5)).await.unwrap();
        assert_eq!((back.presence, back.first_seen_at, back.changed_run), (Presence::Present, first_seen, 3));
        let history = fixture.synch.person_history(&fixture.admin, fixture.customer.id, &person_uuid(5)).await.unwrap();
        assert_eq!(history.iter().map(|change| (change.run_number, change.kind)).collect::<Vec<_>>(), [(3, ChangeKind::Returned), (2, ChangeKind::Left)]);
        assert_eq!(fixture.names("0004").await, ["First004 Last004"]);

        fixture.clock.advance(Duration::from_secs(60)).await;
        assert_eq!(fixture.run().await.changes(), Some(Changes { unchanged: 6, ..Changes::default() }), "the same again is no change");
    }

    async fn an_empty_or_short_answer_changes_nothing_and_says_why(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(10));
        fixture.run().await;
        for (size, word) in [(0, "without a single person"), (4, "fewer than half")] {
            fixture.provider.set_people(organization(size));
            let run = fixture.run().await;
            let Stage::Refused { reason, .. } = &run.stage else { panic!("{run:?}") };
            assert!(reason.contains(word) && reason.contains("Nothing was changed"), "{reason}");
            assert_eq!(fixture.names("").await.len(), 10);
            assert!(fixture.names_of_left().await.is_empty());
        }
        let run = fixture.run_accepting_fewer().await;
        assert_eq!(run.changes().map(|changes| changes.left), Some(6));
        assert_eq!(fixture.names("").await.len(), 4);
        fixture.provider.set_people(Vec::new());
        assert!(matches!(fixture.run_accepting_fewer().await.stage, Stage::Refused { .. }), "nobody at all is never right");
        assert_eq!(fixture.names("").await.len(), 4);
    }

    async fn a_failing_page_changes_nothing_and_leaves_nothing_behind(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_page_size(10);
        fixture.provider.set_people(organization(30));
        fixture.run().await;
        let mut people = organization(40);
        people[0]["displayName"] = "Somebody Else".into();
        fixture.provider.set_people(people);
        fixture.provider.fail_page(Some(3));
        let run = fixture.run().await;
        let Stage::Failed { reason, .. } = &run.stage else { panic!("{run:?}") };
        assert!(reason.contains("missing required scopes"), "the platform's own words: {reason}");
        assert!(fixture.names("somebody").await.is_empty());
        assert_eq!(fixture.names("").await.len(), 30);
        for table in ["SELECT COUNT(*) AS n FROM staging_person", "SELECT COUNT(*) AS n FROM staging_number", "SELECT COUNT(*) AS n FROM synch_change"] {
            let left = kit_sql::sql(table).one(&database).await.unwrap().integer("n").unwrap();
            assert_eq!(left, 0, "{table}");
        }
        fixture.provider.fail_page(None);
        assert_eq!(fixture.run().await.changes(), Some(Changes { added: 10, changed: 1, unchanged: 29, ..Changes::default() }));
    }

    async fn somebody_on_two_pages_is_one_person_and_a_circle_of_pages_ends(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_page_size(10);
        let mut people = organization(20);
        people.push(person(3, "First003 Last003"));
        fixture.provider.set_people(people);
        assert_eq!(fixture.run().await.changes().map(|changes| changes.added), Some(20));
        fixture.provider.set_page_size(100);
        fixture.provider.set_circular();
        let run = fixture.run().await;
        let Stage::Failed { reason, .. } = &run.stage else { panic!("{run:?}") };
        assert!(reason.contains("not read to its end"), "{reason}");
        assert_eq!(fixture.names("").await.len(), 20);
    }

    async fn empty_pages_without_an_end_end_the_run(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(20));
        fixture.run().await;
        fixture.provider.set_endless(true);
        let run = fixture.run().await;
        let Stage::Failed { reason, .. } = &run.stage else { panic!("{run:?}") };
        assert!(reason.contains("without a single person"), "{reason}");
        assert!(fixture.provider.requests() < 1_100, "{} requests", fixture.provider.requests());
        assert_eq!(fixture.names("").await.len(), 20);
        fixture.provider.set_endless(false);
        assert_eq!(fixture.run().await.changes().map(|changes| changes.unchanged), Some(20));
    }

    async fn a_list_of_locations_without_an_end_ends_the_run(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(2));
        let many = (0..100_001).map(|number| serde_json::json!({ "id": format!("location-{number}"), "name": "x" })).collect();
        fixture.provider.set_locations(many, None);
        let run = fixture.run().await;
        let Stage::Failed { reason, .. } = &run.stage else { panic!("{run:?}") };
        assert!(reason.contains("more locations"), "{reason}");
    }

    async fn what_one_run_forgets_another_keeps(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(5));
        let other = fixture.run().await;
        // Another customer's run is in the middle of its list.
        for statement in [
            "INSERT INTO synch_lease (customer_id, fence, run_id, ends_at) VALUES ('another', 1, 'their-run', 9000000000000)",
            "INSERT INTO staging_person (run_id, position, person_id, outcome, fingerprint, display_name, sort_key, search_key, fields) VALUES ('their-run', 0, 'their-person', 'added', '', '', '', '', '{}')",
        ] {
            kit_sql::sql(statement).run(&database).await.unwrap();
        }
        assert!(fixture.run().await.number > other.number);
        let staged = kit_sql::sql("SELECT run_id FROM staging_person").all(&database).await.unwrap();
        assert_eq!(staged.len(), 1, "theirs and nothing of ours");
        assert_eq!(staged[0].text("run_id").unwrap(), "their-run");
    }

    async fn an_address_and_a_number_move_to_somebody_else_within_one_run(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(vec![person(1, "Ann One"), person(2, "Bob Two"), person(3, "Cy Three")]);
        fixture.run().await;
        // Ann's address and numbers go to Bob, Bob's to Cy, and Ann gets Cy's: at no moment is there a free one.
        let mut people = vec![person(1, "Ann One"), person(2, "Bob Two"), person(3, "Cy Three")];
        for field in ["emails", "phoneNumbers", "extension"] {
            let values: Vec<_> = people.iter().map(|person| person[field].clone()).collect();
            for (index, value) in values.into_iter().enumerate() {
                people[(index + 1) % 3][field] = value;
            }
        }
        fixture.provider.set_people(people);
        assert_eq!(fixture.run().await.changes().map(|changes| changes.changed), Some(3));
        assert_eq!(fixture.names("person1@").await, ["Bob Two"]);
        assert_eq!(fixture.names("5550001").await, ["Bob Two"]);
        assert_eq!(fixture.names("5550003").await, ["Ann One"]);
    }

    async fn an_organization_without_calling_has_no_calling_side(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(2));
        fixture.provider.set_locations(vec![location(1, "Boston")], None);
        assert!(fixture.run().await.changes().is_some());
        fixture.provider.set_locations(vec![location(2, "Torino")], None);
        fixture.run().await;
        let names: Vec<_> = fixture.synch.locations(&fixture.admin, fixture.customer.id).await.unwrap().into_iter().map(|location| location.name).collect();
        assert_eq!(names, ["Torino"]);
    }

    async fn a_move_to_another_location_is_told_by_names(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_locations(vec![location(1, "Boston"), location(2, "Torino")], Some(Vec::new()));
        fixture.provider.set_people(organization(2));
        fixture.run().await;
        let mut people = organization(2);
        people[0]["locationId"] = location(2, "Torino")["id"].clone();
        fixture.provider.set_people(people);
        let run = fixture.run().await;
        let (listed, _) = fixture.synch.changes(&fixture.admin, &run, Some(ChangeKind::Changed), 0, 10).await.unwrap();
        assert_eq!(listed[0].fields, [FieldChange { field: "Location".into(), old: Some("Boston".into()), new: Some("Torino".into()) }]);
        let search = DirectorySearch { location_id: "00000000-0000-4000-9000-000000000002".into(), limit: 10, ..DirectorySearch::default() };
        let (found, count) = fixture.synch.search_people(&fixture.admin, fixture.customer.id, &search).await.unwrap();
        assert_eq!((found[0].display_name.as_str(), count), ("First001 Last001", 1));
    }

    async fn many_starts_at_once_give_one_run(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(5));
        fixture.provider.hold_after(0);
        let mut starts = Vec::new();
        for _ in 0..12 {
            let (synch, admin, customer) = (fixture.synch.clone(), fixture.admin.clone(), fixture.customer.id);
            starts.push(tokio::spawn(async move { synch.start_with(&admin, customer, SynchOptions::default()).await.unwrap() }));
        }
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        let mut new = 0;
        for start in starts {
            let started = start.await.unwrap();
            new += usize::from(matches!(started, Started::New(_)));
            *count.entry(started.run().to_string()).or_default() += 1;
        }
        assert_eq!((new, count.len()), (1, 1), "everybody is led to the one run");
        let refused = fixture.synch.run_to_end(&fixture.admin, fixture.customer.id, |_| {}).await.unwrap_err();
        assert_eq!(*refused.kind(), Kind::Conflict);
        fixture.provider.release();
        fixture.synch.stop().await;
        let runs = fixture.synch.runs(&fixture.admin, fixture.customer.id, None, 10).await.unwrap();
        assert_eq!(runs.len(), 1);
        assert!(!runs[0].is_running());
    }

    async fn a_run_whose_program_died_is_taken_over_when_its_lease_ends(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_page_size(10);
        fixture.provider.set_people(organization(30));
        fixture.provider.hold_after(1);
        let (synch, admin, customer) = (fixture.synch.clone(), fixture.admin.clone(), fixture.customer.id);
        let dying = tokio::spawn(async move { synch.run_to_end(&admin, customer, |_| {}).await });
        while fixture.provider.requests() < 1 {
            assert!(!dying.is_finished(), "the run ended before it was held");
            tokio::task::yield_now().await;
        }
        dying.abort();
        let _ = dying.await;
        fixture.provider.release();

        fixture.clock.advance(Duration::from_secs(60)).await;
        let early = fixture.synch.run_to_end(&fixture.admin, fixture.customer.id, |_| {}).await.unwrap_err();
        assert_eq!(*early.kind(), Kind::Conflict, "the lease still holds");
        fixture.clock.advance(Duration::from_secs(61)).await;
        let run = fixture.run().await;
        assert_eq!((run.number, run.changes().map(|changes| changes.added)), (2, Some(30)));
        let runs = fixture.synch.runs(&fixture.admin, fixture.customer.id, None, 10).await.unwrap();
        assert!(matches!(runs[1].stage, Stage::Interrupted { .. }), "{:?}", runs[1]);
        let left = kit_sql::sql("SELECT COUNT(*) AS n FROM staging_person").one(&database).await.unwrap().integer("n").unwrap();
        assert_eq!(left, 0, "what the dead run had staged is gone");
    }

    async fn whom_a_run_adds_nobody_sees_before_it_is_applied(database: Database) {
        const WRITTEN: &str = "SELECT COUNT(*) AS n FROM directory_person";
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_page_size(100);
        fixture.provider.set_people(organization(1_200));
        fixture.provider.fail_page(Some(11));
        let run = fixture.run().await;
        assert!(matches!(run.stage, Stage::Failed { .. }), "{run:?}");
        let written = kit_sql::sql(WRITTEN).one(&database).await.unwrap().integer("n").unwrap();
        assert_eq!(written, 0, "a run that failed takes away whom it had written");

        fixture.provider.fail_page(None);
        fixture.provider.hold_after(11);
        let (synch, admin, customer) = (fixture.synch.clone(), fixture.admin.clone(), fixture.customer.id);
        let dying = tokio::spawn(async move { synch.run_to_end(&admin, customer, |_| {}).await });
        while kit_sql::sql(WRITTEN).one(&database).await.unwrap().integer("n").unwrap() < 1_000 {
            assert!(!dying.is_finished(), "the run ended before it was held");
            tokio::task::yield_now().await;
        }
        assert!(fixture.names("").await.is_empty(), "not in the list");
        assert!(fixture.names("first0007").await.is_empty() && fixture.names("0007").await.is_empty(), "not by name or number");
        let one = fixture.synch.person(&fixture.admin, customer, &person_uuid(7)).await;
        assert_eq!(*one.unwrap_err().kind(), Kind::NotFound, "not by themselves");
        dying.abort();
        let _ = dying.await;
        fixture.provider.release();

        fixture.clock.advance(Duration::from_secs(121)).await;
        assert_eq!(fixture.run().await.changes(), Some(Changes { added: 1_200, ..Changes::default() }));
        let written = kit_sql::sql(WRITTEN).one(&database).await.unwrap().integer("n").unwrap();
        assert_eq!(written, 1_200, "whom the dead run had written is there once");
        assert_eq!(fixture.names("first007").await, ["First007 Last007"]);
    }

    async fn who_lost_the_lease_changes_nothing_whatever_their_clock_says(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_page_size(10);
        fixture.provider.set_people(organization(30));
        fixture.provider.hold_after(2);
        let (synch, admin, customer) = (fixture.synch.clone(), fixture.admin.clone(), fixture.customer.id);
        let slow = tokio::spawn(async move { synch.run_to_end(&admin, customer, |_| {}).await });
        while fixture.provider.requests() < 2 {
            assert!(!slow.is_finished(), "the run ended before it was held");
            tokio::task::yield_now().await;
        }
        let later = kit::ManualClock::at(fixture.clock.now().plus(Duration::from_secs(600)));
        let other = fixture.other_process(&later);
        fixture.provider.release();
        fixture.provider.set_people(organization(3));
        // Either may be first to apply; the one that took the lease later must win and the other must not have written.
        let run = other.run_to_end(&fixture.admin, fixture.customer.id, |_| {}).await;
        let slow = slow.await.unwrap();
        match (run, slow) {
            (Ok(run), Err(error)) => {
                assert_eq!(run.changes().map(|changes| changes.added), Some(3));
                assert_eq!(*error.kind(), Kind::Conflict, "{error:?}");
                assert_eq!(fixture.names("").await.len(), 3);
            }
            (Ok(run), Ok(first)) => {
                // The slow one ended before it lost its lease: then the later one compared with what it wrote.
                assert!(first.changes().is_some());
                assert!(matches!(run.stage, Stage::Refused { .. }), "{run:?}");
            }
            other => panic!("{other:?}"),
        }
    }

    async fn a_program_that_stops_ends_its_runs_in_words(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(5));
        fixture.provider.hold_after(0);
        let id = fixture.synch.start(&fixture.admin, fixture.customer.id).await.unwrap();
        fixture.synch.stop().await;
        let run = fixture.synch.run(&fixture.admin, id).await.unwrap();
        assert!(matches!(run.stage, Stage::Interrupted { .. }), "{run:?}");
    }

    async fn rights_are_asked_first(database: Database) {
        let fixture = Fixture::new(&database).await;
        fixture.provider.set_people(organization(2));
        fixture.run().await;
        let assigned = |role, customer| Actor { assignments: vec![RoleAssignment { role, customer }], ..Actor::system("Somebody") };
        let viewer = assigned(Role::Viewer, Some(fixture.customer.id));
        let refused = fixture.synch.start(&viewer, fixture.customer.id).await.unwrap_err();
        assert_eq!(*refused.kind(), Kind::Forbidden);
        assert!(fixture.synch.person(&viewer, fixture.customer.id, &person_uuid(1)).await.is_ok());
        let other = fixture.tenancy.add_customer(&fixture.admin, "Fabrikam", "").await.unwrap();
        let stranger = assigned(Role::CustomerManager, Some(other.id));
        for error in [
            fixture.synch.person(&stranger, fixture.customer.id, &person_uuid(1)).await.unwrap_err(),
            fixture.synch.start(&stranger, fixture.customer.id).await.unwrap_err(),
            fixture.synch.runs(&stranger, fixture.customer.id, None, 10).await.unwrap_err(),
            fixture.synch.status(&stranger, fixture.customer.id).await.unwrap_err(),
        ] {
            assert_eq!(*error.kind(), Kind::NotFound);
        }
        assert!(fixture.synch.person(&stranger, other.id, &person_uuid(1)).await.is_err(), "people of one customer are not those of another");
    }
}
