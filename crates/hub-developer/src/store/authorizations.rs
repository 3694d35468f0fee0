use hub_directory::{OrganizationId, PersonId};
use kit::Result;
use kit_sql::{Handle, Row, Statement, Transaction, sql};
use webex::ScopeSet;

use crate::model::ServiceAppAuthorization;

fn select() -> Statement {
    sql("SELECT client_id, organization_id, machine_id, scopes, authorized_by, authorized_by_name, authorized_at
        FROM developer_authorization WHERE ")
}

/// Writes it down, in the place of the one before.
pub(crate) async fn put(
    transaction: &mut Transaction,
    authorization: &ServiceAppAuthorization,
) -> Result<()> {
    let ServiceAppAuthorization {
        client_id,
        organization_id,
        machine_id,
        scopes,
        authorized_by,
        authorized_by_name,
        authorized_at,
    } = authorization;
    sql("INSERT INTO developer_authorization (client_id, organization_id, machine_id, scopes, authorized_by, authorized_by_name,
            authorized_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (client_id, organization_id) DO UPDATE SET machine_id = excluded.machine_id, scopes = excluded.scopes,
            authorized_by = excluded.authorized_by, authorized_by_name = excluded.authorized_by_name,
            authorized_at = excluded.authorized_at")
    .bind(client_id)
    .bind(organization_id.uuid())
    .bind(machine_id.uuid())
    .bind(scopes.to_string())
    .bind(authorized_by.uuid())
    .bind(authorized_by_name)
    .bind(*authorized_at)
    .run(transaction)
    .await?;
    Ok(())
}

pub(crate) async fn find<'h>(
    on: impl Into<Handle<'h>>,
    client_id: &str,
    organization: OrganizationId,
) -> Result<Option<ServiceAppAuthorization>> {
    let row = select()
        .push("client_id = ")
        .push_bind(client_id)
        .push(" AND organization_id = ")
        .push_bind(organization.uuid())
        .optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// In which organizations an application may act, the oldest first.
pub(crate) async fn of_application<'h>(
    on: impl Into<Handle<'h>>,
    client_id: &str,
) -> Result<Vec<ServiceAppAuthorization>> {
    let rows = select()
        .push("client_id = ")
        .push_bind(client_id)
        .push(" ORDER BY authorized_at, organization_id")
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

/// What may act in an organization.
pub(crate) async fn of_organization<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
) -> Result<Vec<ServiceAppAuthorization>> {
    let rows = select()
        .push("organization_id = ")
        .push_bind(organization.uuid())
        .push(" ORDER BY client_id")
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

/// Takes it back; false when there was none.
pub(crate) async fn delete(
    transaction: &mut Transaction,
    client_id: &str,
    organization: OrganizationId,
) -> Result<bool> {
    let deleted = sql("DELETE FROM developer_authorization WHERE client_id = $1 AND organization_id = $2")
        .bind(client_id)
        .bind(organization.uuid())
        .run(transaction)
        .await?;
    Ok(deleted == 1)
}

fn read(row: &Row) -> Result<ServiceAppAuthorization> {
    Ok(ServiceAppAuthorization {
        client_id: row.text("client_id")?,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        machine_id: PersonId::new(row.uuid("machine_id")?),
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        authorized_by: PersonId::new(row.uuid("authorized_by")?),
        authorized_by_name: row.text("authorized_by_name")?,
        authorized_at: row.moment("authorized_at")?,
    })
}
