use kit::{Error, Result, Uuid};
use kit_sql::{Handle, Transaction, sql};
use serde::Deserialize;

use crate::{License, LicenseId, OrganizationId};

/// The licences of an organization, in its order. Every page of people needs them: they are one row of one column,
/// as the people are.
pub(crate) async fn of_organization(on: Handle<'_>, organization_id: OrganizationId) -> Result<Vec<License>> {
    let row = sql("SELECT '[' || string_agg(CAST(")
        .push(on.dialect().json_array())
        .push(
            "(id, value, kind, name, total_units, consumed_units, workspace_units, subscription_id, site_url, site_type) AS TEXT), \
             ',' ORDER BY position) || ']' AS licenses FROM license WHERE organization_id = ",
        )
        .push_bind(organization_id.uuid())
        .one(on)
        .await?;
    let Some(licenses) = row.optional_text("licenses")? else {
        return Ok(Vec::new());
    };
    let licenses: Vec<StoredLicense> = serde_json::from_str(&licenses).map_err(Error::internal)?;
    Ok(licenses.into_iter().map(license).collect())
}

/// A licence as the statement above writes it: an array, read by position.
#[derive(Deserialize)]
struct StoredLicense {
    id: Uuid,
    value: String,
    kind: String,
    name: String,
    total_units: i64,
    consumed_units: i64,
    workspace_units: i64,
    subscription_id: Option<String>,
    site_url: Option<String>,
    site_type: Option<String>,
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

fn license(stored: StoredLicense) -> License {
    let StoredLicense {
        id,
        value,
        kind,
        name,
        total_units,
        consumed_units,
        workspace_units,
        subscription_id,
        site_url,
        site_type,
    } = stored;
    License {
        id: LicenseId::new(id),
        value,
        kind,
        name,
        total_units,
        consumed_units,
        workspace_units,
        subscription_id,
        site_url,
        site_type,
    }
}
