//! What became of jobs.

use hub_directory::{LocationId, OrganizationId, PersonId};
use kit::{Error, Result, Uuid};
use kit_sql::{Handle, Row, Transaction, insert_rows, sql};

use crate::model::{Job, JobError, Operation};

const SELECT: &str = "SELECT id, organization_id, instance, person_id, tracking_id, operation, source_location_id, target_location_id, \
     created_at, total, failed FROM number_job";

/// The number that the next job of an organization gets.
pub(crate) async fn next_instance(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
) -> Result<i64> {
    sql("SELECT COALESCE(MAX(instance), 0) + 1 AS n FROM number_job WHERE organization_id = $1")
        .bind(organization_id.uuid())
        .one(transaction)
        .await?
        .integer("n")
}

pub(crate) async fn insert(transaction: &mut Transaction, job: &Job, errors: &[JobError]) -> Result<()> {
    let row = vec![
        job.id.into(),
        job.organization_id.uuid().into(),
        job.instance.into(),
        job.person_id.uuid().into(),
        (&job.tracking_id).into(),
        job.operation.word().into(),
        job.source_location_id.map(|id| id.to_string()).into(),
        job.target_location_id.map(|id| id.to_string()).into(),
        job.created_at.into(),
        job.total.into(),
        job.failed.into(),
    ];
    let insert = "INSERT INTO number_job (id, organization_id, instance, person_id, tracking_id, operation, source_location_id, \
         target_location_id, created_at, total, failed)";
    insert_rows(&mut *transaction, insert, row.len(), vec![row], "").await?;
    let rows = errors.iter().zip(1_i64..).map(|(error, position)| {
        vec![
            job.id.into(),
            position.into(),
            (&error.number).into(),
            error.status.into(),
            (&error.sentence).into(),
            error.location_id.uuid().into(),
        ]
    });
    let insert = "INSERT INTO number_job_error (job_id, position, number, status, sentence, location_id)";
    insert_rows(transaction, insert, 6, rows.collect(), "")
        .await
        .map(|_| ())
}

/// The newest first.
pub(crate) async fn page(
    on: Handle<'_>,
    organization_id: OrganizationId,
    offset: i64,
    limit: i64,
) -> Result<Vec<Job>> {
    let rows = sql(SELECT)
        .push(" WHERE organization_id = $1 ORDER BY instance DESC LIMIT $2 OFFSET $3")
        .bind(organization_id.uuid())
        .bind(limit)
        .bind(offset)
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn by_id(on: Handle<'_>, organization_id: OrganizationId, id: Uuid) -> Result<Option<Job>> {
    let row = sql(SELECT)
        .push(" WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.uuid())
        .bind(id)
        .optional(on)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn errors_of(on: Handle<'_>, id: Uuid) -> Result<Vec<JobError>> {
    let rows = sql("SELECT number, status, sentence, location_id FROM number_job_error WHERE job_id = $1 ORDER BY position")
        .bind(id)
        .all(on)
        .await?;
    let read = |row: &Row| {
        Ok(JobError {
            number: row.text("number")?,
            status: row.integer("status")?,
            sentence: row.text("sentence")?,
            location_id: LocationId::new(row.uuid("location_id")?),
        })
    };
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Job> {
    let word = row.text("operation")?;
    Ok(Job {
        id: row.uuid("id")?,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        instance: row.integer("instance")?,
        person_id: PersonId::new(row.uuid("person_id")?),
        tracking_id: row.text("tracking_id")?,
        operation: Operation::from_word(&word)
            .ok_or_else(|| Error::internal(format!("operation holds {word}")))?,
        source_location_id: row.optional_uuid("source_location_id")?.map(LocationId::new),
        target_location_id: row.optional_uuid("target_location_id")?.map(LocationId::new),
        created_at: row.moment("created_at")?,
        total: row.integer("total")?,
        failed: row.integer("failed")?,
    })
}
