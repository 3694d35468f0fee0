use kit::{Error, Result, Timestamp};
use kit_sql::{Handle, Row, sql};
use suite_tenancy::CustomerId;

use crate::model::{Changes, Run, RunId, Stage, Trigger};

const COLUMNS: &str = "SELECT id, customer_id, number, started_as, started_by, started_at, stage, finished_at, reason, pages, people, locations, known, added, changed, returned, left_count, unchanged FROM synch_run";

fn run(row: &Row) -> Result<Run> {
    Ok(Run {
        id: RunId::new(row.uuid("id")?),
        customer: CustomerId::new(row.uuid("customer_id")?),
        number: row.integer("number")?,
        trigger: if row.text("started_as")? == Trigger::Scheduled.key() {
            Trigger::Scheduled
        } else {
            Trigger::Asked
        },
        started_by: row.text("started_by")?,
        started_at: row.moment("started_at")?,
        stage: stage(row)?,
        pages: row.integer("pages")?,
        people: row.integer("people")?,
        locations: row.integer("locations")?,
        known: row.integer("known")?,
    })
}

fn stage(row: &Row) -> Result<Stage> {
    let finished_at = || row.moment("finished_at");
    let reason = || row.optional_text("reason").map(Option::unwrap_or_default);
    Ok(match row.text("stage")?.as_str() {
        "fetching" => Stage::Fetching,
        "applying" => Stage::Applying,
        "succeeded" => Stage::Succeeded {
            finished_at: finished_at()?,
            changes: Changes {
                added: row.integer("added")?,
                changed: row.integer("changed")?,
                returned: row.integer("returned")?,
                left: row.integer("left_count")?,
                unchanged: row.integer("unchanged")?,
            },
        },
        "refused" => Stage::Refused {
            finished_at: finished_at()?,
            reason: reason()?,
        },
        "failed" => Stage::Failed {
            finished_at: finished_at()?,
            reason: reason()?,
        },
        "interrupted" => Stage::Interrupted {
            finished_at: finished_at()?,
        },
        other => return Err(Error::internal(format!("a run's stage “{other}” is unknown"))),
    })
}

pub(crate) const fn stage_key(stage: &Stage) -> &'static str {
    match stage {
        Stage::Fetching => "fetching",
        Stage::Applying => "applying",
        Stage::Succeeded { .. } => "succeeded",
        Stage::Refused { .. } => "refused",
        Stage::Failed { .. } => "failed",
        Stage::Interrupted { .. } => "interrupted",
    }
}

/// Inserts the run under the customer's next number, which it answers.
pub(crate) async fn insert<'h>(on: impl Into<Handle<'h>>, run: &Run) -> Result<i64> {
    sql("INSERT INTO synch_run (id, customer_id, number, started_as, started_by, started_at, stage, pages, people, locations, known, added, changed, returned, left_count, unchanged)
         SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, 'fetching', 0, 0, 0, $6, 0, 0, 0, 0, 0 FROM synch_run WHERE customer_id = $2 RETURNING number")
        .bind(run.id.uuid())
        .bind(run.customer.uuid())
        .bind(run.trigger.key())
        .bind(&run.started_by)
        .bind(run.started_at)
        .bind(run.known)
        .one(on)
        .await?
        .integer("number")
}

pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, id: RunId) -> Result<Option<Run>> {
    let row = sql(COLUMNS)
        .push(" WHERE id = ")
        .push_bind(id.uuid())
        .optional(on)
        .await?;
    row.as_ref().map(run).transpose()
}

pub(crate) async fn find_by_number<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    number: i64,
) -> Result<Option<Run>> {
    let statement = sql(COLUMNS)
        .push(" WHERE customer_id = ")
        .push_bind(customer.uuid())
        .push(" AND number = ")
        .push_bind(number);
    statement.optional(on).await?.as_ref().map(run).transpose()
}

/// The customer's runs, the newest first; `before` is the number above the first.
pub(crate) async fn list<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    before: i64,
    limit: i64,
) -> Result<Vec<Run>> {
    let statement = sql(COLUMNS)
        .push(" WHERE customer_id = ")
        .push_bind(customer.uuid())
        .push(" AND number < ")
        .push_bind(before);
    let rows = statement
        .push(" ORDER BY number DESC LIMIT ")
        .push_bind(limit)
        .all(on)
        .await?;
    rows.iter().map(run).collect()
}

pub(crate) async fn last_success<'h>(on: impl Into<Handle<'h>>, customer: CustomerId) -> Result<Option<Run>> {
    let statement = sql(COLUMNS)
        .push(" WHERE customer_id = ")
        .push_bind(customer.uuid());
    let row = statement
        .push(" AND stage = 'succeeded' ORDER BY number DESC LIMIT 1")
        .optional(on)
        .await?;
    row.as_ref().map(run).transpose()
}

/// Runs of the customer that still say that they run, though somebody else holds the lease: their program stopped.
pub(crate) async fn interrupt_abandoned<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    but: RunId,
    now: Timestamp,
) -> Result<u64> {
    sql("UPDATE synch_run SET stage = 'interrupted', finished_at = $1 WHERE customer_id = $2 AND id <> $3 AND stage IN ('fetching', 'applying')")
        .bind(now)
        .bind(customer.uuid())
        .bind(but.uuid())
        .run(on)
        .await
}

pub(crate) async fn note_progress<'h>(
    on: impl Into<Handle<'h>>,
    id: RunId,
    stage: &Stage,
    pages: i64,
    people: i64,
    locations: i64,
) -> Result<()> {
    sql("UPDATE synch_run SET stage = $1, pages = $2, people = $3, locations = $4 WHERE id = $5")
        .bind(stage_key(stage))
        .bind(pages)
        .bind(people)
        .bind(locations)
        .bind(id.uuid())
        .run(on)
        .await
        .map(drop)
}

/// Ends the run in this stage.
pub(crate) async fn finish<'h>(
    on: impl Into<Handle<'h>>,
    id: RunId,
    stage: &Stage,
    now: Timestamp,
) -> Result<()> {
    let (changes, reason) = match stage {
        Stage::Succeeded { changes, .. } => (*changes, None),
        Stage::Refused { reason, .. } | Stage::Failed { reason, .. } => {
            (Changes::default(), Some(reason.as_str()))
        }
        Stage::Fetching | Stage::Applying | Stage::Interrupted { .. } => (Changes::default(), None),
    };
    sql("UPDATE synch_run SET stage = $1, finished_at = $2, reason = $3, added = $4, changed = $5, returned = $6, left_count = $7, unchanged = $8 WHERE id = $9")
        .bind(stage_key(stage))
        .bind(now)
        .bind(reason)
        .bind(changes.added)
        .bind(changes.changed)
        .bind(changes.returned)
        .bind(changes.left)
        .bind(changes.unchanged)
        .bind(id.uuid())
        .run(on)
        .await
        .map(drop)
}
