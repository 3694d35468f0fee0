//! Changes to entries, each inside a transaction that somebody else commits.

use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Kind, Result};
use kit_sql::{Argument, Transaction, insert_rows, sql};

use crate::model::{Entry, EntryOwner, dial_key, extension_key, name_key, owner_key};

const INSERT: &str = "INSERT INTO telephone_number (organization_id, dial_key, location_id, number, extension, kind, position, active, \
     main_number, toll_free, service_number, owner_kind, owner_id, owner_first_name, owner_last_name, owner_display_name, owner_key, \
     extension_key, name_key)";
const COLUMNS: usize = 19;
const NUMBERS_A_STATEMENT: usize = 1_000;

/// The keys of an entry as they stand in its row.
struct Keys {
    dial: String,
    extension: String,
    name: String,
    owner: Option<String>,
}

impl Keys {
    fn of(entry: &Entry) -> Self {
        let (number, extension) = (entry.number.as_deref(), entry.extension.as_deref());
        let dial = dial_key(number, extension, entry.location_id);
        let names = entry.owner.as_ref().map(|owner| {
            (
                owner.first_name.as_deref(),
                owner.last_name.as_deref(),
                owner.display_name.as_str(),
            )
        });
        Self {
            name: name_key(names, &dial),
            dial,
            extension: extension_key(number, extension, entry.location_id),
            owner: names.map(|(_, _, display)| owner_key(display)),
        }
    }
}

/// Adds entries that are not there yet.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    entries: &[Entry],
) -> Result<()> {
    let rows = entries.iter().map(|entry| row(organization_id, entry)).collect();
    insert_rows(transaction, INSERT, COLUMNS, rows, "")
        .await
        .map(|_| ())
        .map_err(lost_a_race)
}

/// The same; numbers that are there stay as they are. Says how many were new.
pub(crate) async fn insert_new(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    entries: &[Entry],
) -> Result<u64> {
    let rows = entries.iter().map(|entry| row(organization_id, entry)).collect();
    insert_rows(transaction, INSERT, COLUMNS, rows, "ON CONFLICT DO NOTHING").await
}

fn row(organization_id: OrganizationId, entry: &Entry) -> Vec<Argument> {
    let keys = Keys::of(entry);
    let owner = entry.owner.as_ref();
    let of_owner = |part: fn(&EntryOwner) -> Option<String>| Argument::Text(owner.and_then(part));
    vec![
        organization_id.uuid().into(),
        keys.dial.into(),
        entry.location_id.uuid().into(),
        entry.number.clone().into(),
        entry.extension.clone().into(),
        entry.kind.word().into(),
        entry.position.into(),
        entry.active.into(),
        entry.main_number.into(),
        entry.toll_free.into(),
        entry.service_number.into(),
        of_owner(|owner| Some(owner.kind.word().to_owned())),
        of_owner(|owner| Some(owner.id.to_string())),
        of_owner(|owner| owner.first_name.clone()),
        of_owner(|owner| owner.last_name.clone()),
        of_owner(|owner| Some(owner.display_name.clone())),
        keys.owner.into(),
        keys.extension.into(),
        keys.name.into(),
    ]
}

/// Gives a number of the stock to an owner, if it is at this location and nobody's. Answers false where it is not.
pub(crate) async fn claim(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    entry: &Entry,
    owner: &EntryOwner,
) -> Result<bool> {
    let keys = Keys::of(entry);
    let touched = sql("UPDATE telephone_number SET extension = $1, kind = $2, position = $3, owner_kind = $4, owner_id = $5, \
         owner_first_name = $6, owner_last_name = $7, owner_display_name = $8, owner_key = $9, extension_key = $10, name_key = $11 \
         WHERE organization_id = $12 AND dial_key = $13 AND location_id = $14 AND owner_id IS NULL")
        .bind(entry.extension.clone())
        .bind(entry.kind.word())
        .bind(entry.position)
        .bind(owner.kind.word())
        .bind(owner.id)
        .bind(owner.first_name.clone())
        .bind(owner.last_name.clone())
        .bind(&owner.display_name)
        .bind(keys.owner)
        .bind(keys.extension)
        .bind(keys.name)
        .bind(organization_id.uuid())
        .bind(keys.dial)
        .bind(entry.location_id.uuid())
        .run(transaction)
        .await
        .map_err(lost_a_race)?;
    Ok(touched == 1)
}

/// Writes the owner's names anew.
pub(crate) async fn rename(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    entry: &Entry,
) -> Result<()> {
    let keys = Keys::of(entry);
    let Some(owner) = &entry.owner else { return Ok(()) };
    sql("UPDATE telephone_number SET owner_first_name = $1, owner_last_name = $2, owner_display_name = $3, owner_key = $4, \
         name_key = $5, position = $6 WHERE organization_id = $7 AND dial_key = $8")
        .bind(owner.first_name.clone())
        .bind(owner.last_name.clone())
        .bind(&owner.display_name)
        .bind(keys.owner)
        .bind(keys.name)
        .bind(entry.position)
        .bind(organization_id.uuid())
        .bind(keys.dial)
        .run(transaction)
        .await
        .map(|_| ())
}

/// A number goes back to the stock of its location; an extension alone is gone.
pub(crate) async fn give_back(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    entry: &Entry,
) -> Result<()> {
    let dial = Keys::of(entry).dial;
    let Some(number) = &entry.number else {
        return delete(transaction, organization_id, &dial).await;
    };
    let free = Keys::of(&Entry {
        extension: None,
        owner: None,
        ..entry.clone()
    });
    sql("UPDATE telephone_number SET extension = NULL, kind = 'PRIMARY', position = 0, owner_kind = NULL, owner_id = NULL, \
         owner_first_name = NULL, owner_last_name = NULL, owner_display_name = NULL, owner_key = NULL, extension_key = $1, name_key = $2 \
         WHERE organization_id = $3 AND dial_key = $4")
        .bind(free.extension)
        .bind(free.name)
        .bind(organization_id.uuid())
        .bind(number)
        .run(transaction)
        .await
        .map(|_| ())
}

/// Takes numbers out of the stock.
pub(crate) async fn delete_numbers(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    numbers: &[String],
) -> Result<u64> {
    let mut gone = 0;
    for chunk in numbers.chunks(NUMBERS_A_STATEMENT) {
        gone += sql("DELETE FROM telephone_number WHERE organization_id = $1 AND dial_key IN ")
            .bind(organization_id.uuid())
            .push_list(chunk)
            .run(&mut *transaction)
            .await?;
    }
    Ok(gone)
}

/// The same for numbers that nobody owns by now.
pub(crate) async fn delete_free(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    numbers: &[String],
) -> Result<u64> {
    let mut gone = 0;
    for chunk in numbers.chunks(NUMBERS_A_STATEMENT) {
        gone += sql("DELETE FROM telephone_number WHERE organization_id = $1 AND owner_id IS NULL AND NOT main_number AND dial_key IN ")
            .bind(organization_id.uuid())
            .push_list(chunk)
            .run(&mut *transaction)
            .await?;
    }
    Ok(gone)
}

/// Brings numbers that nobody owns by now to another location. Their keys do not change: nobody's number is ordered by
/// nothing but itself.
pub(crate) async fn move_free(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    numbers: &[String],
    target: LocationId,
) -> Result<u64> {
    let mut moved = 0;
    for chunk in numbers.chunks(NUMBERS_A_STATEMENT) {
        moved += sql("UPDATE telephone_number SET location_id = $1 WHERE organization_id = $2 AND owner_id IS NULL AND NOT main_number AND dial_key IN ")
            .bind(target.uuid())
            .bind(organization_id.uuid())
            .push_list(chunk)
            .run(&mut *transaction)
            .await?;
    }
    Ok(moved)
}

/// Marks numbers that nobody owns by now as service numbers, or not.
pub(crate) async fn set_service(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    numbers: &[String],
    service: bool,
) -> Result<u64> {
    let mut marked = 0;
    for chunk in numbers.chunks(NUMBERS_A_STATEMENT) {
        marked += sql("UPDATE telephone_number SET service_number = $1 WHERE organization_id = $2 AND owner_id IS NULL AND NOT main_number AND dial_key IN ")
            .bind(service)
            .bind(organization_id.uuid())
            .push_list(chunk)
            .run(&mut *transaction)
            .await?;
    }
    Ok(marked)
}

/// Puts numbers into service, or takes those that nobody owns out of it.
pub(crate) async fn set_active(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    numbers: &[String],
    active: bool,
) -> Result<()> {
    for chunk in numbers.chunks(NUMBERS_A_STATEMENT) {
        sql("UPDATE telephone_number SET active = $1 WHERE organization_id = $2 AND dial_key IN ")
            .bind(active)
            .bind(organization_id.uuid())
            .push_list(chunk)
            .push(if active {
                ""
            } else {
                " AND owner_id IS NULL AND NOT main_number"
            })
            .run(&mut *transaction)
            .await?;
    }
    Ok(())
}

/// Takes every number of a location out of the stock.
pub(crate) async fn delete_at(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
) -> Result<()> {
    sql("DELETE FROM telephone_number WHERE organization_id = $1 AND location_id = $2")
        .bind(organization_id.uuid())
        .bind(location_id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

async fn delete(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    dial_key: &str,
) -> Result<()> {
    sql("DELETE FROM telephone_number WHERE organization_id = $1 AND dial_key = $2")
        .bind(organization_id.uuid())
        .bind(dial_key)
        .run(transaction)
        .await
        .map(|_| ())
}

/// Makes this number the main number of its location; `None` leaves the location without one.
pub(crate) async fn set_main_number(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
    number: Option<&str>,
) -> Result<()> {
    sql("UPDATE telephone_number SET main_number = FALSE WHERE organization_id = $1 AND location_id = $2 AND main_number AND dial_key <> $3")
        .bind(organization_id.uuid())
        .bind(location_id.uuid())
        .bind(number.unwrap_or_default())
        .run(&mut *transaction)
        .await?;
    if let Some(number) = number {
        // A number that carries the calls of a whole location is in service.
        sql("UPDATE telephone_number SET main_number = TRUE, active = TRUE WHERE organization_id = $1 AND location_id = $2 AND dial_key = $3")
            .bind(organization_id.uuid())
            .bind(location_id.uuid())
            .bind(number)
            .run(transaction)
            .await?;
    }
    Ok(())
}

/// Somebody else took the number or the extension between our look and our write.
fn lost_a_race(error: Error) -> Error {
    if *error.kind() == Kind::Conflict {
        return Error::conflict("The number or the extension was taken by somebody else a moment ago.")
            .because(error);
    }
    error
}
