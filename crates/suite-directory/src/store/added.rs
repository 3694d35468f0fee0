//! People whom a run adds. They stand in the directory as soon as they are read, and are seen by nobody before the run
//! is applied: see [`VISIBLE`].

use kit::{Result, Timestamp};
use kit_sql::{Argument, Database, Transaction, insert_rows, sql};
use suite_tenancy::CustomerId;

use crate::store::staging::{PersonRow, StagedPerson};

/// What every reader of the directory asks of a row `p`.
pub(crate) const VISIBLE: &str = " AND p.since_run <= (SELECT s.applied_run FROM directory_state s WHERE s.customer_id = p.customer_id)";

/// The run that adds.
#[derive(Clone, Copy)]
pub(crate) struct AddingRun {
    pub(crate) customer: CustomerId,
    pub(crate) number: i64,
}

/// Writes people and their numbers; says how many people.
pub(crate) async fn insert(
    on: &mut Transaction,
    run: AddingRun,
    now: Timestamp,
    people: Vec<StagedPerson>,
) -> Result<i64> {
    if people.is_empty() {
        return Ok(0);
    }
    note_adding(on, run).await?;
    let customer = run.customer.uuid().to_string();
    let mut persons: Vec<Vec<Argument>> = Vec::with_capacity(people.len());
    let mut numbers: Vec<Vec<Argument>> = Vec::with_capacity(people.len() * 2);
    for person in people {
        let StagedPerson {
            person_id,
            outcome: _,
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
        for tail in tails {
            numbers.push(vec![
                customer.as_str().into(),
                tail.into(),
                person_id.as_str().into(),
            ]);
        }
        persons.push(vec![
            customer.as_str().into(),
            person_id.into(),
            fingerprint.into(),
            display_name.into(),
            sort_key.into(),
            search_key.into(),
            email.into(),
            department.into(),
            location_id.into(),
            fields.into(),
            now.into(),
            now.into(),
            run.number.into(),
            run.number.into(),
        ]);
    }
    // In the order of their key: neighbours on one page of the index are written together.
    numbers.sort_unstable_by(|one, other| text_of(one).cmp(&text_of(other)));
    const PERSON: &str = "INSERT INTO directory_person (customer_id, person_id, fingerprint, display_name, sort_key, search_key, email, department, location_id, fields, first_seen_at, changed_at, changed_run, since_run)";
    const NUMBER: &str = "INSERT INTO directory_number (customer_id, tail, person_id)";
    let written = insert_rows(&mut *on, PERSON, 14, persons, "").await?;
    insert_rows(on, NUMBER, 3, numbers, "").await?;
    Ok(i64::try_from(written).unwrap_or(i64::MAX))
}

fn text_of(number: &[Argument]) -> Option<&str> {
    match number.get(1) {
        Some(Argument::Text(Some(tail))) => Some(tail),
        _ => None,
    }
}

async fn note_adding(on: &mut Transaction, run: AddingRun) -> Result<()> {
    sql("INSERT INTO directory_state (customer_id, applied_run, adding_run) VALUES ($1, 0, $2)
         ON CONFLICT (customer_id) DO UPDATE SET adding_run = excluded.adding_run")
    .bind(run.customer.uuid())
    .bind(run.number)
    .run(on)
    .await
    .map(drop)
}

/// From now on everybody sees whom this run added.
pub(crate) async fn show(on: &mut Transaction, run: AddingRun) -> Result<()> {
    sql("INSERT INTO directory_state (customer_id, applied_run, adding_run) VALUES ($1, $2, NULL)
         ON CONFLICT (customer_id) DO UPDATE SET applied_run = excluded.applied_run, adding_run = NULL")
    .bind(run.customer.uuid())
    .bind(run.number)
    .run(on)
    .await
    .map(drop)
}

/// Takes away whom a run added that was never applied: a run by its number, or whichever run it was.
pub(crate) async fn forget(database: &Database, customer: CustomerId, run: Option<i64>) -> Result<()> {
    let mut transaction = database.begin().await?;
    let for_update = transaction.dialect().for_update();
    let adding = sql("SELECT adding_run FROM directory_state WHERE customer_id = $1 AND adding_run IS NOT NULL")
        .push(for_update)
        .bind(customer.uuid())
        .optional(&mut transaction)
        .await?;
    let Some(adding) = adding else { return Ok(()) };
    let adding = adding.integer("adding_run")?;
    if run.is_some_and(|run| run != adding) {
        return Ok(());
    }
    for statement in [
        "DELETE FROM directory_number WHERE customer_id = $1 AND person_id IN (SELECT person_id FROM directory_person WHERE customer_id = $1 AND since_run = $2)",
        "DELETE FROM directory_person WHERE customer_id = $1 AND since_run = $2",
        "UPDATE directory_state SET adding_run = NULL WHERE customer_id = $1 AND adding_run = $2",
    ] {
        sql(statement)
            .bind(customer.uuid())
            .bind(adding)
            .run(&mut transaction)
            .await?;
    }
    transaction.commit().await
}
