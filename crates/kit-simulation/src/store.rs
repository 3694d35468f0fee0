use std::time::Duration;

use kit::{Error, Result};
use kit_sql::{Database, Migration, sql};

const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "by how much the clock was moved",
    text: "CREATE TABLE simulated_time (slot BIGINT PRIMARY KEY, offset_ms BIGINT NOT NULL);",
}];

pub(crate) async fn migrate(database: &Database) -> Result<()> {
    database.migrate("simulation", STEPS).await
}

/// By how much the clock of this database was moved; zero where it never was.
pub(crate) async fn offset(database: &Database) -> Result<Duration> {
    let row = sql("SELECT offset_ms FROM simulated_time WHERE slot = 1")
        .optional(database)
        .await?;
    let milliseconds = row.map(|row| row.integer("offset_ms")).transpose()?;
    Ok(Duration::from_millis(
        u64::try_from(milliseconds.unwrap_or_default()).unwrap_or_default(),
    ))
}

/// Keeps it; it only ever grows.
pub(crate) async fn keep_offset(database: &Database, offset: Duration) -> Result<()> {
    let milliseconds = i64::try_from(offset.as_millis()).map_err(Error::internal)?;
    sql("INSERT INTO simulated_time (slot, offset_ms) VALUES (1, $1) \
         ON CONFLICT (slot) DO UPDATE SET offset_ms = excluded.offset_ms \
         WHERE simulated_time.offset_ms < excluded.offset_ms")
    .bind(milliseconds)
    .run(database)
    .await?;
    Ok(())
}
