use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};

use crate::model::session::{IDLE_LIFE, LAST_SEEN_GRAIN, Session, SessionId, SessionState};

const SELECT: &str =
    "SELECT s.id, s.person_id, s.organization_id, s.epoch_everything, s.signed_in_at, s.last_seen_at,
    s.expires_at, s.ended_at, s.source, s.user_agent, COALESCE(e.everything, 0) AS epoch_now
    FROM session s LEFT JOIN person_epoch e ON e.person_id = s.person_id ";

pub(crate) async fn insert(
    transaction: &mut Transaction,
    session: &Session,
    token_hash: &str,
    epoch_everything: i64,
) -> Result<()> {
    let Session {
        id,
        person_id,
        organization_id,
        signed_in_at,
        last_seen_at,
        expires_at,
        source,
        user_agent,
    } = session;
    sql("INSERT INTO session (id, token_hash, person_id, organization_id, epoch_everything, signed_in_at, last_seen_at,
            expires_at, source, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(id.uuid())
    .bind(token_hash)
    .bind(person_id.uuid())
    .bind(organization_id.uuid())
    .bind(epoch_everything)
    .bind(*signed_in_at)
    .bind(*last_seen_at)
    .bind(*expires_at)
    .bind(source)
    .bind(user_agent)
    .run(transaction)
    .await?;
    Ok(())
}

pub(crate) async fn find(database: &Database, token_hash: &str) -> Result<Option<(Session, SessionState)>> {
    let row = sql(SELECT)
        .push("WHERE s.token_hash = $1")
        .bind(token_hash)
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The sessions of a person that have not been ended, newest first; some may have died of age or by an event.
pub(crate) async fn of_person(database: &Database, person: PersonId) -> Result<Vec<(Session, SessionState)>> {
    let rows = sql(SELECT)
        .push("WHERE s.person_id = $1 AND s.ended_at IS NULL ORDER BY s.last_seen_at DESC, s.id LIMIT 500")
        .bind(person.uuid())
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

/// Notes a use, not more often than the grain wants it.
pub(crate) async fn touch(database: &Database, id: SessionId, now: Timestamp) -> Result<()> {
    sql("UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $3 AND ended_at IS NULL")
        .bind(id.uuid())
        .bind(now)
        .bind(now.minus(LAST_SEEN_GRAIN))
        .run(database)
        .await?;
    Ok(())
}

/// Ends the session with this secret; answers whose it was, if it had not ended.
pub(crate) async fn end_by_token(
    transaction: &mut Transaction,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<PersonId>> {
    let row = sql(
        "UPDATE session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL RETURNING person_id",
    )
    .bind(token_hash)
    .bind(now)
    .optional(transaction)
    .await?;
    row.map(|row| Ok(PersonId::new(row.uuid("person_id")?)))
        .transpose()
}

/// Ends one session of this person; false when there is no such one.
pub(crate) async fn end_one(
    transaction: &mut Transaction,
    person: PersonId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool> {
    let touched =
        sql("UPDATE session SET ended_at = $3 WHERE id = $1 AND person_id = $2 AND ended_at IS NULL")
            .bind(id.uuid())
            .bind(person.uuid())
            .bind(now)
            .run(transaction)
            .await?;
    Ok(touched == 1)
}

/// Ends every session of the person, or every other one than `keep`.
pub(crate) async fn end_all<'h>(
    on: impl Into<Handle<'h>>,
    person: PersonId,
    keep: Option<SessionId>,
    now: Timestamp,
) -> Result<u64> {
    sql("UPDATE session SET ended_at = $3 WHERE person_id = $1 AND id <> $2 AND ended_at IS NULL")
        .bind(person.uuid())
        .bind(keep.map_or_else(String::new, |id| id.to_string()))
        .bind(now)
        .run(on)
        .await
}

/// Lets the session in which a password was changed outlive the change.
pub(crate) async fn carry_over(
    transaction: &mut Transaction,
    id: SessionId,
    epoch_everything: i64,
) -> Result<()> {
    // Only a session that was alive a moment ago: one that an earlier event killed stays dead.
    sql("UPDATE session SET epoch_everything = $2 WHERE id = $1 AND epoch_everything = $3")
        .bind(id.uuid())
        .bind(epoch_everything)
        .bind(epoch_everything - 1)
        .run(transaction)
        .await?;
    Ok(())
}

/// Removes what has been dead for a while.
pub(crate) async fn sweep(database: &Database, now: Timestamp) -> Result<u64> {
    sql("DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $2 OR ended_at <= $2")
        .bind(now)
        .bind(now.minus(IDLE_LIFE))
        .run(database)
        .await
}

fn read(row: &Row) -> Result<(Session, SessionState)> {
    let session = Session {
        id: SessionId::new(row.uuid("id")?),
        person_id: PersonId::new(row.uuid("person_id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        signed_in_at: row.moment("signed_in_at")?,
        last_seen_at: row.moment("last_seen_at")?,
        expires_at: row.moment("expires_at")?,
        source: row.text("source")?,
        user_agent: row.text("user_agent")?,
    };
    let state = SessionState {
        epoch_at_birth: row.integer("epoch_everything")?,
        epoch_now: row.integer("epoch_now")?,
        ended: row.optional_moment("ended_at")?.is_some(),
    };
    Ok((session, state))
}
