use hub_directory::OrganizationId;
use kit::Result;
use kit_sql::{Handle, Transaction, sql};

use super::groups::{json, of_json};
use crate::model::queue_policies::QueueDefaults;

pub(crate) async fn of_organization(
    on: Handle<'_>,
    organization_id: OrganizationId,
) -> Result<QueueDefaults> {
    let row = sql("SELECT settings FROM queue_defaults WHERE organization_id = $1")
        .bind(organization_id.uuid())
        .optional(on)
        .await?;
    row.as_ref().map_or_else(|| Ok(QueueDefaults::default()), of_json)
}

pub(crate) async fn store(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    defaults: &QueueDefaults,
) -> Result<()> {
    sql(
        "INSERT INTO queue_defaults (organization_id, settings) VALUES ($1, $2) \
         ON CONFLICT (organization_id) DO UPDATE SET settings = excluded.settings",
    )
    .bind(organization_id.uuid())
    .bind(json(defaults)?)
    .run(transaction)
    .await
    .map(|_| ())
}
