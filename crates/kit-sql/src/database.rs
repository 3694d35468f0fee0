use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use kit::{Error, Result};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Arguments as _, Executor as _, Postgres, Sqlite};

use crate::arguments::Argument;
use crate::database_error;
use crate::migrations::{self, Migration};
use crate::row::{Inner as RowInner, Row};
use crate::statement::Statement;

/// Which database it is; the few differences that SQL text cannot hide are named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// One writer at a time, in this process.
    Sqlite,
    /// Many writers; rows that are read to be changed must be locked.
    Postgres,
}

impl Dialect {
    /// Locks the rows that a `SELECT` reads until the transaction ends. SQLite's write transaction holds the
    /// only write lock already.
    pub const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// The function that makes a JSON array of its arguments.
    pub const fn json_array(self) -> &'static str {
        match self {
            Self::Sqlite => "json_array",
            Self::Postgres => "json_build_array",
        }
    }

    /// Keeps the rows that a `SELECT` reads from being changed until the transaction ends; others may read them so too.
    pub const fn for_share(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR SHARE",
        }
    }
}

/// A database; cheap to clone.
#[derive(Clone)]
pub struct Database(Arc<Pools>);

enum Pools {
    Sqlite { readers: SqlitePool, writer: SqlitePool },
    Postgres(PgPool),
}

/// A write transaction; what is not committed is rolled back when it is dropped.
pub struct Transaction(Open);

enum Open {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// Where a statement runs: on the database by itself, or inside a transaction.
pub enum Handle<'h> {
    /// By itself.
    Database(&'h Database),
    /// Inside a transaction.
    Transaction(&'h mut Transaction),
}

impl<'h> From<&'h Database> for Handle<'h> {
    fn from(database: &'h Database) -> Self {
        Self::Database(database)
    }
}

impl<'h> From<&'h mut Transaction> for Handle<'h> {
    fn from(transaction: &'h mut Transaction) -> Self {
        Self::Transaction(transaction)
    }
}

impl Database {
    /// Opens `sqlite:PATH` (made when it is missing) or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self> {
        let pools = if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await?
        } else if let Some(path) = url.strip_prefix("sqlite:") {
            Self::open_sqlite(path).await?
        } else {
            return Err(Error::invalid(
                "A database is named sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.",
            ));
        };
        Ok(Self(Arc::new(pools)))
    }

    async fn open_postgres(url: &str) -> Result<Pools> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| Error::invalid("The PostgreSQL URL cannot be read.").because(error))?;
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await
            .map_err(|error| {
                Error::unavailable("PostgreSQL does not answer, or refuses this user.").because(error)
            })?;
        Ok(Pools::Postgres(pool))
    }

    async fn open_sqlite(path: &str) -> Result<Pools> {
        let options = SqliteConnectOptions::new()
            .filename(path.trim_start_matches("//"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A refresh token that was answered to a client must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(15))
            .foreign_keys(true)
            // Rows come from a thread of their own; the usual 50 make the two wait for each other on every page.
            .row_buffer_size(1_024)
            .statement_cache_capacity(200);
        let cannot_open =
            |error| Error::unavailable(format!("The SQLite file {path} cannot be opened.")).because(error);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            // 32 MiB: a big transaction writes each page once, not each time the usual 2 MiB are full.
            // 32 MiB of log before it is folded into the file: a long import folds each page seldom, not every 4 MiB.
            .connect_with(
                options
                    .clone()
                    .pragma("cache_size", "-32768")
                    .pragma("wal_autocheckpoint", "8192"),
            )
            .await
            .map_err(cannot_open)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(6)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options)
            .await
            .map_err(cannot_open)?;
        Ok(Pools::Sqlite { readers, writer })
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match &*self.0 {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Brings the tables of `slice` up to date. Each slice has a migration table of its own.
    pub async fn migrate(&self, slice: &'static str, steps: &[Migration]) -> Result<()> {
        match &*self.0 {
            Pools::Sqlite { writer, .. } => migrations::run(slice, steps, self.dialect(), writer).await,
            Pools::Postgres(pool) => migrations::run(slice, steps, self.dialect(), pool).await,
        }
    }

    /// Starts a write transaction.
    pub async fn begin(&self) -> Result<Transaction> {
        let open = match &*self.0 {
            Pools::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Open::Sqlite),
            Pools::Postgres(pool) => pool.begin().await.map(Open::Postgres),
        };
        open.map(Transaction).map_err(database_error)
    }

    /// Closes every connection; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match &*self.0 {
            Pools::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    /// Makes it last.
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Open::Sqlite(transaction) => transaction.commit().await,
            Open::Postgres(transaction) => transaction.commit().await,
        }
        .map_err(database_error)
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self.0 {
            Open::Sqlite(_) => Dialect::Sqlite,
            Open::Postgres(_) => Dialect::Postgres,
        }
    }
}

impl Handle<'_> {
    /// The same handle for one statement, so that a function can run several.
    pub fn reborrow(&mut self) -> Handle<'_> {
        match self {
            Self::Database(database) => Handle::Database(database),
            Self::Transaction(transaction) => Handle::Transaction(transaction),
        }
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Database(database) => database.dialect(),
            Self::Transaction(transaction) => transaction.dialect(),
        }
    }

    pub(crate) async fn run(self, statement: Statement) -> Result<u64> {
        let (text, arguments) = statement.into_parts();
        let touched = match self {
            Self::Database(database) => match &*database.0 {
                Pools::Sqlite { writer, .. } => writer
                    .execute(sqlx::query_with(text, sqlite(arguments)?))
                    .await
                    .map(|done| done.rows_affected()),
                Pools::Postgres(pool) => pool
                    .execute(sqlx::query_with(text, postgres(arguments)?))
                    .await
                    .map(|done| done.rows_affected()),
            },
            Self::Transaction(transaction) => match &mut transaction.0 {
                Open::Sqlite(open) => open
                    .execute(sqlx::query_with(text, sqlite(arguments)?))
                    .await
                    .map(|done| done.rows_affected()),
                Open::Postgres(open) => open
                    .execute(sqlx::query_with(text, postgres(arguments)?))
                    .await
                    .map(|done| done.rows_affected()),
            },
        };
        touched.map_err(database_error)
    }

    pub(crate) async fn all(self, statement: Statement) -> Result<Vec<Row>> {
        let (text, arguments) = statement.into_parts();
        let rows = match self {
            Self::Database(database) => match &*database.0 {
                Pools::Sqlite { readers, writer } => {
                    // `INSERT … RETURNING` and the like answer rows and write: they belong to the writer.
                    let pool = if is_read(text.as_str()) { readers } else { writer };
                    pool.fetch_all(sqlx::query_with(text, sqlite(arguments)?))
                        .await
                        .map(sqlite_rows)
                }
                Pools::Postgres(pool) => pool
                    .fetch_all(sqlx::query_with(text, postgres(arguments)?))
                    .await
                    .map(postgres_rows),
            },
            Self::Transaction(transaction) => match &mut transaction.0 {
                Open::Sqlite(open) => open
                    .fetch_all(sqlx::query_with(text, sqlite(arguments)?))
                    .await
                    .map(sqlite_rows),
                Open::Postgres(open) => open
                    .fetch_all(sqlx::query_with(text, postgres(arguments)?))
                    .await
                    .map(postgres_rows),
            },
        };
        rows.map_err(database_error)
    }
}

fn is_read(text: &str) -> bool {
    let start = text.trim_start();
    let word = start.get(..6).unwrap_or(start);
    word.eq_ignore_ascii_case("select") || word.eq_ignore_ascii_case("explai")
}

fn sqlite_rows(rows: Vec<sqlx::sqlite::SqliteRow>) -> Vec<Row> {
    rows.into_iter().map(|row| Row(RowInner::Sqlite(row))).collect()
}

fn postgres_rows(rows: Vec<sqlx::postgres::PgRow>) -> Vec<Row> {
    rows.into_iter().map(|row| Row(RowInner::Postgres(row))).collect()
}

fn sqlite(arguments: Vec<Argument>) -> Result<SqliteArguments> {
    let mut bound = SqliteArguments::default();
    for argument in arguments {
        match argument {
            Argument::Text(value) => bound.add(value.map(storable)),
            Argument::Integer(value) => bound.add(value),
            Argument::Boolean(value) => bound.add(value),
            Argument::Bytes(value) => bound.add(value),
        }
        .map_err(Error::internal)?;
    }
    Ok(bound)
}

/// PostgreSQL cannot keep U+0000 in a text, and SQLite must not differ. It is replaced and never dropped: a text that
/// holds one must not become equal to another that holds none (an e-mail address, a name, a key).
fn storable(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}

fn postgres(arguments: Vec<Argument>) -> Result<PgArguments> {
    let mut bound = PgArguments::default();
    for argument in arguments {
        match argument {
            Argument::Text(value) => bound.add(value.map(storable)),
            Argument::Integer(value) => bound.add(value),
            Argument::Boolean(value) => bound.add(value),
            Argument::Bytes(value) => bound.add(value),
        }
        .map_err(Error::internal)?;
    }
    Ok(bound)
}
