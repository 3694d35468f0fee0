use kit::Result;
use kit_sql::{Handle, Row, Transaction, sql};

use crate::{License, LicenseId, OrganizationId};

/// The licences of an organization, in its order.
pub(crate) async fn of_organization(on: Handle<'_>, organization_id: OrganizationId) -> Result<Vec<License>> {
    let rows = sql("SELECT id, value, kind, name, total_units, consumed_units, workspace_units, subscription_id, site_url, site_type FROM license \
             WHERE organization_id = $1 ORDER BY position")
        .bind(organization_id.uuid())
        .all(on)
        .await?;
    rows.iter().map(license).collect()
}

/// Counts units for workspaces; answers false, and counts nothing, where so many are not left.
pub(crate) async fn take_for_workspaces(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: LicenseId,
    units: i64,
) -> Result<bool> {
    let counted = sql(
        "UPDATE license SET consumed_units = consumed_units + $1, workspace_units = workspace_units + $2 \
             WHERE organization_id = $3 AND id = $4 AND consumed_units + $5 <= total_units",
    )
    .bind(units)
    .bind(units)
    .bind(organization_id.uuid())
    .bind(id.uuid())
    .bind(units)
    .run(transaction)
    .await?;
    Ok(counted > 0)
}

/// The opposite of [`take_for_workspaces`].
pub(crate) async fn give_back_from_workspaces(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: LicenseId,
    units: i64,
) -> Result<()> {
    sql(
        "UPDATE license SET consumed_units = consumed_units - $1, workspace_units = workspace_units - $2 \
             WHERE organization_id = $3 AND id = $4 AND workspace_units >= $5",
    )
    .bind(units)
    .bind(units)
    .bind(organization_id.uuid())
    .bind(id.uuid())
    .bind(units)
    .run(transaction)
    .await
    .map(|_| ())
}

fn license(row: &Row) -> Result<License> {
    Ok(License {
        id: LicenseId::new(row.uuid("id")?),
        value: row.text("value")?,
        kind: row.text("kind")?,
        name: row.text("name")?,
        total_units: row.integer("total_units")?,
        consumed_units: row.integer("consumed_units")?,
        workspace_units: row.integer("workspace_units")?,
        subscription_id: row.optional_text("subscription_id")?,
        site_url: row.optional_text("site_url")?,
        site_type: row.optional_text("site_type")?,
    })
}
