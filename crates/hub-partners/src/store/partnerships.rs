use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Handle, Row, Transaction, sql};

use crate::PartnerRole;

/// Somebody who has a partner role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Administrator {
    pub(crate) person_id: PersonId,
    pub(crate) partner_id: OrganizationId,
    pub(crate) role: PartnerRole,
}

fn administrator(row: &Row) -> Result<Administrator> {
    Ok(Administrator {
        person_id: PersonId::new(row.uuid("person_id")?),
        partner_id: OrganizationId::new(row.uuid("partner_id")?),
        role: PartnerRole::parse(&row.text("role")?)?,
    })
}

pub(crate) async fn administrator_of(on: Handle<'_>, person: PersonId) -> Result<Option<Administrator>> {
    let row = sql("SELECT person_id, partner_id, role FROM partner_administrator WHERE person_id = $1")
        .bind(person.uuid())
        .optional(on)
        .await?;
    row.as_ref().map(administrator).transpose()
}

/// Everybody with a role at this partner who administers this customer.
pub(crate) async fn administrators_of_customer(
    on: Handle<'_>,
    partner: OrganizationId,
    customer: OrganizationId,
) -> Result<Vec<Administrator>> {
    let rows = sql(
        "SELECT a.person_id, a.partner_id, a.role FROM partner_administrator a
         JOIN partner_customer c ON c.partner_id = a.partner_id AND c.customer_id = $2
         WHERE a.partner_id = $1 AND (a.role <> 'assigned' OR EXISTS
            (SELECT 1 FROM partner_assignment s WHERE s.person_id = a.person_id AND s.customer_id = $2))
         ORDER BY a.person_id",
    )
    .bind(partner.uuid())
    .bind(customer.uuid())
    .all(on)
    .await?;
    rows.iter().map(administrator).collect()
}

/// The customers of whom this administrator sees something.
pub(crate) async fn customers_of(
    on: Handle<'_>,
    administrator: &Administrator,
) -> Result<Vec<OrganizationId>> {
    let statement = sql("SELECT customer_id FROM partner_customer WHERE partner_id = ")
        .push_bind(administrator.partner_id.uuid());
    let statement = if administrator.role.is_assigned() {
        statement
            .push(" AND customer_id IN (SELECT customer_id FROM partner_assignment WHERE person_id = ")
            .push_bind(administrator.person_id.uuid())
            .push(")")
    } else {
        statement
    };
    let rows = statement.push(" ORDER BY customer_id").all(on).await?;
    rows.iter()
        .map(|row| row.uuid("customer_id").map(OrganizationId::new))
        .collect()
}

pub(crate) async fn add_customer(
    on: &mut Transaction,
    partner: OrganizationId,
    customer: OrganizationId,
    since: Timestamp,
) -> Result<()> {
    sql("INSERT INTO partner_customer (partner_id, customer_id, since) VALUES ($1, $2, $3) ON CONFLICT (partner_id, customer_id) DO NOTHING")
        .bind(partner.uuid())
        .bind(customer.uuid())
        .bind(since)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn put_administrator(on: &mut Transaction, administrator: &Administrator) -> Result<()> {
    sql(
        "INSERT INTO partner_administrator (person_id, partner_id, role) VALUES ($1, $2, $3)
         ON CONFLICT (person_id) DO UPDATE SET role = excluded.role",
    )
    .bind(administrator.person_id.uuid())
    .bind(administrator.partner_id.uuid())
    .bind(administrator.role.word())
    .run(on)
    .await
    .map(|_| ())
}

/// Takes every partner role from somebody who goes.
pub(crate) async fn forget(on: &mut Transaction, person: PersonId) -> Result<()> {
    sql("DELETE FROM partner_administrator WHERE person_id = $1")
        .bind(person.uuid())
        .run(on)
        .await
        .map(|_| ())
}

/// Says whether it was new.
pub(crate) async fn assign(on: &mut Transaction, person: PersonId, customer: OrganizationId) -> Result<bool> {
    let rows = sql("INSERT INTO partner_assignment (person_id, customer_id) VALUES ($1, $2) ON CONFLICT (person_id, customer_id) DO NOTHING")
        .bind(person.uuid())
        .bind(customer.uuid())
        .run(on)
        .await?;
    Ok(rows > 0)
}

/// Says whether it was there.
pub(crate) async fn unassign(
    on: &mut Transaction,
    person: PersonId,
    customer: OrganizationId,
) -> Result<bool> {
    let rows = sql("DELETE FROM partner_assignment WHERE person_id = $1 AND customer_id = $2")
        .bind(person.uuid())
        .bind(customer.uuid())
        .run(on)
        .await?;
    Ok(rows > 0)
}
