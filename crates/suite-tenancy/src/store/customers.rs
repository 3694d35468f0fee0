use kit::{Result, search_key};
use kit_sql::{Handle, Row, Statement, like_anywhere, sql};

use crate::model::{Customer, CustomerId};

const COLUMNS: &str = "SELECT id, name, organization_id, created_at FROM customer";

fn customer(row: &Row) -> Result<Customer> {
    Ok(Customer {
        id: CustomerId::new(row.uuid("id")?),
        name: row.text("name")?,
        organization_id: row.optional_text("organization_id")?,
        created_at: row.moment("created_at")?,
    })
}

pub(crate) async fn insert<'h>(on: impl Into<Handle<'h>>, customer: &Customer) -> Result<()> {
    let Customer {
        id,
        name,
        organization_id,
        created_at,
    } = customer;
    sql("INSERT INTO customer (id, name, name_key, organization_id, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.uuid())
        .bind(name)
        .bind(search_key(name))
        .bind(organization_id.as_deref())
        .bind(*created_at)
        .run(on)
        .await
        .map(drop)
}

pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, id: CustomerId) -> Result<Option<Customer>> {
    let row = sql(COLUMNS)
        .push(" WHERE id = ")
        .push_bind(id.uuid())
        .optional(on)
        .await?;
    row.as_ref().map(customer).transpose()
}

pub(crate) async fn find_by_name<'h>(on: impl Into<Handle<'h>>, name: &str) -> Result<Option<Customer>> {
    let row = sql(COLUMNS)
        .push(" WHERE name_key = ")
        .push_bind(search_key(name))
        .optional(on)
        .await?;
    row.as_ref().map(customer).transpose()
}

pub(crate) async fn find_by_organization<'h>(
    on: impl Into<Handle<'h>>,
    organization: &str,
) -> Result<Option<Customer>> {
    let row = sql(COLUMNS)
        .push(" WHERE organization_id = ")
        .push_bind(organization)
        .optional(on)
        .await?;
    row.as_ref().map(customer).transpose()
}

/// `visible` is what the actor may see (`None`: all); `search` is a part of the name or an organization's UUID.
pub(crate) struct Filter<'a> {
    pub(crate) visible: Option<&'a [CustomerId]>,
    pub(crate) search: &'a str,
}

fn filtered(mut statement: Statement, filter: &Filter<'_>) -> Statement {
    statement = statement.push(" WHERE 1 = 1");
    if let Some(visible) = filter.visible {
        statement = statement
            .push(" AND id IN ")
            .push_list(visible.iter().map(|id| id.uuid()));
    }
    let key = search_key(filter.search);
    if !key.is_empty() {
        statement = statement
            .push(" AND (name_key LIKE ")
            .push_bind(like_anywhere(&key))
            .push(" ESCAPE '\\' OR organization_id = ");
        let organization = crate::organization_uuid(filter.search).unwrap_or_default();
        statement = statement.push_bind(organization).push(")");
    }
    statement
}

pub(crate) async fn list<'h>(
    on: impl Into<Handle<'h>>,
    filter: &Filter<'_>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Customer>> {
    let statement = filtered(sql(COLUMNS), filter)
        .push(" ORDER BY name_key LIMIT ")
        .push_bind(limit);
    statement
        .push(" OFFSET ")
        .push_bind(offset)
        .all(on)
        .await?
        .iter()
        .map(customer)
        .collect()
}

pub(crate) async fn count<'h>(on: impl Into<Handle<'h>>, filter: &Filter<'_>) -> Result<i64> {
    filtered(sql("SELECT COUNT(*) AS n FROM customer"), filter)
        .one(on)
        .await?
        .integer("n")
}

pub(crate) async fn rename<'h>(on: impl Into<Handle<'h>>, id: CustomerId, name: &str) -> Result<u64> {
    sql("UPDATE customer SET name = $1, name_key = $2 WHERE id = $3")
        .bind(name)
        .bind(search_key(name))
        .bind(id.uuid())
        .run(on)
        .await
}

/// Sets the organization where none is set yet; says whether it is the customer's organization now.
pub(crate) async fn pin<'h>(on: impl Into<Handle<'h>>, id: CustomerId, organization: &str) -> Result<bool> {
    let touched = sql("UPDATE customer SET organization_id = $1 WHERE id = $2 AND (organization_id IS NULL OR organization_id = $1)")
        .bind(organization)
        .bind(id.uuid())
        .run(on)
        .await?;
    Ok(touched > 0)
}
