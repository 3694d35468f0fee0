//! People whom a run adds. They stand in the directory as soon as they are read, and are seen by nobody before the run
//! is applied: see [`VISIBLE`].

use kit::{Result, Timestamp};
use kit_sql::{Argument, Database, Transaction, insert_rows, sql};
use suite_tenancy::CustomerId;

use crate::model::RunId;
use crate::store::staging::{self, PersonRow, Staged, StagedPerson};

/// What every reader of the directory asks of a row `p`.
pub(crate) const VISIBLE: &str =
    " AND p.since_run <= (SELECT s.applied_run FROM directory_state s WHERE s.customer_id = p.customer_id)";

/// The run that adds.
#[derive(Clone, Copy)]
pub(crate) struct AddingRun {
    pub(crate) id: RunId,
    pub(crate) customer: CustomerId,
    pub(crate) number: i64,
}

/// Writes people, and stages their numbers; says how many people.
pub(crate) async fn insert(
    on: &mut Transaction,
    run: AddingRun,
    now: Timestamp,
    staged: &mut Staged,
    people: Vec<StagedPerson>,
) -> Result<i64> {
    if people.is_empty() {
        return Ok(0);
    }
    note_adding(on, run).await?;
    let customer = run.customer.uuid().to_string();
    let mut persons: Vec<Vec<Argument>> = Vec::with_capacity(people.len());
    let mut numbers = Vec::with_capacity(people.len());
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
        numbers.push((person_id.clone(), tails));
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
    const PERSON: &str = "INSERT INTO directory_person (customer_id, person_id, fingerprint, display_name, sort_key, search_key, email, department, location_id, fields, first_seen_at, changed_at, changed_run, since_run)";
    let written = insert_rows(&mut *on, PERSON, 14, persons, "").await?;
    staging::insert_numbers(on, run.id, staged, numbers).await?;
    Ok(i64::try_from(written).unwrap_or(i64::MAX))
}

async fn note_adding(on: &mut Transaction, run: AddingRun) -> Result<()> {
    sql(
        "INSERT INTO directory_state (customer_id, applied_run, adding_run) VALUES ($1, 0, $2)
         ON CONFLICT (customer_id) DO UPDATE SET adding_run = excluded.adding_run",
    )
    .bind(run.customer.uuid())
    .bind(run.number)
    .run(on)
    .await
    .map(drop)
}

/// From now on everybody sees whom this run added.
pub(crate) async fn show(on: &mut Transaction, run: AddingRun) -> Result<()> {
    sql(
        "INSERT INTO directory_state (customer_id, applied_run, adding_run) VALUES ($1, $2, NULL)
         ON CONFLICT (customer_id) DO UPDATE SET applied_run = excluded.applied_run, adding_run = NULL",
    )
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
    let adding =
        sql("SELECT adding_run FROM directory_state WHERE customer_id = $1 AND adding_run IS NOT NULL")
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
