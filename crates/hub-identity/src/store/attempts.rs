use std::time::Duration;

use kit::{Result, Timestamp};
use kit_sql::{Database, Row, sql};

use crate::model::lockout::{MEMORY, Tries, count_a_try};

/// Counts a try; the inner error is the wait.
pub(crate) async fn begin(
    database: &Database,
    account_key: &str,
    source: &str,
    now: Timestamp,
) -> Result<std::result::Result<(), Duration>> {
    let mut transaction = database.begin().await?;
    // The row is there before it is read, so that concurrent first tries queue on it.
    let fresh = sql(
        "INSERT INTO sign_in_failure (account_key, source, tries, last_at, blocked_until)
         VALUES ($1, $2, 0, $3, 0) ON CONFLICT (account_key, source) DO NOTHING",
    )
    .bind(account_key)
    .bind(source)
    .bind(now)
    .run(&mut transaction)
    .await?;
    if fresh > 0 {
        sql("DELETE FROM sign_in_failure WHERE last_at < $1")
            .bind(now.minus(MEMORY))
            .run(&mut transaction)
            .await?;
    }
    let row = sql(
        "SELECT tries, last_at, blocked_until FROM sign_in_failure WHERE account_key = $1 AND source = $2",
    )
    .bind(account_key)
    .bind(source)
    .push(database.dialect().for_update())
    .one(&mut transaction)
    .await?;
    let tries = match count_a_try(Some(read(&row)?), now) {
        Ok(tries) => tries,
        Err(wait) => return Ok(Err(wait)),
    };
    let Tries {
        count,
        last_at,
        blocked_until,
    } = tries;
    sql("UPDATE sign_in_failure SET tries = $3, last_at = $4, blocked_until = $5 WHERE account_key = $1 AND source = $2")
        .bind(account_key)
        .bind(source)
        .bind(count)
        .bind(last_at)
        .bind(blocked_until)
        .run(&mut transaction)
        .await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// The password was right: its wrong tries from this source are forgotten.
pub(crate) async fn forget(database: &Database, account_key: &str, source: &str) -> Result<()> {
    sql("DELETE FROM sign_in_failure WHERE account_key = $1 AND source = $2")
        .bind(account_key)
        .bind(source)
        .run(database)
        .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Tries> {
    Ok(Tries {
        count: row.integer("tries")?,
        last_at: row.moment("last_at")?,
        blocked_until: row.moment("blocked_until")?,
    })
}
