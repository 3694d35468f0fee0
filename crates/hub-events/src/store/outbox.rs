use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::{Database, Row, Transaction, sql};
use serde_json::{Value, json};

use crate::{Initiator, SecurityEvent, Subject, WebhookNews};

/// A security event.
pub(crate) const SECURITY: &str = "security";
/// News for webhooks.
pub(crate) const WEBHOOK: &str = "webhook";

/// Something that was not yet handed to those who may hear of it.
#[derive(Clone, Debug)]
pub(crate) struct OutboxRow {
    pub(crate) id: Uuid,
    pub(crate) organization_id: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) kind: String,
    pub(crate) subject_key: String,
    /// Its place among the events of its subject; 0 for news, which have no order.
    pub(crate) number: i64,
    pub(crate) payload: Value,
}

/// A row of the kind `security`.
pub(crate) async fn insert_security_event(
    on: &mut Transaction,
    id: Uuid,
    at: Timestamp,
    event: &SecurityEvent,
) -> Result<()> {
    let SecurityEvent {
        organization_id,
        subject,
        kind,
        initiator,
        reason,
    } = event;
    let organization = organization_id.uuid();
    let (subject_key, subject) = match subject {
        Subject::Person(person) => (
            format!("person {person}"),
            json!({"person": person.uuid().to_string()}),
        ),
        Subject::Client { client_id } => (
            format!("client {organization} {client_id}"),
            json!({"client": client_id}),
        ),
        Subject::Grant {
            grant_id,
            person_id,
            client_id,
        } => (
            format!("person {person_id}"),
            json!({"grant": grant_id.to_string(), "person": person_id.uuid().to_string(), "client": client_id}),
        ),
        Subject::Organization => (format!("organization {organization}"), json!({})),
    };
    let initiator = match initiator {
        Initiator::Admin => "admin",
        Initiator::User => "user",
        Initiator::Policy => "policy",
        Initiator::System => "system",
    };
    let payload = json!({"event": kind.word(), "subject": subject, "initiator": initiator, "reason": reason});
    let (number, at) = next_place(on, &subject_key, at).await?;
    let row = OutboxRow {
        id,
        organization_id: organization,
        at,
        kind: SECURITY.to_owned(),
        subject_key,
        number,
        payload,
    };
    insert(on, &row).await
}

/// The next place among the events of a subject, and a moment that is not before that of the event before. The subject is held
/// until the transaction ends: its events are numbered in the order in which their causes commit.
async fn next_place(on: &mut Transaction, subject_key: &str, at: Timestamp) -> Result<(i64, Timestamp)> {
    let row = sql("INSERT INTO events_subject (subject_key, last_number, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (subject_key) DO UPDATE SET last_number = events_subject.last_number + 1,
            last_at = CASE WHEN excluded.last_at > events_subject.last_at THEN excluded.last_at ELSE events_subject.last_at END
         RETURNING last_number, last_at")
    .bind(subject_key)
    .bind(at)
    .one(on)
    .await?;
    Ok((row.integer("last_number")?, row.moment("last_at")?))
}

/// A row of the kind `webhook`.
pub(crate) async fn insert_webhook_news(
    on: &mut Transaction,
    id: Uuid,
    at: Timestamp,
    news: &WebhookNews,
) -> Result<()> {
    let WebhookNews {
        organization_id,
        resource,
        event,
        actor_id,
        owner_client_id,
        owner_person_id,
        data,
    } = news;
    let payload = json!({
        "resource": resource,
        "event": event,
        "actor": actor_id.map(|actor| actor.uuid().to_string()),
        "owner": owner_client_id,
        "owner_person": owner_person_id.map(|owner| owner.uuid().to_string()),
        "data": data,
    });
    let subject_key = format!("resource {resource}");
    let row = OutboxRow {
        id,
        organization_id: organization_id.uuid(),
        at,
        kind: WEBHOOK.to_owned(),
        subject_key,
        number: 0,
        payload,
    };
    insert(on, &row).await
}

async fn insert(on: &mut Transaction, row: &OutboxRow) -> Result<()> {
    let OutboxRow {
        id,
        organization_id,
        at,
        kind,
        subject_key,
        number,
        payload,
    } = row;
    sql("INSERT INTO events_outbox (id, organization_id, at, kind, subject_key, number, payload) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(*id)
        .bind(*organization_id)
        .bind(*at)
        .bind(kind.as_str())
        .bind(subject_key.as_str())
        .bind(*number)
        .bind(payload.to_string())
        .run(on)
        .await?;
    Ok(())
}

/// What was not yet handed out. There is no position to read from: whatever commits late is still there.
pub(crate) async fn oldest(database: &Database, limit: i64) -> Result<Vec<OutboxRow>> {
    let rows = sql("SELECT id, organization_id, at, kind, subject_key, number, payload FROM events_outbox ORDER BY at, number, id LIMIT $1")
        .bind(limit)
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

/// Takes these rows out; the answer holds the ids of those that were still there.
pub(crate) async fn take(on: &mut Transaction, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let rows = sql("DELETE FROM events_outbox WHERE id IN ")
        .push_list(ids.iter().copied())
        .push(" RETURNING id")
        .all(on)
        .await?;
    rows.iter().map(|row| row.uuid("id")).collect()
}

/// Lets nobody else hand out until the transaction ends.
pub(crate) async fn hold_turn(on: &mut Transaction, name: &'static str) -> Result<()> {
    sql("INSERT INTO events_turn (name, number) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET number = events_turn.number + 1")
        .bind(name)
        .run(on)
        .await?;
    Ok(())
}

fn read(row: &Row) -> Result<OutboxRow> {
    Ok(OutboxRow {
        id: row.uuid("id")?,
        organization_id: row.uuid("organization_id")?,
        at: row.moment("at")?,
        kind: row.text("kind")?,
        subject_key: row.text("subject_key")?,
        number: row.integer("number")?,
        payload: serde_json::from_str(&row.text("payload")?).map_err(Error::internal)?,
    })
}
