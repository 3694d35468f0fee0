use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Handle, Transaction, sql};

/// Who was named, by whom and when.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) person_id: PersonId,
    pub(crate) named_by: String,
    pub(crate) named_at: Timestamp,
}

pub(crate) async fn all<'h>(on: impl Into<Handle<'h>>, organization: OrganizationId) -> Result<Vec<Named>> {
    sql("SELECT person_id, named_by, named_at FROM governance_reviewer WHERE organization_id = $1 ORDER BY named_at, person_id")
        .bind(organization.uuid())
        .all(on)
        .await?
        .iter()
        .map(|row| {
            Ok(Named {
                person_id: PersonId::new(row.uuid("person_id")?),
                named_by: row.text("named_by")?,
                named_at: row.moment("named_at")?,
            })
        })
        .collect()
}

pub(crate) async fn is_one<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
    person: PersonId,
) -> Result<bool> {
    let row = sql("SELECT 1 AS one FROM governance_reviewer WHERE organization_id = $1 AND person_id = $2")
        .bind(organization.uuid())
        .bind(person.uuid())
        .optional(on)
        .await?;
    Ok(row.is_some())
}

/// Names somebody; false when they were named before.
pub(crate) async fn add(on: &mut Transaction, organization: OrganizationId, named: &Named) -> Result<bool> {
    let added = sql(
        "INSERT INTO governance_reviewer (organization_id, person_id, named_by, named_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization_id, person_id) DO NOTHING",
    )
    .bind(organization.uuid())
    .bind(named.person_id.uuid())
    .bind(&named.named_by)
    .bind(named.named_at)
    .run(on)
    .await?;
    Ok(added == 1)
}

/// Takes somebody off; false when they were not on the list.
pub(crate) async fn remove(
    on: &mut Transaction,
    organization: OrganizationId,
    person: PersonId,
) -> Result<bool> {
    let removed = sql("DELETE FROM governance_reviewer WHERE organization_id = $1 AND person_id = $2")
        .bind(organization.uuid())
        .bind(person.uuid())
        .run(on)
        .await?;
    Ok(removed == 1)
}

/// Forgets a person who is deleted.
pub(crate) async fn forget_person(on: &mut Transaction, person: PersonId) -> Result<()> {
    sql("DELETE FROM governance_reviewer WHERE person_id = $1")
        .bind(person.uuid())
        .run(on)
        .await?;
    Ok(())
}
