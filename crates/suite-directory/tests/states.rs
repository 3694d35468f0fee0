//! Whatever states an organization goes through, the directory is the last one, and who was there is marked as left.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on fails"
)]

mod common;

use std::collections::BTreeMap;

use common::Fixture;
use common::provider::{Provider, person};
use kit_test::TestDatabase;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use suite_directory::StatusFilter;

/// Who is there (by number), each with the number of their department.
type State = BTreeMap<u32, u32>;

fn states() -> impl Strategy<Value = Vec<State>> {
    prop::collection::vec(prop::collection::btree_map(1..12_u32, 0..3_u32, 1..12), 1..6)
}

fn people(state: &State) -> Vec<serde_json::Value> {
    let person_in = |(number, department): (&u32, &u32)| {
        let mut person = person(*number, &format!("First{number:03} Last{number:03}"));
        person["department"] = format!("Department {department}").into();
        person
    };
    state.iter().map(person_in).collect()
}

/// Applies every state, and compares the counts of each run and the directory after it with a model.
async fn check(
    database: &kit_sql::Database,
    provider: &Provider,
    states: &[State],
) -> Result<(), TestCaseError> {
    let fixture = Fixture::another(database, provider.clone()).await;
    let mut known: BTreeMap<u32, (u32, bool)> = BTreeMap::new();
    for state in states {
        provider.set_people(people(state));
        let run = fixture.run_accepting_fewer().await;
        let changes = run
            .changes()
            .ok_or_else(|| TestCaseError::fail(format!("{run:?}")))?;
        let count = |wanted: &dyn Fn(&u32, &u32) -> bool| {
            state
                .iter()
                .filter(|(number, department)| wanted(number, department))
                .count() as i64
        };
        prop_assert_eq!(changes.added, count(&|number, _| !known.contains_key(number)));
        prop_assert_eq!(
            changes.returned,
            count(&|number, _| known.get(number).is_some_and(|(_, here)| !here))
        );
        prop_assert_eq!(
            changes.changed,
            count(&|number, department| known
                .get(number)
                .is_some_and(|(before, here)| *here && before != department))
        );
        prop_assert_eq!(
            changes.left,
            known
                .iter()
                .filter(|(number, (_, here))| *here && !state.contains_key(number))
                .count() as i64
        );
        for (number, entry) in &mut known {
            entry.1 = state.contains_key(number);
        }
        known.extend(
            state
                .iter()
                .map(|(number, department)| (*number, (*department, true))),
        );
        let shown: BTreeMap<String, (String, bool)> = fixture
            .search("", StatusFilter::All)
            .await
            .into_iter()
            .map(|person| {
                (
                    person.display_name,
                    (
                        person.department.unwrap_or_default(),
                        person.presence == suite_directory::Presence::Present,
                    ),
                )
            })
            .collect();
        let wanted = known.iter().map(|(number, (department, here))| {
            (
                format!("First{number:03} Last{number:03}"),
                (format!("Department {department}"), *here),
            )
        });
        prop_assert_eq!(shown, wanted.collect());
    }
    Ok(())
}

fn every_sequence(open: impl AsyncFnOnce() -> TestDatabase) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let (test, provider) = runtime.block_on(async { (open().await, Provider::start().await) });
    let config = Config {
        cases: 12,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&states(), |states| {
        runtime.block_on(check(&test.database, &provider, &states))
    });
    runtime.block_on(test.database.close());
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn every_sequence_of_states_ends_in_the_last_one_sqlite() {
    every_sequence(TestDatabase::sqlite);
}

#[test]
fn every_sequence_of_states_ends_in_the_last_one_postgres() {
    every_sequence(TestDatabase::postgres);
}
