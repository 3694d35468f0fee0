//! The accounts of Service Apps.

use kit::Result;
use kit_sql::{Handle, Row, Transaction, sql};

use crate::model::Machine;
use crate::{Account, OrganizationId, PersonId};

pub(crate) async fn insert(transaction: &mut Transaction, machine: &Machine) -> Result<()> {
    let Machine {
        id,
        organization_id,
        client_id,
        display_name,
        created_at,
    } = machine;
    sql("INSERT INTO machine (id, organization_id, client_id, display_name, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.uuid())
        .bind(organization_id.uuid())
        .bind(client_id)
        .bind(display_name)
        .bind(*created_at)
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn by_id(on: Handle<'_>, id: PersonId) -> Result<Option<Machine>> {
    let row =
        sql("SELECT id, organization_id, client_id, display_name, created_at FROM machine WHERE id = $1")
            .bind(id.uuid())
            .optional(on)
            .await?;
    row.map(|row| read(&row)).transpose()
}

/// Those of these machines that are there, as accounts, in no order.
pub(crate) async fn accounts<'h>(on: impl Into<Handle<'h>>, ids: &[PersonId]) -> Result<Vec<Account>> {
    let rows = sql(
        "SELECT m.id, m.organization_id, m.client_id, m.display_name, m.created_at, o.closed_at
         FROM machine m JOIN organization o ON o.id = m.organization_id WHERE m.id IN ",
    )
    .push_list(ids.iter().map(|id| id.uuid()))
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let closed = row.optional_moment("closed_at")?.is_some();
            let account = read(row)?.account();
            Ok(Account {
                login_enabled: account.login_enabled && !closed,
                organization_closed: closed,
                ..account
            })
        })
        .collect()
}

pub(crate) async fn rename(transaction: &mut Transaction, client_id: &str, display_name: &str) -> Result<()> {
    sql("UPDATE machine SET display_name = $2 WHERE client_id = $1")
        .bind(client_id)
        .bind(display_name)
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn delete(transaction: &mut Transaction, id: PersonId) -> Result<()> {
    sql("DELETE FROM machine WHERE id = $1")
        .bind(id.uuid())
        .run(transaction)
        .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Machine> {
    Ok(Machine {
        id: PersonId::new(row.uuid("id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        client_id: row.text("client_id")?,
        display_name: row.text("display_name")?,
        created_at: row.moment("created_at")?,
    })
}
