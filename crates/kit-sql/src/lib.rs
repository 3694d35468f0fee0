//! The one place that knows that there are two databases: SQLite embedded, PostgreSQL for scale.
//!
//! A slice writes one SQL text and runs it here:
//!
//! ```no_run
//! # async fn example(database: kit_sql::Database) -> kit::Result<()> {
//! let row = kit_sql::sql("SELECT display_name FROM person WHERE id = $1")
//!     .bind("6f0b…")
//!     .optional(&database)
//!     .await?;
//! # Ok(()) }
//! ```
//!
//! The portable part of SQL: `$1`, `ON CONFLICT`, `RETURNING`, `BIGINT` for moments (milliseconds) and
//! numbers, `TEXT` for ids and words, `BOOLEAN`, `BYTES`. In migrations `TEXT` becomes `TEXT COLLATE "C"` on
//! PostgreSQL, so that both databases order text by its bytes; `BYTES` becomes `BLOB` or `BYTEA`. Sums must be
//! cast (`CAST(SUM(x) AS BIGINT)`). Write transactions start with the write lock on SQLite; on PostgreSQL a
//! read-modify-write needs one conditional statement or [`Dialect::for_update`].
#![deny(missing_docs)]

mod arguments;
mod database;
mod migrations;
mod row;
mod statement;

pub use arguments::Argument;
pub use database::{Database, Dialect, Handle, Transaction};
pub use migrations::Migration;
pub use row::Row;
pub use statement::{Statement, insert_rows, like_anywhere, like_prefix, sql};

pub(crate) fn database_error(error: sqlx::Error) -> kit::Error {
    if let sqlx::Error::Database(cause) = &error {
        if cause.is_unique_violation() {
            return kit::Error::conflict("This contradicts an entry that exists already.").because(error);
        }
        if cause.is_foreign_key_violation() {
            return kit::Error::conflict(
                "This refers to an entry that does not exist, or is still referred to.",
            )
            .because(error);
        }
    }
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => {
            kit::Error::unavailable("The database does not answer at the moment.").because(error)
        }
        other => kit::Error::internal(other),
    }
}
