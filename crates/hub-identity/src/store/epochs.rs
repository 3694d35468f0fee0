use std::collections::HashMap;

use hub_directory::PersonId;
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};

use crate::Epochs;

pub(crate) async fn read<'h>(on: impl Into<Handle<'h>>, person: PersonId) -> Result<Epochs> {
    let row = sql("SELECT everything, administrative FROM person_epoch WHERE person_id = $1")
        .bind(person.uuid())
        .optional(on)
        .await?;
    // Nobody has a row before the first event.
    row.map_or(Ok(Epochs::default()), |row| of_row(&row))
}

pub(crate) async fn read_many(database: &Database, people: &[PersonId]) -> Result<HashMap<PersonId, Epochs>> {
    let mut found = HashMap::new();
    for some in people.chunks(500) {
        let rows = sql("SELECT person_id, everything, administrative FROM person_epoch WHERE person_id IN ")
            .push_list(some.iter().map(|person| person.uuid()))
            .all(database)
            .await?;
        for row in rows {
            found.insert(PersonId::new(row.uuid("person_id")?), of_row(&row)?);
        }
    }
    Ok(found)
}

fn of_row(row: &Row) -> Result<Epochs> {
    Ok(Epochs {
        everything: row.integer("everything")?,
        administrative: row.integer("administrative")?,
    })
}

/// Everything that the person holds dies; answers the new number.
pub(crate) async fn bump_everything(
    transaction: &mut Transaction,
    person: PersonId,
    now: Timestamp,
) -> Result<i64> {
    let row = sql(
        "INSERT INTO person_epoch (person_id, everything, administrative, changed_at) VALUES ($1, 1, 0, $2)
         ON CONFLICT (person_id) DO UPDATE SET everything = person_epoch.everything + 1, changed_at = $2
         RETURNING everything",
    )
    .bind(person.uuid())
    .bind(now)
    .one(transaction)
    .await?;
    row.integer("everything")
}

/// Every grant of the person that holds an administrator's scope dies.
pub(crate) async fn bump_administrative(
    transaction: &mut Transaction,
    person: PersonId,
    now: Timestamp,
) -> Result<()> {
    sql(
        "INSERT INTO person_epoch (person_id, everything, administrative, changed_at) VALUES ($1, 0, 1, $2)
         ON CONFLICT (person_id) DO UPDATE SET administrative = person_epoch.administrative + 1, changed_at = $2",
    )
    .bind(person.uuid())
    .bind(now)
    .run(transaction)
    .await?;
    Ok(())
}
