//! A page of the list costs its own rows, whatever the filter: by the databases' own words.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands, and its table is long"
)]

use std::sync::Arc;

use hub_directory::seed::{self, NamedPerson};
use hub_directory::{Directory, Size};
use kit::{ManualClock, SeededRandomness, Timestamp};
use kit_sql::{Database, Dialect};
use kit_web::PublicUrl;

use super::*;
use crate::use_cases::find_dialled::{part_statement, whole_statement};
use crate::use_cases::holders::page_statement as holders_statement;
use crate::{DialledQuery, HolderOrder, HolderQuery, Numbers};

const PAGE: i64 = 50;

/// What a plan may use, and whether the few rows that it finds may be sorted afterwards.
struct Case {
    what: &'static str,
    filter: Filter,
    indexes: &'static [&'static str],
    sorts: bool,
    /// How many rows may be read at the most.
    rows: i64,
}

fn case(what: &'static str, indexes: &'static [&'static str], filter: Filter) -> Case {
    Case {
        what,
        filter: Filter {
            limit: PAGE,
            ..filter
        },
        indexes,
        sorts: false,
        rows: PAGE,
    }
}

fn cases(organization: &seed::SeedOrganization) -> Vec<Case> {
    let heidi = organization.named(NamedPerson::HeidiHarper).unwrap();
    let number = heidi.number.unwrap().to_string();
    let location_id = Some(LocationId::new(organization.locations[heidi.location].id));
    let primary = &["telephone_number_pkey", "sqlite_autoindex_telephone_number_1"];
    let at = &["telephone_number_location"];
    let any = Filter::default;
    vec![
        case("no filter", primary, any()),
        case(
            "a later page",
            primary,
            Filter {
                after: Some(number.clone()),
                ..any()
            },
        ),
        case("location", at, Filter { location_id, ..any() }),
        case(
            "owner",
            &["telephone_number_owner"],
            Filter {
                owner_id: Some(heidi.id),
                ..any()
            },
        )
        .sorting(),
        case(
            "number",
            primary,
            Filter {
                numbers: Some(vec![number.clone()]),
                ..any()
            },
        ),
        case(
            "beginning of a number",
            primary,
            Filter {
                prefixes: Some(vec![number[..9].to_owned()]),
                ..any()
            },
        ),
        case(
            "extension",
            &["telephone_number_by_extension"],
            Filter {
                extension: Some("2001".to_owned()),
                ..any()
            },
        )
        .sorting(),
        case(
            "available",
            &["telephone_number_free"],
            Filter {
                owned: Some(false),
                ..any()
            },
        ),
        case(
            "available at a location",
            &["telephone_number_free_at"],
            Filter {
                owned: Some(false),
                location_id,
                ..any()
            },
        ),
        case(
            "inactive",
            &["telephone_number_inactive"],
            Filter {
                active: Some(false),
                form: Some(Form::Number),
                ..any()
            },
        ),
        case(
            "toll-free",
            &["telephone_number_toll_free"],
            Filter {
                toll_free: Some(true),
                ..any()
            },
        ),
        case(
            "alternates",
            &["telephone_number_alternate"],
            Filter {
                kind: Some(NumberKind::Alternate),
                ..any()
            },
        ),
        case(
            "extensions alone",
            primary,
            Filter {
                form: Some(Form::ExtensionAlone),
                ..any()
            },
        ),
        case(
            "queues",
            &["telephone_number_features"],
            Filter {
                owner_kind: Some(OwnerKind::CallQueue),
                ..any()
            },
        ),
        case(
            "by last name",
            &["telephone_number_by_name"],
            Filter {
                order: Order::LastName,
                ..any()
            },
        ),
        case(
            "by extension",
            &["telephone_number_by_extension"],
            Filter {
                order: Order::Extension,
                ..any()
            },
        ),
        case(
            "owner's name",
            &["telephone_number_owner_name", "telephone_number_by_name"],
            Filter {
                owner_name: Some("heidi harper".to_owned()),
                ..any()
            },
        )
        .sorting(),
    ]
}

impl Case {
    fn sorting(self) -> Self {
        Self { sorts: true, ..self }
    }
}

async fn plan(database: &Database, organization_id: OrganizationId, filter: &Filter) -> String {
    let start = match database.dialect() {
        Dialect::Sqlite => "EXPLAIN QUERY PLAN ",
        Dialect::Postgres => "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) ",
    };
    lines(database, page_statement(sql(start), organization_id, filter)).await
}

async fn lines(database: &Database, explained: Statement) -> String {
    let column = match database.dialect() {
        Dialect::Sqlite => "detail",
        Dialect::Postgres => "QUERY PLAN",
    };
    let rows = explained.all(database).await.unwrap();
    rows.iter()
        .map(|row| row.text(column).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The biggest number of rows that a step of a PostgreSQL plan gave or threw away.
fn most_rows(plan: &str) -> i64 {
    let figures = plan.lines().flat_map(|line| {
        let given = line.split("actual rows=").nth(1);
        let thrown_away = line.split("Rows Removed by Filter: ").nth(1);
        given.into_iter().chain(thrown_away)
    });
    let figure = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<i64>().unwrap()
    };
    figures.map(figure).max().unwrap_or_default()
}

async fn seeded(database: &Database) -> (seed::SeedOrganization, OrganizationId) {
    let organization = seed::organization(Size::Medium, 7);
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(0)));
    let randomness = Arc::new(SeededRandomness::new(1));
    let url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
    let directory = Directory::new(database.clone(), clock.clone(), randomness.clone(), url);
    directory.migrate().await.unwrap();
    let numbers = Numbers::new(database.clone(), clock, randomness, directory);
    numbers.migrate().await.unwrap();
    numbers.seed(&organization).await.unwrap();
    let organization_id = OrganizationId::new(organization.id);
    (organization, organization_id)
}

kit_test::both_databases! {
    async fn holders_of_one_kind_are_a_stretch_of_an_index(database: Database) {
        let organization_id = seeded(&database).await.1;
        sql("UPDATE telephone_number SET owner_kind = 'VIRTUAL_LINE' WHERE owner_kind = 'PEOPLE'").run(&database).await.unwrap();
        if database.dialect() == Dialect::Postgres {
            sql("ANALYZE telephone_number").run(&database).await.unwrap();
        }
        let kinds = vec![OwnerKind::VirtualLine];
        let query = |order| HolderQuery { kinds: kinds.clone(), order, max: 51, ..HolderQuery::default() };
        for (order, index) in [
            (HolderOrder::Name, "telephone_number_features_name"),
            (HolderOrder::Number, "telephone_number_features"),
            (HolderOrder::Extension, "telephone_number_features_extension"),
        ] {
            let plan = lines(&database, holders_statement(organization_id, &query(order)).explained(database.dialect())).await;
            assert!(plan.contains(index), "{order:?}:\n{plan}");
            for word in ["SCAN n", "Seq Scan on telephone_number", "TEMP B-TREE", "Sort"] {
                assert!(!plan.contains(word), "{order:?}: {word} in\n{plan}");
            }
        }
        let known = HolderQuery { ids: Some(vec![Uuid::from_u128(5)]), ..query(HolderOrder::Name) };
        let plan = lines(&database, holders_statement(organization_id, &known).explained(database.dialect())).await;
        assert!(plan.contains("telephone_number_owner"), "{plan}");
    }

    async fn whoever_is_dialled_is_looked_up(database: Database) {
        let organization_id = seeded(&database).await.1;
        let query = DialledQuery { kinds: vec![OwnerKind::CallQueue, OwnerKind::HuntGroup], ..DialledQuery::default() };
        for statement in [
            whole_statement(organization_id, &query, "6175550100"),
            part_statement(organization_id, &query, "+16175550100"),
            part_statement(organization_id, &query, "5550"),
        ] {
            let plan = lines(&database, statement.explained(database.dialect())).await;
            assert!(plan.to_lowercase().contains("index") && !plan.contains("SCAN n") && !plan.contains("Seq Scan"), "{plan}");
        }
    }

    async fn a_page_costs_its_own_rows(database: Database) {
        let (organization, organization_id) = seeded(&database).await;
        for case in cases(&organization) {
            let plan = plan(&database, organization_id, &case.filter).await;
            let what = case.what;
            assert!(case.indexes.iter().any(|index| plan.contains(index)), "{what}: none of {:?} in\n{plan}", case.indexes);
            match database.dialect() {
                Dialect::Sqlite => {
                    assert!(!plan.contains("SCAN n"), "{what}:\n{plan}");
                    assert!(case.sorts || !plan.contains("TEMP B-TREE"), "{what}:\n{plan}");
                }
                Dialect::Postgres => {
                    assert!(!plan.contains("Seq Scan on telephone_number"), "{what}:\n{plan}");
                    assert!(most_rows(&plan) <= case.rows, "{what} reads {} rows:\n{plan}", most_rows(&plan));
                }
            }
        }
    }
}
