use kit::{Result, Timestamp};
use kit_sql::{Statement, Transaction, sql};
use suite_tenancy::CustomerId;

use crate::model::{Changes, RunId};

/// How many people of each kind of change a run lists one by one; its counts are complete.
pub(crate) const LISTED_OF_EACH_KIND: i64 = 1_000;

/// What is applied.
pub(crate) struct Application {
    pub(crate) run: RunId,
    pub(crate) customer: CustomerId,
    pub(crate) run_number: i64,
    pub(crate) now: Timestamp,
    /// Whether people who are new are listed; the first run would list everybody.
    pub(crate) list_added: bool,
}

/// Makes the directory what was staged, by statements over whole sets. `transaction` holds the lease's row.
pub(crate) async fn apply(transaction: &mut Transaction, application: &Application) -> Result<Changes> {
    let mut changes = count_outcomes(transaction, application.run).await?;
    if application.list_added {
        list_added(transaction, application).await?;
    }
    list_left(transaction, application).await?;
    changes.left = i64::try_from(mark_left(transaction, application).await?).unwrap_or(i64::MAX);
    if changes.added + changes.changed + changes.returned > 0 {
        replace_numbers(transaction, application).await?;
        write_people(transaction, application).await?;
    }
    write_locations(transaction, application).await?;
    Ok(changes)
}

async fn count_outcomes(transaction: &mut Transaction, run: RunId) -> Result<Changes> {
    let rows = sql("SELECT outcome, COUNT(*) AS n FROM staging_person WHERE run_id = $1 GROUP BY outcome")
        .bind(run.uuid())
        .all(transaction)
        .await?;
    let mut changes = Changes::default();
    for row in rows {
        let n = row.integer("n")?;
        match row.text("outcome")?.as_str() {
            "added" => changes.added = n,
            "changed" => changes.changed = n,
            "returned" => changes.returned = n,
            _ => changes.unchanged = n,
        }
    }
    Ok(changes)
}

async fn list_added(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql(
        "INSERT INTO synch_change (run_id, person_id, kind, display_name, sort_key, detail)
         SELECT run_id, person_id, 'added', display_name, sort_key, '[]' FROM staging_person
         WHERE run_id = $1 AND outcome = 'added' ORDER BY sort_key, person_id LIMIT $2",
    )
    .bind(application.run.uuid())
    .bind(LISTED_OF_EACH_KIND)
    .run(transaction)
    .await
    .map(drop)
}

/// The condition for who is in the directory and not in the answer.
fn who_left(statement: Statement, application: &Application) -> Statement {
    statement
        .push(" WHERE customer_id = ")
        .push_bind(application.customer.uuid())
        .push(" AND left_at IS NULL AND NOT EXISTS (SELECT 1 FROM staging_person WHERE staging_person.run_id = ")
        .push_bind(application.run.uuid())
        .push(" AND staging_person.person_id = directory_person.person_id)")
}

async fn list_left(transaction: &mut Transaction, application: &Application) -> Result<()> {
    let statement = sql(
        "INSERT INTO synch_change (run_id, person_id, kind, display_name, sort_key, detail) SELECT CAST(",
    )
    .push_bind(application.run.uuid())
    .push(" AS TEXT), person_id, 'left', display_name, sort_key, '[]' FROM directory_person");
    who_left(statement, application)
        .push(" ORDER BY sort_key, person_id LIMIT ")
        .push_bind(LISTED_OF_EACH_KIND)
        .run(transaction)
        .await
        .map(drop)
}

async fn mark_left(transaction: &mut Transaction, application: &Application) -> Result<u64> {
    let statement = sql("UPDATE directory_person SET left_at = ")
        .push_bind(application.now)
        .push(", changed_at = ")
        .push_bind(application.now)
        .push(", changed_run = ")
        .push_bind(application.run_number);
    who_left(statement, application).run(transaction).await
}

async fn write_people(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("INSERT INTO directory_person (customer_id, person_id, fingerprint, display_name, sort_key, search_key, email, department, location_id, fields, first_seen_at, changed_at, changed_run, left_at)
         SELECT CAST($1 AS TEXT), person_id, fingerprint, display_name, sort_key, search_key, email, department, location_id, fields, CAST($2 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), NULL
         FROM staging_person WHERE run_id = $4 AND outcome <> 'unchanged'
         ON CONFLICT (customer_id, person_id) DO UPDATE SET
           fingerprint = excluded.fingerprint, display_name = excluded.display_name, sort_key = excluded.sort_key,
           search_key = excluded.search_key, email = excluded.email, department = excluded.department,
           location_id = excluded.location_id, fields = excluded.fields, changed_at = excluded.changed_at,
           changed_run = excluded.changed_run, left_at = NULL")
        .bind(application.customer.uuid())
        .bind(application.now)
        .bind(application.run_number)
        .bind(application.run.uuid())
        .run(transaction)
        .await
        .map(drop)
}

/// Runs before the people are written: who is new has no numbers to be taken away.
async fn replace_numbers(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("DELETE FROM directory_number WHERE customer_id = $1 AND person_id IN (SELECT person_id FROM staging_person WHERE run_id = $2 AND outcome IN ('changed', 'returned'))")
        .bind(application.customer.uuid())
        .bind(application.run.uuid())
        .run(&mut *transaction)
        .await?;
    sql("INSERT INTO directory_number (customer_id, person_id, position, tail) SELECT CAST($1 AS TEXT), person_id, position, tail FROM staging_number WHERE run_id = $2")
        .bind(application.customer.uuid())
        .bind(application.run.uuid())
        .run(transaction)
        .await
        .map(drop)
}

async fn write_locations(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("UPDATE directory_location SET left_at = $1 WHERE customer_id = $2 AND left_at IS NULL AND NOT EXISTS
         (SELECT 1 FROM staging_location WHERE staging_location.run_id = $3 AND staging_location.location_id = directory_location.location_id)")
        .bind(application.now)
        .bind(application.customer.uuid())
        .bind(application.run.uuid())
        .run(&mut *transaction)
        .await?;
    sql("INSERT INTO directory_location (customer_id, location_id, name, sort_key, city, country, time_zone, routing_prefix, main_number, left_at)
         SELECT CAST($1 AS TEXT), location_id, name, sort_key, city, country, time_zone, routing_prefix, main_number, NULL FROM staging_location WHERE run_id = $2
         ON CONFLICT (customer_id, location_id) DO UPDATE SET
           name = excluded.name, sort_key = excluded.sort_key, city = excluded.city, country = excluded.country,
           time_zone = excluded.time_zone, routing_prefix = excluded.routing_prefix, main_number = excluded.main_number, left_at = NULL")
        .bind(application.customer.uuid())
        .bind(application.run.uuid())
        .run(transaction)
        .await
        .map(drop)
}
