use kit::{Error, Result, Timestamp};
use kit_sql::{Transaction, sql};
use suite_tenancy::CustomerId;

use crate::model::{Changes, RunId};
use crate::store::added::{self, AddingRun};
use crate::synch::Seen;

/// How many people of each kind of change a run lists one by one; its counts are complete.
pub(crate) const LISTED_OF_EACH_KIND: i64 = 1_000;

/// What is applied.
pub(crate) struct Application {
    pub(crate) run: RunId,
    pub(crate) customer: CustomerId,
    pub(crate) run_number: i64,
    pub(crate) now: Timestamp,
    /// How many people the run has written into the directory, where nobody sees them yet.
    pub(crate) added: i64,
    /// Whether people who are new are listed; the first run would list everybody.
    pub(crate) list_added: bool,
}

impl Application {
    fn adding_run(&self) -> AddingRun {
        AddingRun {
            id: self.run,
            customer: self.customer,
            number: self.run_number,
        }
    }
}

/// Makes the directory what was staged, by statements over whole sets. `transaction` holds the lease's row; `seen` is
/// everybody who was answered.
pub(crate) async fn apply(
    transaction: &mut Transaction,
    application: &Application,
    seen: &Seen,
) -> Result<Changes> {
    let mut changes = count_outcomes(transaction, application.run).await?;
    changes.added = application.added;
    if application.list_added && changes.added > 0 {
        list_added(transaction, application).await?;
    }
    let left = who_left(transaction, application, seen).await?;
    changes.left = i64::try_from(left.len()).unwrap_or(i64::MAX);
    list_left(transaction, application, &left).await?;
    mark_left(transaction, application, &left).await?;
    if changes.changed + changes.returned > 0 {
        leave_the_order(transaction, application).await?;
        forget_numbers(transaction, application).await?;
        write_people(transaction, application).await?;
    }
    if changes.added + changes.changed + changes.returned > 0 {
        write_numbers(transaction, application).await?;
        enter_the_order(transaction, application).await?;
    }
    write_locations(transaction, application).await?;
    added::show(transaction, application.adding_run()).await?;
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
            "changed" => changes.changed = n,
            "returned" => changes.returned = n,
            other => return Err(Error::internal(format!("the outcome “{other}” is unknown"))),
        }
    }
    Ok(changes)
}

async fn list_added(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql(
        "INSERT INTO synch_change (run_id, person_id, kind, display_name, sort_key, detail)
         SELECT CAST($1 AS TEXT), person_id, 'added', display_name, sort_key, '[]' FROM directory_person
         WHERE customer_id = $2 AND since_run = $3 ORDER BY sort_key, person_id LIMIT $4",
    )
    .bind(application.run.uuid())
    .bind(application.customer.uuid())
    .bind(application.run_number)
    .bind(LISTED_OF_EACH_KIND)
    .run(transaction)
    .await
    .map(drop)
}

/// Who is in the directory and was not answered.
async fn who_left(
    transaction: &mut Transaction,
    application: &Application,
    seen: &Seen,
) -> Result<Vec<String>> {
    const PEOPLE_AT_ONCE: usize = 5_000;
    let (mut left, mut after) = (Vec::new(), String::new());
    loop {
        let rows = sql("SELECT person_id FROM directory_person WHERE customer_id = $1 AND left_at IS NULL AND person_id > $2 ORDER BY person_id LIMIT $3")
            .bind(application.customer.uuid())
            .bind(&after)
            .bind(i64::try_from(PEOPLE_AT_ONCE).unwrap_or(i64::MAX))
            .all(&mut *transaction)
            .await?;
        for row in &rows {
            after = row.text("person_id")?;
            if !seen.contains(&after) {
                left.push(after.clone());
            }
        }
        if rows.len() < PEOPLE_AT_ONCE {
            return Ok(left);
        }
    }
}

/// A statement about some hundred people at a time: about all of them at once it could be too long.
const NAMED_AT_ONCE: usize = 500;

async fn list_left(transaction: &mut Transaction, application: &Application, left: &[String]) -> Result<()> {
    let listed = left
        .len()
        .min(usize::try_from(LISTED_OF_EACH_KIND).unwrap_or(usize::MAX));
    for some in left[..listed].chunks(NAMED_AT_ONCE) {
        sql("INSERT INTO synch_change (run_id, person_id, kind, display_name, sort_key, detail) SELECT CAST(")
            .push_bind(application.run.uuid())
            .push(" AS TEXT), person_id, 'left', display_name, sort_key, '[]' FROM directory_person WHERE customer_id = ")
            .push_bind(application.customer.uuid())
            .push(" AND person_id IN ")
            .push_list(some)
            .run(&mut *transaction)
            .await?;
    }
    Ok(())
}

async fn mark_left(transaction: &mut Transaction, application: &Application, left: &[String]) -> Result<()> {
    for some in left.chunks(NAMED_AT_ONCE) {
        sql("UPDATE directory_order SET left_at = ")
            .push_bind(application.now)
            .push(" WHERE customer_id = ")
            .push_bind(application.customer.uuid())
            .push(" AND (sort_key, person_id) IN (SELECT sort_key, person_id FROM directory_person WHERE customer_id = ")
            .push_bind(application.customer.uuid())
            .push(" AND person_id IN ")
            .push_list(some)
            .push(")")
            .run(&mut *transaction)
            .await?;
        sql("UPDATE directory_person SET left_at = ")
            .push_bind(application.now)
            .push(", changed_at = ")
            .push_bind(application.now)
            .push(", changed_run = ")
            .push_bind(application.run_number)
            .push(" WHERE customer_id = ")
            .push_bind(application.customer.uuid())
            .push(" AND person_id IN ")
            .push_list(some)
            .run(&mut *transaction)
            .await?;
    }
    Ok(())
}

async fn write_people(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("INSERT INTO directory_person (customer_id, person_id, fingerprint, display_name, sort_key, search_key, email, department, location_id, fields, first_seen_at, changed_at, changed_run, left_at)
         SELECT CAST($1 AS TEXT), person_id, fingerprint, display_name, sort_key, search_key, email, department, location_id, fields, CAST($2 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), NULL
         FROM staging_person WHERE run_id = $4
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

/// Takes whoever changes or comes back out of the order of names: the new name may stand elsewhere.
async fn leave_the_order(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("DELETE FROM directory_order WHERE customer_id = $1 AND (sort_key, person_id) IN
         (SELECT p.sort_key, p.person_id FROM staging_person s JOIN directory_person p ON p.customer_id = $1 AND p.person_id = s.person_id WHERE s.run_id = $2)")
        .bind(application.customer.uuid())
        .bind(application.run.uuid())
        .run(transaction)
        .await
        .map(drop)
}

/// Puts whoever is new, changed or back into the order of names, sorted: each page of it is written once.
async fn enter_the_order(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("INSERT INTO directory_order (customer_id, sort_key, person_id, left_at, search_key)
         SELECT customer_id, sort_key, person_id, NULL, search_key FROM directory_person
         WHERE customer_id = $1 AND (since_run = $2 OR person_id IN (SELECT person_id FROM staging_person WHERE run_id = $3))
         ORDER BY sort_key, person_id")
        .bind(application.customer.uuid())
        .bind(application.run_number)
        .bind(application.run.uuid())
        .run(transaction)
        .await
        .map(drop)
}

/// Takes their numbers away from whoever may have others now. Reads every number of the customer once.
async fn forget_numbers(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("DELETE FROM directory_number WHERE customer_id = $1 AND person_id IN (SELECT person_id FROM staging_person WHERE run_id = $2 AND outcome IN ('changed', 'returned'))")
        .bind(application.customer.uuid())
        .bind(application.run.uuid())
        .run(transaction)
        .await
        .map(drop)
}

async fn write_numbers(transaction: &mut Transaction, application: &Application) -> Result<()> {
    sql("INSERT INTO directory_number (customer_id, tail, person_id) SELECT CAST($1 AS TEXT), tail, person_id FROM staging_number WHERE run_id = $2 ORDER BY tail, person_id")
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
