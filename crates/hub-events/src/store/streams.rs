use std::time::Duration;

use hub_caller::{OrganizationId, PersonId};
use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp, Uuid};
use kit_sql::{Database, Handle, Row, Transaction, sql};

use super::webhooks::Owner;
use crate::model::stream::{Road, Stream, StreamStatus};

const COLUMNS: &str = "s.id, s.organization_id, s.person_id, s.client_id, s.grant_id, s.sees_organization, s.is_administrative, s.method,
    s.endpoint_url, s.authorization_header, s.description, s.events_requested, s.status, s.status_reason, s.created_at, s.ended_at,
    s.doubtful_since, s.verified_at, s.failures, s.failing_since";

pub(crate) async fn insert(on: &mut Transaction, stream: &Stream) -> Result<()> {
    let (endpoint_url, authorization_header) = road_columns(&stream.road);
    sql("INSERT INTO events_stream (id, organization_id, person_id, client_id, grant_id, sees_organization, is_administrative, method, endpoint_url,
            authorization_header, description, events_requested, status, status_reason, created_at, ended_at, doubtful_since, last_number, verified_at,
            failures, failing_since, rest_until, lease_number, leased_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, NULL, NULL, 0, 0, 0, NULL, 0, 0, 0)")
    .bind(stream.id)
    .bind(stream.organization_id.uuid())
    .bind(stream.person_id.uuid())
    .bind(stream.client_id.as_str())
    .bind(stream.grant_id)
    .bind(stream.sees_organization)
    .bind(stream.is_administrative)
    .bind(stream.road.word())
    .bind(endpoint_url)
    .bind(authorization_header)
    .bind(stream.description.as_str())
    .bind(stream.events_requested.join("\n"))
    .bind(stream.status.word())
    .bind(stream.created_at)
    .run(on)
    .await?;
    Ok(())
}

fn road_columns(road: &Road) -> (Option<String>, Option<String>) {
    match road {
        Road::Poll => (None, None),
        Road::Push {
            endpoint_url,
            authorization_header,
        } => (
            Some(endpoint_url.clone()),
            authorization_header
                .as_ref()
                .map(|header| header.expose_secret().to_owned()),
        ),
    }
}

/// Keeps what can be changed. A stream that is enabled again begins anew.
pub(crate) async fn update(on: &mut Transaction, stream: &Stream) -> Result<()> {
    let (endpoint_url, authorization_header) = road_columns(&stream.road);
    sql("UPDATE events_stream SET method = $2, endpoint_url = $3, authorization_header = $4, description = $5, events_requested = $6, status = $7,
            status_reason = $8, failures = 0, failing_since = NULL, rest_until = 0 WHERE id = $1")
    .bind(stream.id)
    .bind(stream.road.word())
    .bind(endpoint_url)
    .bind(authorization_header)
    .bind(stream.description.as_str())
    .bind(stream.events_requested.join("\n"))
    .bind(stream.status.word())
    .bind(stream.status_reason.as_str())
    .run(on)
    .await?;
    Ok(())
}

pub(crate) async fn find(on: impl Into<Handle<'_>>, id: Uuid) -> Result<Option<Stream>> {
    let row = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_stream s WHERE s.id = ")
        .push_bind(id)
        .optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The streams that somebody made, the oldest first, ended ones too.
pub(crate) async fn of_owner(on: impl Into<Handle<'_>>, owner: Owner<'_>) -> Result<Vec<Stream>> {
    let rows = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_stream s WHERE s.person_id = ")
        .push_bind(owner.person_id.uuid())
        .push(" AND s.client_id = ")
        .push_bind(owner.client_id)
        .push(" ORDER BY s.created_at, s.id")
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

/// The streams of these organizations that have not ended.
pub(crate) async fn of_organizations(
    on: impl Into<Handle<'_>>,
    organizations: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Stream>> {
    let rows = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_stream s WHERE s.ended_at IS NULL AND s.organization_id IN ")
        .push_list(organizations)
        .push(" ORDER BY s.created_at, s.id")
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

/// Every stream, for the sweeper.
pub(crate) async fn all(database: &Database) -> Result<Vec<Stream>> {
    let rows = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_stream s")
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn delete(on: impl Into<Handle<'_>>, id: Uuid) -> Result<u64> {
    sql("DELETE FROM events_stream WHERE id = $1")
        .bind(id)
        .run(on)
        .await
}

/// From now on it hears of its maker only.
pub(crate) async fn narrow(database: &Database, id: Uuid) -> Result<()> {
    sql("UPDATE events_stream SET sees_organization = $2 WHERE id = $1")
        .bind(id)
        .bind(false)
        .run(database)
        .await?;
    Ok(())
}

/// Nothing new is told from now on.
pub(crate) async fn end(on: &mut Transaction, id: Uuid, at: Timestamp, reason: &str) -> Result<()> {
    sql("UPDATE events_stream SET ended_at = $2, status_reason = $3 WHERE id = $1 AND ended_at IS NULL")
        .bind(id)
        .bind(at)
        .bind(reason)
        .run(on)
        .await?;
    Ok(())
}

/// The grant is dead, and nobody said why yet.
pub(crate) async fn doubt(on: impl Into<Handle<'_>>, id: Uuid, at: Timestamp) -> Result<()> {
    sql("UPDATE events_stream SET doubtful_since = $2 WHERE id = $1 AND doubtful_since IS NULL")
        .bind(id)
        .bind(at)
        .run(on)
        .await?;
    Ok(())
}

/// The place of the next token of a stream.
pub(crate) async fn next_number(on: &mut Transaction, id: Uuid) -> Result<i64> {
    sql("UPDATE events_stream SET last_number = last_number + 1 WHERE id = $1 RETURNING last_number")
        .bind(id)
        .one(on)
        .await?
        .integer("last_number")
}

pub(crate) async fn verified(on: &mut Transaction, id: Uuid, at: Timestamp) -> Result<()> {
    sql("UPDATE events_stream SET verified_at = $2 WHERE id = $1")
        .bind(id)
        .bind(at)
        .run(on)
        .await?;
    Ok(())
}

/// Streams that something can be pushed to and that nobody holds.
pub(crate) async fn due(database: &Database, now: Timestamp, limit: i64) -> Result<Vec<Uuid>> {
    let rows = sql("SELECT s.id FROM events_stream s
         WHERE s.method = 'push' AND s.status = 'enabled' AND s.rest_until <= $1 AND s.leased_until <= $1
           AND EXISTS (SELECT 1 FROM events_set t WHERE t.stream_id = s.id AND t.next_try_at <= $1
             AND NOT EXISTS (SELECT 1 FROM events_set e WHERE e.stream_id = t.stream_id AND e.subject_key = t.subject_key AND e.number < t.number))
         ORDER BY s.rest_until, s.id LIMIT $2")
    .bind(now)
    .bind(limit)
    .all(database)
    .await?;
    rows.iter().map(|row| row.uuid("id")).collect()
}

/// Takes the stream, unless somebody has it; the number proves it from then on.
pub(crate) async fn claim(
    database: &Database,
    id: Uuid,
    now: Timestamp,
    lease: Duration,
) -> Result<Option<i64>> {
    let row = sql(
        "UPDATE events_stream SET lease_number = lease_number + 1, leased_until = $3
         WHERE id = $1 AND leased_until <= $2 AND status = 'enabled' RETURNING lease_number",
    )
    .bind(id)
    .bind(now)
    .bind(now.plus(lease))
    .optional(database)
    .await?;
    row.map(|row| row.integer("lease_number")).transpose()
}

pub(crate) async fn release(database: &Database, id: Uuid, lease_number: i64) -> Result<()> {
    sql("UPDATE events_stream SET leased_until = 0 WHERE id = $1 AND lease_number = $2")
        .bind(id)
        .bind(lease_number)
        .run(database)
        .await?;
    Ok(())
}

/// Takes down how the receiver does. False for whoever does not hold the stream any more.
pub(crate) async fn note_health(
    database: &Database,
    id: Uuid,
    lease_number: i64,
    failures: i64,
    failing_since: Option<Timestamp>,
    rest_until: Timestamp,
) -> Result<bool> {
    let touched = sql("UPDATE events_stream SET failures = $3, failing_since = $4, rest_until = $5 WHERE id = $1 AND lease_number = $2")
        .bind(id)
        .bind(lease_number)
        .bind(failures)
        .bind(failing_since)
        .bind(rest_until)
        .run(database)
        .await?;
    Ok(touched == 1)
}

fn read(row: &Row) -> Result<Stream> {
    let method = row.text("method")?;
    let status = row.text("status")?;
    let road = match (method.as_str(), row.optional_text("endpoint_url")?) {
        ("poll", _) => Road::Poll,
        ("push", Some(endpoint_url)) => Road::Push {
            endpoint_url,
            authorization_header: row.optional_text("authorization_header")?.map(SecretString::from),
        },
        _ => return Err(Error::internal(format!("a stream is delivered by “{method}”"))),
    };
    let requested = row.text("events_requested")?;
    Ok(Stream {
        id: row.uuid("id")?,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        person_id: PersonId::new(row.uuid("person_id")?),
        client_id: row.text("client_id")?,
        grant_id: row.uuid("grant_id")?,
        sees_organization: row.boolean("sees_organization")?,
        is_administrative: row.boolean("is_administrative")?,
        road,
        description: row.text("description")?,
        events_requested: requested.lines().map(ToOwned::to_owned).collect(),
        status: StreamStatus::parse(&status)
            .ok_or_else(|| Error::internal(format!("a stream has the status “{status}”")))?,
        status_reason: row.text("status_reason")?,
        created_at: row.moment("created_at")?,
        ended_at: row.optional_moment("ended_at")?,
        doubtful_since: row.optional_moment("doubtful_since")?,
        verified_at: row.moment("verified_at")?,
        failures: row.integer("failures")?,
        failing_since: row.optional_moment("failing_since")?,
    })
}
