//! Whatever is done to numbers and people in whatever order: nothing has two owners, and the figures are right.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::collections::BTreeSet;

use hub_directory::{Number, PersonId};
use hub_numbers::Wanted;
use kit::Kind;
use kit_sql::{Database, sql};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use support::World;
use webex::PhoneNumberKind;

#[derive(Clone, Debug)]
enum Step {
    /// A hunt group asks for a number, an extension, an alternate of few, so that they often meet.
    Assign {
        group: usize,
        number: Option<usize>,
        extension: Option<u32>,
        alternate: Option<usize>,
    },
    Release {
        group: usize,
    },
    Person {
        person: usize,
        number: Option<usize>,
        extension: u32,
    },
    NoCalling {
        person: usize,
    },
    Add {
        number: usize,
    },
    Remove {
        number: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let few = 0..5_usize;
    let maybe = || proptest::option::of(0..5_usize);
    prop_oneof![
        4 => (few.clone(), maybe(), proptest::option::of(0..5_u32), maybe())
            .prop_map(|(group, number, extension, alternate)| Step::Assign { group, number, extension, alternate }),
        2 => few.clone().prop_map(|group| Step::Release { group }),
        3 => (few.clone(), maybe(), 0..5_u32).prop_map(|(person, number, extension)| Step::Person { person, number, extension }),
        1 => few.prop_map(|person| Step::NoCalling { person }),
        1 => (5..8_usize).prop_map(|number| Step::Add { number }),
        1 => (0..8_usize).prop_map(|number| Step::Remove { number }),
    ]
}

/// Runs a step; what is refused must be refused in words.
async fn run(world: &World, people: &[PersonId], step: &Step) {
    let number = |which: usize| world.spare(0, which);
    let extension = |which: u32| world.spare_extension(0, which);
    let group = |which: usize| world.hunt_group(0, &format!("Group {which}"));
    let admin = || world.session(hub_directory::seed::NamedPerson::FullAdmin);
    let result = match step {
        Step::Assign {
            group: which,
            number: wish,
            extension: short,
            alternate,
        } => {
            let wanted = Wanted {
                number: wish.map(number),
                extension: short.map(extension),
                alternates: alternate.map(number).into_iter().collect(),
            };
            world.assign(&group(*which), &wanted).await
        }
        Step::Release { group: which } => world.release(&group(*which)).await,
        Step::Person {
            person,
            number: wish,
            extension: short,
        } => {
            world
                .edit(people[*person], |draft| {
                    let value = |which| Number {
                        kind: PhoneNumberKind::Work,
                        value: number(which),
                        primary: true,
                    };
                    draft.calling.numbers = Some(wish.map(value).into_iter().collect());
                    draft.calling.extension = Some(extension(*short));
                })
                .await
        }
        Step::NoCalling { person } => {
            world
                .edit(people[*person], |draft| {
                    draft.licenses.clear();
                    draft.calling.complete = false;
                })
                .await
        }
        Step::Add { number: which } | Step::Remove { number: which } => {
            let app = world.app(Some(admin().await));
            let path = format!(
                "/v1/telephony/config/locations/{}/numbers",
                world.public_location(0)
            );
            let body = serde_json::json!({ "phoneNumbers": [number(*which)] });
            let request = if matches!(step, Step::Add { .. }) {
                app.post(&path)
            } else {
                app.delete(&path)
            };
            let status = request.json(&body).send().await.status.as_u16();
            assert!([201, 204, 400, 409].contains(&status), "{step:?}: {status}");
            Ok(())
        }
    };
    if let Err(error) = result {
        assert!(
            matches!(error.kind(), Kind::Invalid | Kind::Conflict),
            "{step:?}: {error:?}"
        );
    }
}

/// Every row once, and the figures beside a recount.
async fn inspect(database: &Database, world: &World, people: &[PersonId]) {
    let rows = sql("SELECT number, extension, location_id, owner_id, dial_key, active, toll_free FROM telephone_number WHERE organization_id = $1")
        .bind(world.small.id)
        .all(database)
        .await
        .unwrap();
    let (mut numbers, mut extensions) = (BTreeSet::new(), BTreeSet::new());
    let (mut free, mut alone, mut inactive) = (0, 0, 0);
    for row in &rows {
        let (number, extension) = (
            row.optional_text("number").unwrap(),
            row.optional_text("extension").unwrap(),
        );
        let owner = row.optional_text("owner_id").unwrap();
        assert!(number.is_some() || (extension.is_some() && owner.is_some()));
        assert!(
            owner.is_some() || extension.is_none(),
            "what nobody owns has no extension"
        );
        free += i64::from(owner.is_none());
        alone += i64::from(number.is_none());
        inactive += i64::from(!row.boolean("active").unwrap());
        if let Some(number) = number {
            assert_eq!(row.text("dial_key").unwrap(), number);
            assert!(numbers.insert(number));
        }
        if let Some(extension) = extension {
            assert!(extensions.insert((row.text("location_id").unwrap(), extension)));
        }
    }
    let app = world.admin().await;
    let answer: Value = app
        .get("/v1/telephony/config/numbers?details=true&max=1")
        .send()
        .await
        .json();
    let count = |key: &str| answer["count"][key].as_i64().unwrap();
    let total = i64::try_from(rows.len()).unwrap();
    assert_eq!(
        (count("total"), count("unAssigned"), count("extensionOnly")),
        (total, free, alone)
    );
    assert_eq!(
        (count("assigned"), count("inActive")),
        (total - free - alone, inactive)
    );
    // The directory and the stock agree on people.
    for id in people {
        let person = world
            .directory
            .person_of(database.into(), world.organization_id(), *id)
            .await
            .unwrap()
            .unwrap();
        let held = world.held(id.uuid()).await;
        assert_eq!(held.is_some(), person.location_id.is_some());
        if let Some(held) = held {
            let number = person
                .numbers
                .iter()
                .find(|number| number.kind == PhoneNumberKind::Work);
            assert_eq!(held.number.as_ref(), number.map(|number| &number.value));
            assert_eq!(held.extension, person.extension);
        }
    }
}

kit_test::both_databases! {
    async fn nothing_has_two_owners_and_the_figures_are_right(database: Database) {
        let world = World::new(&database).await;
        let people: Vec<PersonId> = world.small.people.iter()
            .filter(|person| person.location == 0 && person.extension.is_some() && person.roles.is_empty() && person.named.is_none())
            .take(5).map(|person| PersonId::new(person.id)).collect();
        let mut runner = TestRunner::new_with_rng(Config::default(), proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha));
        let steps = proptest::collection::vec(step(), 12);
        for _ in 0..12 {
            for step in steps.new_tree(&mut runner).unwrap().current() {
                run(&world, &people, &step).await;
            }
            inspect(&database, &world, &people).await;
        }
    }
}
