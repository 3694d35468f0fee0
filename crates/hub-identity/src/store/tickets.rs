use hub_directory::PersonId;
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};

use crate::model::ticket::{Ticket, TicketReason};

pub(crate) async fn insert<'h>(
    on: impl Into<Handle<'h>>,
    token_hash: &str,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<()> {
    let Ticket {
        person_id,
        reason,
        expires_at,
    } = ticket;
    sql("INSERT INTO password_ticket (token_hash, person_id, reason, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(token_hash)
        .bind(person_id.uuid())
        .bind(reason.word())
        .bind(now)
        .bind(*expires_at)
        .run(on)
        .await?;
    Ok(())
}

/// The ticket with this secret, if its time is not over.
pub(crate) async fn find(database: &Database, token_hash: &str, now: Timestamp) -> Result<Option<Ticket>> {
    let row = sql(
        "SELECT person_id, reason, expires_at FROM password_ticket WHERE token_hash = $1 AND expires_at > $2",
    )
    .bind(token_hash)
    .bind(now)
    .optional(database)
    .await?;
    row.map(|row| read(&row)).transpose()
}

/// Uses a ticket up; false when somebody else did, or something happened to the person meanwhile.
pub(crate) async fn take(transaction: &mut Transaction, token_hash: &str, now: Timestamp) -> Result<bool> {
    let touched = sql("DELETE FROM password_ticket WHERE token_hash = $1 AND expires_at > $2")
        .bind(token_hash)
        .bind(now)
        .run(transaction)
        .await?;
    Ok(touched == 1)
}

pub(crate) async fn remove_of(transaction: &mut Transaction, person: PersonId) -> Result<()> {
    sql("DELETE FROM password_ticket WHERE person_id = $1")
        .bind(person.uuid())
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn sweep(database: &Database, now: Timestamp) -> Result<u64> {
    sql("DELETE FROM password_ticket WHERE expires_at <= $1")
        .bind(now)
        .run(database)
        .await
}

fn read(row: &Row) -> Result<Ticket> {
    Ok(Ticket {
        person_id: PersonId::new(row.uuid("person_id")?),
        reason: TicketReason::parse(&row.text("reason")?)?,
        expires_at: row.moment("expires_at")?,
    })
}
