use std::collections::HashMap;

use kit::{Result, Timestamp};
use kit_sql::{Argument, Database, Dialect, Handle, Transaction, insert_rows, sql};
use suite_tenancy::CustomerId;

use crate::model::{LocationRecord, RunId};
use crate::store::added::VISIBLE;

/// What a person is compared with the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Added,
    Changed,
    Returned,
    Unchanged,
}

impl Outcome {
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Returned => "returned",
            Self::Unchanged => "unchanged",
        }
    }
}

/// A person on the way into the directory: somebody whom the run adds (see [`super::added`]), changes or brings back.
pub(crate) struct StagedPerson {
    pub(crate) person_id: String,
    pub(crate) outcome: Outcome,
    pub(crate) row: PersonRow,
}

pub(crate) struct PersonRow {
    pub(crate) fingerprint: String,
    pub(crate) display_name: String,
    pub(crate) sort_key: String,
    pub(crate) search_key: String,
    pub(crate) email: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) location_id: Option<String>,
    pub(crate) fields: String,
    pub(crate) tails: Vec<String>,
}

/// What the directory knows of a person.
pub(crate) struct Known {
    pub(crate) fingerprint: String,
    pub(crate) has_left: bool,
}

pub(crate) async fn known<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    ids: impl Iterator<Item = &str>,
) -> Result<HashMap<String, Known>> {
    let statement =
        sql("SELECT p.person_id, p.fingerprint, p.left_at FROM directory_person p WHERE p.customer_id = ")
            .push_bind(customer.uuid())
            .push(VISIBLE);
    let rows = statement
        .push(" AND p.person_id IN ")
        .push_list(ids)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| {
            let known = Known {
                fingerprint: row.text("fingerprint")?,
                has_left: row.optional_integer("left_at")?.is_some(),
            };
            Ok((row.text("person_id")?, known))
        })
        .collect()
}

/// The whole records of these people, as JSON.
pub(crate) async fn known_fields<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    ids: &[String],
) -> Result<HashMap<String, String>> {
    let statement =
        sql("SELECT person_id, fields FROM directory_person WHERE customer_id = ").push_bind(customer.uuid());
    let rows = statement
        .push(" AND person_id IN ")
        .push_list(ids)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("person_id")?, row.text("fields")?)))
        .collect()
}

/// How many rows of each table a run has staged: the next keys.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Staged {
    pub(crate) people: i64,
    pub(crate) numbers: i64,
}

pub(crate) async fn insert_people(
    on: &mut Transaction,
    run: RunId,
    staged: &mut Staged,
    people: Vec<StagedPerson>,
) -> Result<()> {
    let mut persons: Vec<Vec<Argument>> = Vec::new();
    let mut numbers = Vec::new();
    for person in people {
        let StagedPerson {
            person_id,
            outcome,
            row,
        } = person;
        let PersonRow {
            fingerprint,
            display_name,
            sort_key,
            search_key,
            email,
            department,
            location_id,
            fields,
            tails,
        } = row;
        numbers.push((person_id.clone(), tails));
        let mut values: Vec<Argument> = vec![
            run.uuid().into(),
            staged.people.into(),
            person_id.into(),
            outcome.key().into(),
        ];
        values.extend([fingerprint, display_name, sort_key, search_key].map(Argument::from));
        values.extend([email, department, location_id].map(Argument::from));
        values.push(fields.into());
        persons.push(values);
        staged.people += 1;
    }
    const PERSON: &str = "INSERT INTO staging_person (run_id, position, person_id, outcome, fingerprint, display_name, sort_key, search_key, email, department, location_id, fields)";
    insert_rows(&mut *on, PERSON, 12, persons, "").await?;
    insert_numbers(on, run, staged, numbers).await
}

/// Stages the numbers of people: of each the tails.
pub(crate) async fn insert_numbers(
    on: &mut Transaction,
    run: RunId,
    staged: &mut Staged,
    people: Vec<(String, Vec<String>)>,
) -> Result<()> {
    let mut rows: Vec<Vec<Argument>> = Vec::with_capacity(people.len() * 2);
    for (person_id, tails) in people {
        for tail in tails {
            rows.push(vec![
                run.uuid().into(),
                staged.numbers.into(),
                person_id.as_str().into(),
                tail.into(),
            ]);
            staged.numbers += 1;
        }
    }
    const NUMBER: &str = "INSERT INTO staging_number (run_id, position, person_id, tail)";
    insert_rows(on, NUMBER, 4, rows, "").await.map(drop)
}

pub(crate) async fn insert_locations(
    on: &mut Transaction,
    run: RunId,
    locations: Vec<LocationRecord>,
) -> Result<()> {
    let rows = locations.into_iter().map(|location| {
        let LocationRecord {
            id,
            name,
            city,
            country,
            time_zone,
            routing_prefix,
            main_number,
        } = location;
        let sort_key = kit::search_key(&name);
        let mut values: Vec<Argument> = vec![run.uuid().into(), id.into(), name.into(), sort_key.into()];
        values.extend([city, country, time_zone, routing_prefix, main_number].map(Argument::from));
        values
    });
    const LOCATION: &str = "INSERT INTO staging_location (run_id, location_id, name, sort_key, city, country, time_zone, routing_prefix, main_number)";
    insert_rows(on, LOCATION, 9, rows.collect(), "").await.map(drop)
}

/// Empties the staging tables of this run.
pub(crate) async fn clear(database: &Database, run: RunId, now: Timestamp) -> Result<()> {
    let mut transaction = database.begin().await?;
    if nobody_else_stages(&mut transaction, run, now).await? {
        // Without a condition SQLite forgets a whole table at once instead of row by row.
        for everything in [
            "DELETE FROM staging_number",
            "DELETE FROM staging_location",
            "DELETE FROM staging_person",
        ] {
            sql(everything).run(&mut transaction).await?;
        }
    } else {
        for of_run in [
            "DELETE FROM staging_number WHERE run_id = $1",
            "DELETE FROM staging_location WHERE run_id = $1",
            "DELETE FROM staging_person WHERE run_id = $1",
        ] {
            sql(of_run).bind(run.uuid()).run(&mut transaction).await?;
        }
    }
    transaction.commit().await
}

/// Whether the tables hold nothing that another run needs. Only the one writer of SQLite can know it for as long as
/// its transaction lasts.
async fn nobody_else_stages(on: &mut Transaction, run: RunId, now: Timestamp) -> Result<bool> {
    if on.dialect() != Dialect::Sqlite {
        return Ok(false);
    }
    let other = sql("SELECT run_id FROM synch_lease WHERE run_id <> $1 AND ends_at > $2 LIMIT 1");
    Ok(other.bind(run.uuid()).bind(now).optional(on).await?.is_none())
}

/// Empties what runs left behind whose program stopped, for this customer.
pub(crate) async fn clear_abandoned(
    database: &Database,
    customer: CustomerId,
    but: RunId,
    now: Timestamp,
) -> Result<()> {
    super::added::forget(database, customer, None).await?;
    let rows = sql("SELECT id FROM synch_run WHERE customer_id = $1 AND id <> $2 AND stage = 'interrupted' AND (EXISTS (SELECT 1 FROM staging_person WHERE staging_person.run_id = synch_run.id) OR EXISTS (SELECT 1 FROM staging_location WHERE staging_location.run_id = synch_run.id))")
        .bind(customer.uuid())
        .bind(but.uuid())
        .all(database)
        .await?;
    for row in rows {
        let run = RunId::new(row.uuid("id")?);
        clear(database, run, now).await?;
        super::changes::clear(database, run).await?;
    }
    Ok(())
}
