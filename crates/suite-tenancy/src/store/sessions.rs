use kit::{Result, Timestamp};
use kit_sql::{Handle, Row, sql};

use crate::model::{IDLE_LIMIT, PrincipalId, SEEN_EVERY, Session, SessionId};

fn session(row: &Row) -> Result<Session> {
    Ok(Session {
        id: SessionId::new(row.uuid("id")?),
        signed_in_at: row.moment("signed_in_at")?,
        last_seen_at: row.moment("last_seen_at")?,
        expires_at: row.moment("expires_at")?,
        source: row.text("source")?,
        user_agent: row.text("user_agent")?,
    })
}

pub(crate) async fn insert<'h>(
    on: impl Into<Handle<'h>>,
    principal: PrincipalId,
    token_hash: &str,
    session: &Session,
) -> Result<()> {
    let Session {
        id,
        signed_in_at,
        last_seen_at,
        expires_at,
        source,
        user_agent,
    } = session;
    sql("INSERT INTO session (id, token_hash, principal_id, signed_in_at, last_seen_at, expires_at, source, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id.uuid())
        .bind(token_hash)
        .bind(principal.uuid())
        .bind(*signed_in_at)
        .bind(*last_seen_at)
        .bind(*expires_at)
        .bind(source)
        .bind(user_agent)
        .run(on)
        .await
        .map(drop)
}

/// A live session and whose it is. The principal is read with it, so that a disabled one is out at once.
pub(crate) struct Found {
    pub(crate) session_id: SessionId,
    pub(crate) last_seen_at: Timestamp,
    pub(crate) principal_id: PrincipalId,
    pub(crate) name: String,
    pub(crate) email: String,
}

pub(crate) async fn find<'h>(
    on: impl Into<Handle<'h>>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Found>> {
    let row = sql("SELECT session.id, session.last_seen_at, session.principal_id, principal.name, principal.email FROM session JOIN principal ON principal.id = session.principal_id WHERE session.token_hash = $1 AND session.expires_at > $2 AND session.last_seen_at > $3 AND principal.state = 'active'")
        .bind(token_hash)
        .bind(now)
        .bind(now.minus(IDLE_LIMIT))
        .optional(on)
        .await?;
    row.map(|row| {
        Ok(Found {
            session_id: SessionId::new(row.uuid("id")?),
            last_seen_at: row.moment("last_seen_at")?,
            principal_id: PrincipalId::new(row.uuid("principal_id")?),
            name: row.text("name")?,
            email: row.text("email")?,
        })
    })
    .transpose()
}

pub(crate) async fn stamp_seen<'h>(on: impl Into<Handle<'h>>, id: SessionId, now: Timestamp) -> Result<()> {
    sql("UPDATE session SET last_seen_at = $1 WHERE id = $2 AND last_seen_at < $3")
        .bind(now)
        .bind(id.uuid())
        .bind(now.minus(SEEN_EVERY))
        .run(on)
        .await
        .map(drop)
}

pub(crate) async fn list<'h>(
    on: impl Into<Handle<'h>>,
    principal: PrincipalId,
    now: Timestamp,
) -> Result<Vec<Session>> {
    let rows = sql("SELECT id, signed_in_at, last_seen_at, expires_at, source, user_agent FROM session WHERE principal_id = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC, id")
        .bind(principal.uuid())
        .bind(now)
        .bind(now.minus(IDLE_LIMIT))
        .all(on)
        .await?;
    rows.iter().map(session).collect()
}

pub(crate) async fn delete_by_token<'h>(on: impl Into<Handle<'h>>, token_hash: &str) -> Result<()> {
    sql("DELETE FROM session WHERE token_hash = $1")
        .bind(token_hash)
        .run(on)
        .await
        .map(drop)
}

pub(crate) async fn delete<'h>(
    on: impl Into<Handle<'h>>,
    principal: PrincipalId,
    id: SessionId,
) -> Result<u64> {
    sql("DELETE FROM session WHERE principal_id = $1 AND id = $2")
        .bind(principal.uuid())
        .bind(id.uuid())
        .run(on)
        .await
}

/// Ends every session of the principal but `kept`.
pub(crate) async fn delete_others<'h>(
    on: impl Into<Handle<'h>>,
    principal: PrincipalId,
    kept: Option<SessionId>,
) -> Result<u64> {
    let kept = kept.map(|id| id.uuid().to_string()).unwrap_or_default();
    sql("DELETE FROM session WHERE principal_id = $1 AND id <> $2")
        .bind(principal.uuid())
        .bind(kept)
        .run(on)
        .await
}

/// Forgets sessions that ended.
pub(crate) async fn sweep<'h>(on: impl Into<Handle<'h>>, now: Timestamp) -> Result<()> {
    sql("DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $2")
        .bind(now)
        .bind(now.minus(IDLE_LIMIT))
        .run(on)
        .await
        .map(drop)
}
