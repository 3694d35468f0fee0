//! Since when people are deactivated.

use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Transaction, sql};

use crate::{OrganizationId, PersonId};

pub(crate) async fn begin(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    person: PersonId,
    now: Timestamp,
) -> Result<()> {
    sql(
        "INSERT INTO person_deactivation (organization_id, person_id, deactivated_at) VALUES ($1, $2, $3)
         ON CONFLICT (organization_id, person_id) DO NOTHING",
    )
    .bind(organization_id.uuid())
    .bind(person.uuid())
    .bind(now)
    .run(transaction)
    .await?;
    Ok(())
}

pub(crate) async fn end(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    person: PersonId,
) -> Result<()> {
    sql("DELETE FROM person_deactivation WHERE organization_id = $1 AND person_id = $2")
        .bind(organization_id.uuid())
        .bind(person.uuid())
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn since<'h>(
    on: impl Into<Handle<'h>>,
    organization_id: OrganizationId,
    person: PersonId,
) -> Result<Option<Timestamp>> {
    let row =
        sql("SELECT deactivated_at FROM person_deactivation WHERE organization_id = $1 AND person_id = $2")
            .bind(organization_id.uuid())
            .bind(person.uuid())
            .optional(on)
            .await?;
    row.map(|row| row.moment("deactivated_at")).transpose()
}

/// Writes down who is deactivated and has no moment yet (they came so with their organization): the thirty days begin now.
pub(crate) async fn notice(database: &Database, now: Timestamp) -> Result<u64> {
    sql("INSERT INTO person_deactivation (organization_id, person_id, deactivated_at)
         SELECT p.organization_id, p.id, CAST($1 AS BIGINT) FROM person p WHERE NOT p.login_enabled
         AND NOT EXISTS (SELECT 1 FROM person_deactivation d WHERE d.organization_id = p.organization_id AND d.person_id = p.id)
         ON CONFLICT (organization_id, person_id) DO NOTHING")
    .bind(now)
    .run(database)
    .await
}

/// Who was deactivated before this moment, the first first.
pub(crate) async fn before(
    database: &Database,
    moment: Timestamp,
    limit: i64,
) -> Result<Vec<(OrganizationId, PersonId)>> {
    let rows = sql(
        "SELECT organization_id, person_id FROM person_deactivation WHERE deactivated_at <= $1
         ORDER BY deactivated_at, person_id LIMIT $2",
    )
    .bind(moment)
    .bind(limit)
    .all(database)
    .await?;
    rows.iter()
        .map(|row| {
            let organization_id = OrganizationId::new(row.uuid("organization_id")?);
            Ok((organization_id, PersonId::new(row.uuid("person_id")?)))
        })
        .collect()
}

/// When the first of those who are deactivated was, after `moment`.
pub(crate) async fn first_after(database: &Database, moment: Timestamp) -> Result<Option<Timestamp>> {
    let row = sql("SELECT MIN(deactivated_at) AS first FROM person_deactivation WHERE deactivated_at > $1")
        .bind(moment)
        .one(database)
        .await?;
    row.optional_moment("first")
}
