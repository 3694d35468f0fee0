//! Security event tokens that wait to be taken. Of each subject only the first can leave.

use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::{Database, Row, Transaction, sql};
use serde_json::Value;

/// A token that waits.
#[derive(Clone, Debug)]
pub(crate) struct WaitingSet {
    pub(crate) id: Uuid,
    pub(crate) claims: Value,
    pub(crate) tries: i64,
}

/// A token to keep.
pub(crate) struct NewSet<'a> {
    pub(crate) id: Uuid,
    pub(crate) stream_id: Uuid,
    pub(crate) number: i64,
    pub(crate) subject_key: &'a str,
    pub(crate) claims: &'a Value,
}

pub(crate) async fn insert(on: &mut Transaction, set: &NewSet<'_>, now: Timestamp) -> Result<()> {
    sql("INSERT INTO events_set (id, stream_id, number, subject_key, claims, created_at, tries, next_try_at, last_error) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, '')")
        .bind(set.id)
        .bind(set.stream_id)
        .bind(set.number)
        .bind(set.subject_key)
        .bind(set.claims.to_string())
        .bind(now)
        .run(on)
        .await?;
    Ok(())
}

/// The first of each subject that may be tried now, in the order of their causes.
pub(crate) async fn heads(
    database: &Database,
    stream_id: Uuid,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<WaitingSet>> {
    let rows = sql("SELECT t.id, t.claims, t.tries FROM events_set t WHERE t.stream_id = $1 AND t.next_try_at <= $2
         AND NOT EXISTS (SELECT 1 FROM events_set e WHERE e.stream_id = t.stream_id AND e.subject_key = t.subject_key AND e.number < t.number)
         ORDER BY t.number LIMIT $3")
    .bind(stream_id)
    .bind(now)
    .bind(limit)
    .all(database)
    .await?;
    rows.iter().map(read).collect()
}

/// How many wait.
pub(crate) async fn waiting(database: &Database, stream_id: Uuid) -> Result<i64> {
    sql("SELECT COUNT(*) AS waiting FROM events_set WHERE stream_id = $1")
        .bind(stream_id)
        .one(database)
        .await?
        .integer("waiting")
}

/// They were taken: they go. Says how many there were.
pub(crate) async fn acknowledge(database: &Database, stream_id: Uuid, ids: &[Uuid]) -> Result<u64> {
    sql("DELETE FROM events_set WHERE stream_id = ")
        .push_bind(stream_id)
        .push(" AND id IN ")
        .push_list(ids.iter().copied())
        .run(database)
        .await
}

/// Tries one again later. What follows of its subject waits with it.
pub(crate) async fn again_at(
    database: &Database,
    id: Uuid,
    tries: i64,
    at: Timestamp,
    error: &str,
) -> Result<()> {
    sql("UPDATE events_set SET tries = $2, next_try_at = $3, last_error = $4 WHERE id = $1")
        .bind(id)
        .bind(tries)
        .bind(at)
        .bind(error)
        .run(database)
        .await?;
    Ok(())
}

/// Forgets what nobody took for so long.
pub(crate) async fn forget_before(database: &Database, moment: Timestamp) -> Result<u64> {
    sql("DELETE FROM events_set WHERE created_at < $1")
        .bind(moment)
        .run(database)
        .await
}

/// Forgets everything that waits for a stream.
pub(crate) async fn forget_all(on: &mut Transaction, stream_id: Uuid) -> Result<()> {
    sql("DELETE FROM events_set WHERE stream_id = $1")
        .bind(stream_id)
        .run(on)
        .await?;
    Ok(())
}

fn read(row: &Row) -> Result<WaitingSet> {
    Ok(WaitingSet {
        id: row.uuid("id")?,
        claims: serde_json::from_str(&row.text("claims")?).map_err(Error::internal)?,
        tries: row.integer("tries")?,
    })
}
