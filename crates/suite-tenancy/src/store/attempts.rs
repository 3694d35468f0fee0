use std::time::Duration;

use kit::{Result, Timestamp};
use kit_sql::{Database, sql};

/// After so long without a try, counting starts again.
const FORGIVEN_AFTER: Duration = Duration::from_secs(3600);

/// Counts a try before the password is looked at, so that many tries at once count as many. Answers the moment until
/// which this account is locked for this source, if it is.
///
/// The fifth wrong password in a row locks for half a minute, each further one for twice as long, up to a quarter of
/// an hour. Another source is not locked: nobody can lock somebody else out.
pub(crate) async fn count_try(
    database: &Database,
    email_key: &str,
    source: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    const COUNT: &str = "INSERT INTO sign_in_attempt (email_key, source, failures, last_at, locked_until) VALUES ($1, $2, 1, $3, 0)
         ON CONFLICT (email_key, source) DO UPDATE SET
           failures = CASE WHEN sign_in_attempt.last_at < $4 THEN 1 ELSE sign_in_attempt.failures + 1 END,
           last_at = $3,
           locked_until = CASE
             WHEN sign_in_attempt.last_at < $4 OR sign_in_attempt.failures < 4 THEN 0
             WHEN sign_in_attempt.failures = 4 THEN $3 + 30000
             WHEN sign_in_attempt.failures = 5 THEN $3 + 60000
             WHEN sign_in_attempt.failures = 6 THEN $3 + 120000
             WHEN sign_in_attempt.failures = 7 THEN $3 + 240000
             WHEN sign_in_attempt.failures = 8 THEN $3 + 480000
             ELSE $3 + 900000 END
         WHERE sign_in_attempt.locked_until <= $3";
    let counted = sql(COUNT)
        .bind(email_key)
        .bind(source)
        .bind(now)
        .bind(now.minus(FORGIVEN_AFTER))
        .run(database)
        .await?;
    if counted > 0 {
        return Ok(None);
    }
    let row = sql("SELECT locked_until FROM sign_in_attempt WHERE email_key = $1 AND source = $2")
        .bind(email_key)
        .bind(source)
        .optional(database)
        .await?;
    row.map(|row| row.moment("locked_until")).transpose()
}

/// A right password forgives what came before.
pub(crate) async fn forgive(database: &Database, email_key: &str, source: &str) -> Result<()> {
    sql("DELETE FROM sign_in_attempt WHERE email_key = $1 AND source = $2")
        .bind(email_key)
        .bind(source)
        .run(database)
        .await
        .map(drop)
}

/// Forgets tries that no longer count, so that invented addresses do not fill the table.
pub(crate) async fn sweep(database: &Database, now: Timestamp) -> Result<()> {
    sql("DELETE FROM sign_in_attempt WHERE last_at < $1 AND locked_until < $2")
        .bind(now.minus(FORGIVEN_AFTER))
        .bind(now)
        .run(database)
        .await
        .map(drop)
}
