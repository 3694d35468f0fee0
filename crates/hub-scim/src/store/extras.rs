//! What SCIM keeps of people beside the directory.

use std::collections::BTreeMap;

use hub_directory::{OrganizationId, PersonId};
use kit::{Error, Kind, Result};
use kit_sql::{Handle, Row, Statement, Transaction, insert_rows, sql};

use crate::model::user::UserExtra;

const SELECT: &str =
    "SELECT person_id, user_name, external_id, kept FROM scim_user_extra WHERE organization_id = ";

/// Of one person; empty where nothing is kept.
pub(crate) async fn of_person(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: PersonId,
) -> Result<UserExtra> {
    let row = sql(SELECT)
        .push_bind(organization_id.uuid())
        .push(" AND person_id = ")
        .push_bind(id.uuid())
        .optional(on)
        .await?;
    row.map_or_else(|| Ok(UserExtra::default()), |row| extra(&row))
}

/// Of these people; whoever is missing has none.
pub(crate) async fn of_people(
    mut on: Handle<'_>,
    organization_id: OrganizationId,
    ids: &[PersonId],
) -> Result<BTreeMap<PersonId, UserExtra>> {
    let mut extras = BTreeMap::new();
    for chunk in ids.chunks(1_000) {
        let rows = sql(SELECT)
            .push_bind(organization_id.uuid())
            .push(" AND person_id IN ")
            .push_list(chunk.iter().map(|id| id.uuid()))
            .all(on.reborrow())
            .await?;
        for row in rows {
            extras.insert(PersonId::new(row.uuid("person_id")?), extra(&row)?);
        }
    }
    Ok(extras)
}

fn extra(row: &Row) -> Result<UserExtra> {
    Ok(UserExtra {
        user_name: row.optional_text("user_name")?,
        external_id: row.optional_text("external_id")?,
        kept: super::tree(&row.text("kept")?)?,
    })
}

/// The person with this `userName`, where that is not their address.
pub(crate) async fn by_user_name(
    on: Handle<'_>,
    organization_id: OrganizationId,
    user_name: &str,
) -> Result<Vec<PersonId>> {
    ids(&by_user_name_statement(organization_id, user_name).all(on).await?)
}

pub(crate) fn by_user_name_statement(organization_id: OrganizationId, user_name: &str) -> Statement {
    sql("SELECT person_id FROM scim_user_extra WHERE user_name_key = $1 AND organization_id = $2")
        .bind(user_name.to_lowercase())
        .bind(organization_id.uuid())
}

/// Everybody with this `externalId`.
pub(crate) async fn by_external_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    external_id: &str,
) -> Result<Vec<PersonId>> {
    ids(&by_external_id_statement(organization_id, external_id)
        .all(on)
        .await?)
}

pub(crate) fn by_external_id_statement(organization_id: OrganizationId, external_id: &str) -> Statement {
    sql("SELECT person_id FROM scim_user_extra WHERE organization_id = $1 AND external_id = $2")
        .bind(organization_id.uuid())
        .bind(external_id)
}

/// Everybody who has this address besides the one to sign in by.
pub(crate) async fn by_further_address(
    on: Handle<'_>,
    organization_id: OrganizationId,
    address: &str,
) -> Result<Vec<PersonId>> {
    ids(&by_further_address_statement(organization_id, address)
        .all(on)
        .await?)
}

pub(crate) fn by_further_address_statement(organization_id: OrganizationId, address: &str) -> Statement {
    sql("SELECT person_id FROM scim_user_address WHERE organization_id = $1 AND address = $2")
        .bind(organization_id.uuid())
        .bind(address.trim().to_lowercase())
}

fn ids(rows: &[Row]) -> Result<Vec<PersonId>> {
    rows.iter()
        .map(|row| row.uuid("person_id").map(PersonId::new))
        .collect()
}

/// Keeps exactly this.
pub(crate) async fn put(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: PersonId,
    extra: &UserExtra,
    further_addresses: &[String],
) -> Result<()> {
    remove(&mut *transaction, organization_id, id).await?;
    if extra.is_empty() {
        return Ok(());
    }
    sql("INSERT INTO scim_user_extra (organization_id, person_id, user_name, user_name_key, external_id, kept) \
         VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(organization_id.uuid())
    .bind(id.uuid())
    .bind(extra.user_name.clone())
    .bind(extra.user_name.as_ref().map(|name| name.to_lowercase()))
    .bind(extra.external_id.clone())
    .bind(super::json(&extra.kept)?)
    .run(&mut *transaction)
    .await
    .map_err(name_is_taken)?;
    let rows = further_addresses
        .iter()
        .map(|address| vec![organization_id.uuid().into(), id.uuid().into(), address.into()])
        .collect();
    let insert = "INSERT INTO scim_user_address (organization_id, person_id, address)";
    insert_rows(transaction, insert, 3, rows, "").await?;
    Ok(())
}

fn name_is_taken(error: Error) -> Error {
    if *error.kind() == Kind::Conflict {
        return Error::conflict("The userName belongs to another user already.").because(error);
    }
    error
}

/// Forgets what is kept of a person.
pub(crate) async fn remove(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: PersonId,
) -> Result<()> {
    sql("DELETE FROM scim_user_extra WHERE organization_id = $1 AND person_id = $2")
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}
