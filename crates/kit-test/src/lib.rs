//! What tests share: a real database per test, a driven HTTP application.
//!
//! SQLite lives in a temporary folder. PostgreSQL is the private cluster that `scripts/with-postgres` starts; a
//! test that wants it and does not find it fails and says so, it is never skipped.
#![deny(missing_docs)]

mod http_app;

pub use http_app::{Answer, App, RequestBuilder};
pub use kit::{ManualClock, SeededRandomness, Timestamp};

use kit::Randomness as _;
use kit_sql::Database;

/// A database that only this test has. Dropping it removes the SQLite folder.
pub struct TestDatabase {
    /// The open database.
    pub database: Database,
    /// Its URL, for programs that open it themselves.
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

impl TestDatabase {
    /// A fresh SQLite file.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let url = format!("sqlite:{}", folder.path().join("test.sqlite3").display());
        let database = Database::open(&url).await.expect("a fresh SQLite file opens");
        Self {
            database,
            url,
            _folder: Some(folder),
        }
    }

    /// A fresh database in the private PostgreSQL cluster.
    pub async fn postgres() -> Self {
        let server = server_url();
        let name = format!("t_{}", kit::SystemRandomness.hex(8));
        let pool = sqlx::postgres::PgPoolOptions::new()
            .max_connections(1)
            .connect(&format!("{server}/postgres"))
            .await
            .expect("the private PostgreSQL cluster answers");
        // Cloning the template while another test clones it is refused: the lock makes them queue.
        let create = format!("CREATE DATABASE {name}");
        for statement in [
            "SELECT pg_advisory_lock(7)".to_owned(),
            create,
            "SELECT pg_advisory_unlock(7)".to_owned(),
        ] {
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .execute(&pool)
                .await
                .expect("a database can be made");
        }
        pool.close().await;
        let url = format!("{server}/{name}");
        let database = Database::open(&url)
            .await
            .expect("a fresh PostgreSQL database opens");
        Self {
            database,
            url,
            _folder: None,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests' own configuration")]
fn server_url() -> String {
    std::env::var("TRUNKLINE_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "this test needs PostgreSQL; run it as: scripts/with-postgres cargo nextest run …, or make test"
        )
    })
}

/// Whether tests that compare a generated document write it anew instead (`make coverage`).
#[expect(clippy::disallowed_methods, reason = "the tests' own configuration")]
pub fn renews_documents() -> bool {
    std::env::var("TRUNKLINE_RENEW_DOCUMENTS").is_ok_and(|value| value == "1")
}

/// Declares tests that run on SQLite and on PostgreSQL, each with a database of its own:
///
/// ```text
/// kit_test::both_databases! {
///     async fn a_taken_email_is_a_conflict(database: Database) { … }
/// }
/// ```
#[macro_export]
macro_rules! both_databases {
    ($( $(#[$meta:meta])* async fn $name:ident($database:ident: Database) $body:block )+) => {
        $(
            mod $name {
                #[allow(unused_imports, reason = "whatever the test file has in scope")]
                use super::*;

                async fn check($database: kit_sql::Database) $body

                $(#[$meta])*
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    let test = $crate::TestDatabase::sqlite().await;
                    check(test.database.clone()).await;
                    test.database.close().await;
                }

                $(#[$meta])*
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    let test = $crate::TestDatabase::postgres().await;
                    check(test.database.clone()).await;
                    test.database.close().await;
                }
            }
        )+
    };
}
