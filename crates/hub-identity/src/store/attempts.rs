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
) -> Result<std::result::Result<Tries, Duration>> {
    let mut transaction = database.begin().await?;
    // One statement that makes the row or finds it, and holds it either way: concurrent tries queue on it, and a right
    // password that forgets the row at this moment comes before or after, never in between.
    let row = sql(
        "INSERT INTO sign_in_failure (account_key, source, tries, last_at, blocked_until)
         VALUES ($1, $2, 0, $3, 0) ON CONFLICT (account_key, source) DO UPDATE SET tries = sign_in_failure.tries
         RETURNING tries, last_at, blocked_until",
    )
    .bind(account_key)
    .bind(source)
    .bind(now)
    .one(&mut transaction)
    .await?;
    if row.integer("tries")? == 0 {
        sql("DELETE FROM sign_in_failure WHERE last_at < $1")
            .bind(now.minus(MEMORY))
            .run(&mut transaction)
            .await?;
    }
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
    Ok(Ok(tries))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MIGRATIONS;

    kit_test::both_databases! {
        async fn tries_and_right_passwords_at_the_same_moment_never_fail(database: Database) {
            database.migrate("hub_identity", MIGRATIONS).await.unwrap();
            let now = Timestamp::from_millis(1_790_000_000_000);
            let mut people = Vec::new();
            for _ in 0..8 {
                let database = database.clone();
                people.push(tokio::spawn(async move {
                    for _ in 0..25 {
                        begin(&database, "account", "192.0.2.1", now).await.unwrap().ok();
                        forget(&database, "account", "192.0.2.1").await.unwrap();
                    }
                }));
            }
            for person in people {
                person.await.unwrap();
            }
        }
    }
}
