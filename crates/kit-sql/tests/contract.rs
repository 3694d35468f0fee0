//! One behaviour, two databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use kit::{Kind, Timestamp};
use kit_sql::{Argument, Migration, insert_rows, like_anywhere, sql};

const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "things",
    text: "CREATE TABLE thing (id TEXT PRIMARY KEY, count BIGINT, payload BYTES, live BOOLEAN NOT NULL, made_at BIGINT NOT NULL);
           CREATE INDEX thing_count ON thing (count);",
}];

async fn prepare(database: &kit_sql::Database) {
    database.migrate("things", STEPS).await.unwrap();
    // Running it again is no work.
    database.migrate("things", STEPS).await.unwrap();
}

fn row(id: &str, count: Option<i64>) -> Vec<Argument> {
    vec![
        id.into(),
        count.into(),
        Some(vec![1, 2, 3]).into(),
        true.into(),
        Timestamp::from_millis(5).into(),
    ]
}

const INSERT: &str = "INSERT INTO thing (id, count, payload, live, made_at)";

kit_test::both_databases! {
    async fn values_come_back_as_they_went(database: Database) {
        prepare(&database).await;
        insert_rows(&database, INSERT, 5, vec![row("a", None), row("Ä%_", Some(7))], "").await.unwrap();
        let row = sql("SELECT * FROM thing WHERE id LIKE $1 ESCAPE '\\'").bind(like_anywhere("%_")).one(&database).await.unwrap();
        assert_eq!(row.text("id").unwrap(), "Ä%_");
        assert_eq!(row.optional_integer("count").unwrap(), Some(7));
        assert_eq!(row.bytes("payload").unwrap(), vec![1, 2, 3]);
        assert!(row.boolean("live").unwrap());
        assert_eq!(row.moment("made_at").unwrap(), Timestamp::from_millis(5));
    }

    async fn text_is_ordered_by_its_bytes(database: Database) {
        prepare(&database).await;
        let rows = ["b", "a", "B", "é", "_"].map(|id| row(id, None)).to_vec();
        insert_rows(&database, INSERT, 5, rows, "").await.unwrap();
        let found = sql("SELECT id FROM thing ORDER BY id").all(&database).await.unwrap();
        let ids: Vec<String> = found.iter().map(|row| row.text("id").unwrap()).collect();
        assert_eq!(ids, ["B", "_", "a", "b", "é"]);
    }

    async fn a_taken_key_is_a_conflict_and_a_dropped_transaction_leaves_nothing(database: Database) {
        prepare(&database).await;
        let mut transaction = database.begin().await.unwrap();
        insert_rows(&mut transaction, INSERT, 5, vec![row("a", None)], "").await.unwrap();
        let taken = insert_rows(&mut transaction, INSERT, 5, vec![row("a", None)], "").await.unwrap_err();
        assert_eq!(*taken.kind(), Kind::Conflict);
        drop(transaction);
        let count = sql("SELECT COUNT(*) AS n FROM thing").one(&database).await.unwrap().integer("n").unwrap();
        assert_eq!(count, 0);
    }

    async fn a_text_with_a_null_character_equals_only_itself(database: Database) {
        prepare(&database).await;
        insert_rows(&database, INSERT, 5, vec![row("ab", None)], "").await.unwrap();
        let find = |id: &'static str| sql("SELECT id FROM thing WHERE id = $1").bind(id);
        assert!(find("a\0b").optional(&database).await.unwrap().is_none(), "it must not find what has none");
        insert_rows(&database, INSERT, 5, vec![row("a\0b", None)], "").await.unwrap();
        assert_eq!(find("a\0b").one(&database).await.unwrap().text("id").unwrap(), "a\u{fffd}b");
        assert_eq!(find("ab").all(&database).await.unwrap().len(), 1);
    }

    async fn concurrent_conditional_updates_lose_nothing(database: Database) {
        prepare(&database).await;
        insert_rows(&database, INSERT, 5, vec![row("a", Some(0))], "").await.unwrap();
        let mut writers = Vec::new();
        for _ in 0..8 {
            let database = database.clone();
            writers.push(tokio::spawn(async move {
                for _ in 0..10 {
                    sql("UPDATE thing SET count = count + 1 WHERE id = $1").bind("a").run(&database).await.unwrap();
                }
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let count = sql("SELECT count FROM thing").one(&database).await.unwrap().integer("count").unwrap();
        assert_eq!(count, 80);
    }

    async fn many_rows_go_in_by_few_statements(database: Database) {
        prepare(&database).await;
        let rows = (0..2_500).map(|number| row(&format!("{number:05}"), Some(number))).collect();
        assert_eq!(insert_rows(&database, INSERT, 5, rows, "ON CONFLICT (id) DO NOTHING").await.unwrap(), 2_500);
        let listed = sql("SELECT id FROM thing WHERE id IN ").push_list(["00003", "02499", "x"]).all(&database).await.unwrap();
        assert_eq!(listed.len(), 2);
        let none = sql("SELECT id FROM thing WHERE id IN ").push_list(Vec::<String>::new()).all(&database).await.unwrap();
        assert!(none.is_empty());
    }
}
