//! Reading entries.

use std::collections::{BTreeMap, BTreeSet};

use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result, Uuid};
use kit_sql::{Handle, Row, Transaction, sql};

use crate::model::{Entry, EntryOwner, NumberKind, OwnerKind};

pub(crate) const SELECT: &str = "SELECT n.location_id, n.number, n.extension, n.kind, n.position, n.active, n.main_number, n.toll_free, \
     n.service_number, n.owner_kind, n.owner_id, n.owner_first_name, n.owner_last_name, n.owner_display_name FROM telephone_number n";

const SELECT_WITH_ORGANIZATION: &str = "SELECT n.organization_id, n.location_id, n.number, n.extension, n.kind, n.position, n.active, \
     n.main_number, n.toll_free, n.service_number, n.owner_kind, n.owner_id, n.owner_first_name, n.owner_last_name, \
     n.owner_display_name FROM telephone_number n";

pub(crate) async fn owned_by(on: Handle<'_>, kind: OwnerKind, id: Uuid) -> Result<Vec<Entry>> {
    let rows = sql(SELECT)
        .push(" WHERE n.owner_id = $1 AND n.owner_kind = $2 ORDER BY n.position")
        .bind(id)
        .bind(kind.word())
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

/// Everything that these own, each in its order.
pub(crate) async fn owned_by_any(
    on: Handle<'_>,
    organization_id: OrganizationId,
    ids: &[Uuid],
) -> Result<Vec<(Entry, Option<String>)>> {
    let rows = sql("SELECT n.location_id, n.number, n.extension, n.kind, n.position, n.active, n.main_number, n.toll_free, \
         n.service_number, n.owner_kind, n.owner_id, n.owner_first_name, n.owner_last_name, n.owner_display_name, l.routing_prefix \
         FROM telephone_number n LEFT JOIN number_location l ON l.location_id = n.location_id WHERE n.organization_id = $1 AND n.owner_id IN ")
    .bind(organization_id.uuid())
    .push_list(ids.iter().copied())
    .push(" ORDER BY n.position")
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((read(row)?, row.optional_text("routing_prefix")?)))
        .collect()
}

/// An entry with this number, whosever it is.
pub(crate) async fn with_number(on: Handle<'_>, number: &str) -> Result<Option<(OrganizationId, Entry)>> {
    let row = sql(SELECT_WITH_ORGANIZATION)
        .push(" WHERE n.number = $1")
        .bind(number)
        .optional(on)
        .await?;
    row.map(|row| Ok((OrganizationId::new(row.uuid("organization_id")?), read(&row)?)))
        .transpose()
}

/// What has an owner at a location: the first two entries.
pub(crate) async fn owned_at(
    on: Handle<'_>,
    organization_id: OrganizationId,
    location_id: LocationId,
) -> Result<Vec<Entry>> {
    let rows = sql(SELECT)
        .push(" WHERE n.organization_id = $1 AND n.location_id = $2 AND n.owner_id IS NOT NULL ORDER BY n.dial_key LIMIT 2")
        .bind(organization_id.uuid())
        .bind(location_id.uuid())
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

/// Who has an extension at a location.
pub(crate) async fn with_extension(
    on: Handle<'_>,
    location_id: LocationId,
    extension: &str,
) -> Result<Option<Entry>> {
    let row = sql(SELECT)
        .push(" WHERE n.location_id = $1 AND n.extension = $2")
        .bind(location_id.uuid())
        .bind(extension)
        .optional(on)
        .await?;
    row.as_ref().map(read).transpose()
}

const VALUES_A_STATEMENT: usize = 1_000;

/// Which of these own something.
pub(crate) async fn holders(transaction: &mut Transaction, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    let mut found = BTreeSet::new();
    for chunk in ids.chunks(VALUES_A_STATEMENT) {
        let rows = sql("SELECT DISTINCT owner_id FROM telephone_number WHERE owner_id IN ")
            .push_list(chunk.iter().copied())
            .all(&mut *transaction)
            .await?;
        for row in rows {
            found.insert(row.uuid("owner_id")?);
        }
    }
    Ok(found)
}

/// The entries with these numbers, whosever they are.
pub(crate) async fn with_numbers(
    transaction: &mut Transaction,
    numbers: &[String],
) -> Result<BTreeMap<String, (OrganizationId, Entry)>> {
    let mut found = BTreeMap::new();
    for chunk in numbers.chunks(VALUES_A_STATEMENT) {
        let rows = sql(SELECT_WITH_ORGANIZATION)
            .push(" WHERE n.number IN ")
            .push_list(chunk)
            .all(&mut *transaction)
            .await?;
        for row in rows {
            let organization_id = OrganizationId::new(row.uuid("organization_id")?);
            found.insert(row.text("number")?, (organization_id, read(&row)?));
        }
    }
    Ok(found)
}

pub(crate) fn read(row: &Row) -> Result<Entry> {
    let owner = match (row.optional_text("owner_kind")?, row.optional_uuid("owner_id")?) {
        (Some(word), Some(id)) => Some(EntryOwner {
            kind: OwnerKind::from_word(&word)
                .ok_or_else(|| Error::internal(format!("owner_kind holds {word}")))?,
            id,
            first_name: row.optional_text("owner_first_name")?,
            last_name: row.optional_text("owner_last_name")?,
            display_name: row.optional_text("owner_display_name")?.unwrap_or_default(),
        }),
        _ => None,
    };
    Ok(Entry {
        location_id: LocationId::new(row.uuid("location_id")?),
        number: row.optional_text("number")?,
        extension: row.optional_text("extension")?,
        kind: NumberKind::from_word(&row.text("kind")?),
        position: row.integer("position")?,
        active: row.boolean("active")?,
        main_number: row.boolean("main_number")?,
        toll_free: row.boolean("toll_free")?,
        service_number: row.boolean("service_number")?,
        owner,
    })
}
