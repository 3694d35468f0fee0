use kit::{Error, Result};
use kit_sql::{Argument, Handle, Row, Transaction, insert_rows, sql};

use crate::model::{FieldChange, RunId};
use crate::usecases::{ChangeKind, RunChange};

/// A change on its way into a run's list.
pub(crate) struct NewChange {
    pub(crate) person_id: String,
    pub(crate) kind: ChangeKind,
    pub(crate) display_name: String,
    pub(crate) sort_key: String,
    pub(crate) fields: Vec<FieldChange>,
}

pub(crate) async fn insert(on: &mut Transaction, run: RunId, changes: Vec<NewChange>) -> Result<()> {
    let mut rows: Vec<Vec<Argument>> = Vec::with_capacity(changes.len());
    for NewChange {
        person_id,
        kind,
        display_name,
        sort_key,
        fields,
    } in changes
    {
        let detail = serde_json::to_string(&fields).map_err(Error::internal)?;
        rows.push(vec![
            run.uuid().into(),
            person_id.into(),
            kind.key().into(),
            display_name.into(),
            sort_key.into(),
            detail.into(),
        ]);
    }
    insert_rows(
        on,
        "INSERT INTO synch_change (run_id, person_id, kind, display_name, sort_key, detail)",
        6,
        rows,
        "",
    )
    .await
    .map(drop)
}

pub(crate) async fn list<'h>(
    on: impl Into<Handle<'h>>,
    run: RunId,
    kind: Option<ChangeKind>,
    offset: i64,
    limit: i64,
) -> Result<Vec<RunChange>> {
    let mut statement = sql("SELECT c.run_id, r.number, r.finished_at, c.person_id, c.kind, c.display_name, c.detail FROM synch_change c JOIN synch_run r ON r.id = c.run_id WHERE r.stage = 'succeeded' AND c.run_id = ").push_bind(run.uuid());
    if let Some(kind) = kind {
        statement = statement.push(" AND c.kind = ").push_bind(kind.key());
    }
    let statement = statement
        .push(" ORDER BY c.sort_key, c.person_id LIMIT ")
        .push_bind(limit)
        .push(" OFFSET ")
        .push_bind(offset);
    statement.all(on).await?.iter().map(change).collect()
}

pub(crate) async fn count<'h>(
    on: impl Into<Handle<'h>>,
    run: RunId,
    kind: Option<ChangeKind>,
) -> Result<i64> {
    let mut statement = sql("SELECT COUNT(*) AS n FROM synch_change WHERE run_id = ").push_bind(run.uuid());
    if let Some(kind) = kind {
        statement = statement.push(" AND kind = ").push_bind(kind.key());
    }
    statement.one(on).await?.integer("n")
}

/// What happened to one person, the newest first.
pub(crate) async fn of_person<'h>(
    on: impl Into<Handle<'h>>,
    customer: suite_tenancy::CustomerId,
    person_id: &str,
    limit: i64,
) -> Result<Vec<RunChange>> {
    let rows = sql("SELECT c.run_id, r.number, r.finished_at, c.person_id, c.kind, c.display_name, c.detail FROM synch_change c JOIN synch_run r ON r.id = c.run_id WHERE r.stage = 'succeeded' AND r.customer_id = $1 AND c.person_id = $2 ORDER BY r.number DESC LIMIT $3")
        .bind(customer.uuid())
        .bind(person_id)
        .bind(limit)
        .all(on)
        .await?;
    rows.iter().map(change).collect()
}

fn change(row: &Row) -> Result<RunChange> {
    Ok(RunChange {
        run_number: row.integer("number")?,
        at: row.moment("finished_at")?,
        person_id: row.text("person_id")?,
        kind: ChangeKind::from_key(&row.text("kind")?)?,
        display_name: row.text("display_name")?,
        fields: serde_json::from_str(&row.text("detail")?).map_err(Error::internal)?,
    })
}

/// Forgets the list of a run that changed nothing.
pub(crate) async fn clear<'h>(on: impl Into<Handle<'h>>, run: RunId) -> Result<()> {
    sql("DELETE FROM synch_change WHERE run_id = $1")
        .bind(run.uuid())
        .run(on)
        .await
        .map(drop)
}

/// Forgets the lists of old runs; the runs themselves stay.
pub(crate) async fn forget_before<'h>(
    on: impl Into<Handle<'h>>,
    customer: suite_tenancy::CustomerId,
    number: i64,
) -> Result<()> {
    sql("DELETE FROM synch_change WHERE run_id IN (SELECT id FROM synch_run WHERE customer_id = $1 AND number < $2)")
        .bind(customer.uuid())
        .bind(number)
        .run(on)
        .await
        .map(drop)
}
