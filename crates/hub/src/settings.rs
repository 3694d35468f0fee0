//! The few facts that belong to the composition itself.

use kit::{Error, Randomness, Result};
use kit_sql::{Database, Migration, sql};

pub(crate) const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "settings",
    text: "CREATE TABLE hub_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);",
}];

/// The value under this name.
pub(crate) async fn read(database: &Database, name: &str) -> Result<Option<String>> {
    let row = sql("SELECT value FROM hub_setting WHERE name = $1")
        .bind(name)
        .optional(database)
        .await?;
    row.map(|row| row.text("value")).transpose()
}

/// Keeps a value, unless there is one already.
pub(crate) async fn keep(database: &Database, name: &str, value: &str) -> Result<()> {
    sql("INSERT INTO hub_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(value)
        .run(database)
        .await?;
    Ok(())
}

/// The key from which CSRF tokens are derived: the same for every process on this database, and after a restart, so
/// that a form that was open meanwhile can still be sent.
pub(crate) async fn csrf_key(database: &Database, randomness: &dyn Randomness) -> Result<[u8; 32]> {
    keep(database, "csrf_key", &randomness.hex(32)).await?;
    let text = read(database, "csrf_key").await?.unwrap_or_default();
    let bytes: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Error::internal("the stored CSRF key is not 32 bytes in hexadecimal"))
}
