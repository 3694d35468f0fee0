use kit::{Result, Timestamp, search_key};
use kit_sql::{Database, Row, Transaction, sql};

use crate::{Organization, OrganizationId};

pub(crate) async fn all(database: &Database) -> Result<Vec<Organization>> {
    let rows = sql("SELECT id, display_name, domain, created_at FROM organization ORDER BY display_name, id")
        .all(database)
        .await?;
    rows.iter().map(organization).collect()
}

pub(crate) async fn by_ids(database: &Database, ids: &[OrganizationId]) -> Result<Vec<Organization>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows = sql("SELECT id, display_name, domain, created_at FROM organization WHERE id IN ")
            .push_list(some.iter().map(|id| id.uuid()))
            .all(database)
            .await?;
        for row in &rows {
            found.push(organization(row)?);
        }
    }
    found.sort_by_cached_key(|organization| (search_key(&organization.display_name), organization.id));
    Ok(found)
}

pub(crate) async fn by_id(database: &Database, id: OrganizationId) -> Result<Option<Organization>> {
    let row = sql("SELECT id, display_name, domain, created_at FROM organization WHERE id = $1")
        .bind(id.uuid())
        .optional(database)
        .await?;
    row.as_ref().map(organization).transpose()
}

/// Closes an organization; false when it was closed before.
pub(crate) async fn close(transaction: &mut Transaction, id: OrganizationId, now: Timestamp) -> Result<bool> {
    let touched = sql("UPDATE organization SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
        .bind(id.uuid())
        .bind(now)
        .run(transaction)
        .await?;
    Ok(touched == 1)
}

fn organization(row: &Row) -> Result<Organization> {
    Ok(Organization {
        id: OrganizationId::new(row.uuid("id")?),
        display_name: row.text("display_name")?,
        domain: row.text("domain")?,
        created_at: row.moment("created_at")?,
    })
}
