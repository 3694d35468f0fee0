use std::collections::BTreeMap;

use hub_directory::OrganizationId;
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, sql};

/// The adoption list of one organization as it was at its last refresh.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adoption {
    pub(crate) people: BTreeMap<String, i64>,
    pub(crate) refreshed_at: Option<Timestamp>,
}

pub(crate) async fn replace(
    database: &Database,
    organization: OrganizationId,
    counts: &[(String, i64)],
    now: Timestamp,
) -> Result<()> {
    let mut transaction = database.begin().await?;
    // The row of the refresh is written first: it makes two refreshes of one organization queue.
    sql(
        "INSERT INTO governance_adoption_refresh (organization_id, refreshed_at) VALUES ($1, $2)
         ON CONFLICT (organization_id) DO UPDATE SET refreshed_at = excluded.refreshed_at",
    )
    .bind(organization.uuid())
    .bind(now)
    .run(&mut transaction)
    .await?;
    sql("DELETE FROM governance_adoption WHERE organization_id = $1")
        .bind(organization.uuid())
        .run(&mut transaction)
        .await?;
    let rows = counts
        .iter()
        .map(|(client_id, people)| vec![organization.uuid().into(), client_id.into(), (*people).into()])
        .collect();
    kit_sql::insert_rows(
        &mut transaction,
        "INSERT INTO governance_adoption (organization_id, client_id, people)",
        3,
        rows,
        "ON CONFLICT (organization_id, client_id) DO NOTHING",
    )
    .await?;
    transaction.commit().await
}

pub(crate) async fn read<'h>(on: impl Into<Handle<'h>>, organization: OrganizationId) -> Result<Adoption> {
    let rows = sql(
        "SELECT '' AS client_id, refreshed_at AS number FROM governance_adoption_refresh WHERE organization_id = $1
         UNION ALL
         SELECT client_id, people FROM governance_adoption WHERE organization_id = $1",
    )
    .bind(organization.uuid())
    .all(on)
    .await?;
    let mut adoption = Adoption::default();
    for row in &rows {
        match row.text("client_id")? {
            client_id if client_id.is_empty() => adoption.refreshed_at = Some(row.moment("number")?),
            client_id => {
                adoption.people.insert(client_id, row.integer("number")?);
            }
        }
    }
    Ok(adoption)
}
