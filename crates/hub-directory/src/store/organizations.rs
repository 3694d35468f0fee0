use kit::Result;
use kit_sql::{Database, Row, sql};

use crate::{Organization, OrganizationId};

pub(crate) async fn all(database: &Database) -> Result<Vec<Organization>> {
    let rows = sql("SELECT id, display_name, domain, created_at FROM organization ORDER BY display_name, id")
        .all(database)
        .await?;
    rows.iter().map(organization).collect()
}

pub(crate) async fn by_id(database: &Database, id: OrganizationId) -> Result<Option<Organization>> {
    let row = sql("SELECT id, display_name, domain, created_at FROM organization WHERE id = $1")
        .bind(id.uuid())
        .optional(database)
        .await?;
    row.as_ref().map(organization).transpose()
}

fn organization(row: &Row) -> Result<Organization> {
    Ok(Organization {
        id: OrganizationId::new(row.uuid("id")?),
        display_name: row.text("display_name")?,
        domain: row.text("domain")?,
        created_at: row.moment("created_at")?,
    })
}
