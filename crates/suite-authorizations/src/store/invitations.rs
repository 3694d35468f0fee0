use kit::{Result, Timestamp};
use kit_sql::{Handle, Row, sql};
use suite_tenancy::CustomerId;

use crate::model::{IntegrationKey, Invitation, InvitationId};

fn read(row: &Row) -> Result<Invitation> {
    let integrations = row.text("integrations")?;
    Ok(Invitation {
        id: InvitationId::parse(&row.text("id")?)?,
        customer: CustomerId::parse(&row.text("customer_id")?)?,
        recipient: row.text("recipient")?,
        integrations: integrations
            .split(' ')
            .map(IntegrationKey::from_word)
            .collect::<Result<_>>()?,
        created_by: row.text("created_by")?,
        created_at: row.moment("created_at")?,
        expires_at: row.moment("expires_at")?,
        max_uses: row.integer("max_uses")?,
        uses: row.integer("uses")?,
        revoked_at: row.optional_moment("revoked_at")?,
    })
}

pub(crate) async fn insert<'h>(
    on: impl Into<Handle<'h>>,
    invitation: &Invitation,
    secret_hash: &str,
) -> Result<()> {
    let Invitation {
        id,
        customer,
        recipient,
        integrations,
        created_by,
        created_at,
        expires_at,
        max_uses,
        uses,
        revoked_at,
    } = invitation;
    let words: Vec<&str> = integrations
        .iter()
        .map(|integration| integration.word())
        .collect();
    sql("INSERT INTO authorization_invitation (id, customer_id, secret_hash, recipient, integrations, created_by, created_at, expires_at, max_uses, uses, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(id.uuid())
        .bind(customer.uuid())
        .bind(secret_hash)
        .bind(recipient)
        .bind(words.join(" "))
        .bind(created_by)
        .bind(*created_at)
        .bind(*expires_at)
        .bind(*max_uses)
        .bind(*uses)
        .bind(*revoked_at)
        .run(on)
        .await?;
    Ok(())
}

/// The invitation and the hash of its secret.
pub(crate) async fn find<'h>(
    on: impl Into<Handle<'h>>,
    id: InvitationId,
) -> Result<Option<(Invitation, String)>> {
    let row = sql("SELECT * FROM authorization_invitation WHERE id = $1")
        .bind(id.uuid())
        .optional(on)
        .await?;
    row.map(|row| Ok((read(&row)?, row.text("secret_hash")?)))
        .transpose()
}

/// The invitations of a customer, the newest first.
pub(crate) async fn of_customer<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<Invitation>> {
    let rows = sql(
        "SELECT * FROM authorization_invitation WHERE customer_id = $1 ORDER BY created_at DESC, id LIMIT $2",
    )
    .bind(customer.uuid())
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(read).collect()
}

/// Counts a use; false where none is left, or the link is revoked or too old.
pub(crate) async fn use_once<'h>(
    on: impl Into<Handle<'h>>,
    id: InvitationId,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql("UPDATE authorization_invitation SET uses = uses + 1 WHERE id = $1 AND uses < max_uses AND revoked_at IS NULL AND expires_at > $2")
        .bind(id.uuid())
        .bind(now)
        .run(on)
        .await?;
    Ok(touched == 1)
}

/// Takes the link back; false where it was taken back before.
pub(crate) async fn revoke<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    id: InvitationId,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql("UPDATE authorization_invitation SET revoked_at = $1 WHERE id = $2 AND customer_id = $3 AND revoked_at IS NULL")
        .bind(now)
        .bind(id.uuid())
        .bind(customer.uuid())
        .run(on)
        .await?;
    Ok(touched == 1)
}
