//! What waits to be delivered to webhooks. Whoever delivers holds the webhook by a lease with a number: what an older
//! holder still writes changes nothing.

use std::time::Duration;

use kit::{Result, Timestamp, Uuid};
use kit_sql::{Database, Transaction, sql};

/// How many requests of one owner run at the same time at the most: receivers that hang keep nobody else's waiting.
const MOST_OF_AN_OWNER: i64 = 4;

/// Something to deliver.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) id: Uuid,
    pub(crate) body: String,
    pub(crate) tries: i64,
}

pub(crate) async fn insert(
    on: &mut Transaction,
    id: Uuid,
    webhook_id: Uuid,
    body: String,
    now: Timestamp,
    place: i64,
) -> Result<()> {
    sql("INSERT INTO events_delivery (id, webhook_id, body, created_at, place, tries, next_try_at, last_error) VALUES ($1, $2, $3, $4, $5, 0, $4, '')")
        .bind(id)
        .bind(webhook_id)
        .bind(body)
        .bind(now)
        .bind(place)
        .run(on)
        .await?;
    Ok(())
}

/// How much waits for one webhook.
pub(crate) async fn waiting(on: &mut Transaction, webhook_id: Uuid) -> Result<i64> {
    sql("SELECT COUNT(*) AS waiting FROM events_delivery WHERE webhook_id = $1")
        .bind(webhook_id)
        .one(on)
        .await?
        .integer("waiting")
}

/// Webhooks that something is due for and that nobody holds, a few of each owner, each owner's first one first.
pub(crate) async fn due_webhooks(database: &Database, now: Timestamp, limit: i64) -> Result<Vec<Uuid>> {
    let rows = sql("SELECT id FROM (
            SELECT w.id, ROW_NUMBER() OVER (PARTITION BY w.person_id, w.client_id ORDER BY w.leased_until DESC, w.rest_until, w.id) AS turn, w.leased_until
            FROM events_webhook w
            WHERE w.status = 'active' AND w.rest_until <= $1
              AND (w.leased_until > $1 OR w.id IN (SELECT d.webhook_id FROM events_delivery d WHERE d.next_try_at <= $1))
        ) AS candidate WHERE turn <= $2 AND leased_until <= $1 ORDER BY turn, id LIMIT $3")
        .bind(now)
        .bind(MOST_OF_AN_OWNER)
        .bind(limit)
        .all(database)
        .await?;
    rows.iter().map(|row| row.uuid("id")).collect()
}

/// Takes the webhook, unless somebody has it; the number proves it from then on.
pub(crate) async fn claim(
    database: &Database,
    webhook_id: Uuid,
    now: Timestamp,
    lease: Duration,
) -> Result<Option<i64>> {
    let row = sql(
        "UPDATE events_webhook SET lease_number = lease_number + 1, leased_until = $3
         WHERE id = $1 AND leased_until <= $2 AND status = 'active' RETURNING lease_number",
    )
    .bind(webhook_id)
    .bind(now)
    .bind(now.plus(lease))
    .optional(database)
    .await?;
    row.map(|row| row.integer("lease_number")).transpose()
}

/// Gives the webhook back.
pub(crate) async fn release(database: &Database, webhook_id: Uuid, lease_number: i64) -> Result<()> {
    sql("UPDATE events_webhook SET leased_until = 0 WHERE id = $1 AND lease_number = $2")
        .bind(webhook_id)
        .bind(lease_number)
        .run(database)
        .await?;
    Ok(())
}

/// What is due for a webhook, the oldest first.
pub(crate) async fn due(
    database: &Database,
    webhook_id: Uuid,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let rows = sql("SELECT id, body, tries FROM events_delivery WHERE webhook_id = $1 AND next_try_at <= $2 ORDER BY created_at, place, id LIMIT $3")
        .bind(webhook_id)
        .bind(now)
        .bind(limit)
        .all(database)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Delivery {
                id: row.uuid("id")?,
                body: row.text("body")?,
                tries: row.integer("tries")?,
            })
        })
        .collect()
}

/// It was delivered. False for whoever does not hold the webhook any more.
pub(crate) async fn delivered(
    database: &Database,
    webhook_id: Uuid,
    lease_number: i64,
    delivery: Uuid,
) -> Result<bool> {
    let gone = sql("DELETE FROM events_delivery WHERE id = $1
         AND EXISTS (SELECT 1 FROM events_webhook WHERE id = $2 AND lease_number = $3)")
    .bind(delivery)
    .bind(webhook_id)
    .bind(lease_number)
    .run(database)
    .await?;
    Ok(gone == 1)
}

/// The receiver works again.
pub(crate) async fn recovered(database: &Database, webhook_id: Uuid, lease_number: i64) -> Result<()> {
    sql("UPDATE events_webhook SET failures = 0, failing_since = NULL WHERE id = $1 AND lease_number = $2")
        .bind(webhook_id)
        .bind(lease_number)
        .run(database)
        .await?;
    Ok(())
}

/// What a failed delivery does to its webhook.
pub(crate) struct Failed {
    pub(crate) failures: i64,
    pub(crate) failing_since: Timestamp,
    /// Nothing is tried before.
    pub(crate) rest_until: Timestamp,
}

/// Takes a failure down at the webhook. False for whoever does not hold it any more.
pub(crate) async fn failed(
    on: &mut Transaction,
    webhook_id: Uuid,
    lease_number: i64,
    failed: &Failed,
) -> Result<bool> {
    let touched = sql("UPDATE events_webhook SET failures = $3, failing_since = $4, rest_until = $5 WHERE id = $1 AND lease_number = $2")
        .bind(webhook_id)
        .bind(lease_number)
        .bind(failed.failures)
        .bind(failed.failing_since)
        .bind(failed.rest_until)
        .run(on)
        .await?;
    Ok(touched == 1)
}

/// Tries a delivery again later.
pub(crate) async fn again_at(
    on: &mut Transaction,
    delivery: Uuid,
    tries: i64,
    at: Timestamp,
    error: &str,
) -> Result<()> {
    sql("UPDATE events_delivery SET tries = $2, next_try_at = $3, last_error = $4 WHERE id = $1")
        .bind(delivery)
        .bind(tries)
        .bind(at)
        .bind(error)
        .run(on)
        .await?;
    Ok(())
}

/// Gives one delivery up.
pub(crate) async fn give_up(on: &mut Transaction, delivery: Uuid) -> Result<()> {
    sql("DELETE FROM events_delivery WHERE id = $1")
        .bind(delivery)
        .run(on)
        .await?;
    Ok(())
}

/// Switches the webhook off; what waited for it is forgotten.
pub(crate) async fn switch_off(on: &mut Transaction, webhook_id: Uuid, reason: &str) -> Result<()> {
    sql("UPDATE events_webhook SET status = 'inactive', status_reason = $2 WHERE id = $1")
        .bind(webhook_id)
        .bind(reason)
        .run(&mut *on)
        .await?;
    sql("DELETE FROM events_delivery WHERE webhook_id = $1")
        .bind(webhook_id)
        .run(on)
        .await?;
    Ok(())
}
