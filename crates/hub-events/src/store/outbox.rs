use kit::{Result, Timestamp, Uuid};
use kit_sql::{Transaction, sql};
use serde_json::json;

use crate::{Initiator, SecurityEvent, Subject, WebhookNews};

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
    insert(
        on,
        id,
        organization,
        at,
        "security",
        &subject_key,
        payload.to_string(),
    )
    .await
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
    insert(
        on,
        id,
        organization_id.uuid(),
        at,
        "webhook",
        &subject_key,
        payload.to_string(),
    )
    .await
}

async fn insert(
    on: &mut Transaction,
    id: Uuid,
    organization_id: Uuid,
    at: Timestamp,
    kind: &'static str,
    subject_key: &str,
    payload: String,
) -> Result<()> {
    sql("INSERT INTO events_outbox (id, organization_id, at, kind, subject_key, payload) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(organization_id)
        .bind(at)
        .bind(kind)
        .bind(subject_key)
        .bind(payload)
        .run(on)
        .await?;
    Ok(())
}
