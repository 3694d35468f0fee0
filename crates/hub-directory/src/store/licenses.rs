use kit::Result;
use kit_sql::{Handle, Row, sql};

use crate::{License, LicenseId, OrganizationId};

/// The licences of an organization, in its order.
pub(crate) async fn of_organization(on: Handle<'_>, organization_id: OrganizationId) -> Result<Vec<License>> {
    let rows = sql("SELECT id, value, kind, name, total_units, consumed_units, subscription_id, site_url, site_type FROM license \
             WHERE organization_id = $1 ORDER BY position")
        .bind(organization_id.uuid())
        .all(on)
        .await?;
    rows.iter().map(license).collect()
}

fn license(row: &Row) -> Result<License> {
    Ok(License {
        id: LicenseId::new(row.uuid("id")?),
        value: row.text("value")?,
        kind: row.text("kind")?,
        name: row.text("name")?,
        total_units: row.integer("total_units")?,
        consumed_units: row.integer("consumed_units")?,
        subscription_id: row.optional_text("subscription_id")?,
        site_url: row.optional_text("site_url")?,
        site_type: row.optional_text("site_type")?,
    })
}
