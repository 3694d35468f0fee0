//! A page of a list costs its own rows: the order comes from an index, nothing is sorted and no table is scanned.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use kit_sql::{Database, Dialect, sql};
use support::World;

async fn plan(database: &Database, query: &'static str) -> String {
    let (explain, column) = match database.dialect() {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN ", "detail"),
        Dialect::Postgres => ("EXPLAIN ", "QUERY PLAN"),
    };
    let mut transaction = database.begin().await.unwrap();
    if transaction.dialect() == Dialect::Postgres {
        // So few rows are read faster without an index; the question is whether one serves.
        for off in [
            "SET LOCAL enable_seqscan = off",
            "SET LOCAL enable_bitmapscan = off",
        ] {
            sql(off).run(&mut transaction).await.unwrap();
        }
    }
    let rows = sql(explain).push(query).all(&mut transaction).await.unwrap();
    rows.iter()
        .map(|row| row.text(column).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

const ORGANIZATION: &str = "the indexes begin with the organization";

kit_test::both_databases! {
    async fn lists_are_read_in_the_order_of_an_index(database: Database) {
        World::new(&database).await;
        for (query, index) in [
            ("SELECT id, location_id, name, enabled FROM auto_attendant WHERE organization_id = 'x' ORDER BY name_key, id LIMIT 50 OFFSET 0", "auto_attendant_page"),
            ("SELECT id, location_id, name, enabled FROM auto_attendant WHERE organization_id = 'x' AND location_id = 'y' ORDER BY name_key LIMIT 50 OFFSET 0", "auto_attendant_location"),
            ("SELECT id, location_id, kind, name FROM schedule WHERE organization_id = 'x' ORDER BY name_key, id LIMIT 50 OFFSET 0", "schedule_page"),
            ("SELECT id, location_id, kind, name FROM schedule WHERE organization_id = 'x' AND location_id = 'y' ORDER BY name_key, kind LIMIT 50 OFFSET 0", "schedule_location"),
        ] {
            let plan = plan(&database, query).await;
            assert!(plan.contains(index), "{ORGANIZATION}: {query}\n{plan}");
            let sorted = plan.contains("TEMP B-TREE") || plan.contains("Sort");
            assert!(!sorted, "{query}\n{plan}");
        }
    }
}
