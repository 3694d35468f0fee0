use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};

use crate::model::provider::{IdentityProvider, ProviderId};

const SELECT: &str =
    "SELECT id, organization_id, domain, issuer, client_id, sealed_secret, enabled, proven_at, updated_at
    FROM identity_provider ";

/// A provider with its sealed secret.
pub(crate) struct Stored {
    pub(crate) provider: IdentityProvider,
    pub(crate) sealed_secret: String,
}

pub(crate) async fn of_domain(database: &Database, domain: &str) -> Result<Option<IdentityProvider>> {
    let row = sql(SELECT)
        .push("WHERE domain = $1")
        .bind(domain)
        .optional(database)
        .await?;
    row.map(|row| Ok(read(&row)?.provider)).transpose()
}

pub(crate) async fn of_organization(
    database: &Database,
    organization: OrganizationId,
) -> Result<Vec<IdentityProvider>> {
    let rows = sql(SELECT)
        .push("WHERE organization_id = $1 ORDER BY domain")
        .bind(organization.uuid())
        .all(database)
        .await?;
    rows.iter().map(|row| Ok(read(row)?.provider)).collect()
}

pub(crate) async fn by_id<'h>(on: impl Into<Handle<'h>>, id: ProviderId) -> Result<Option<Stored>> {
    let row = sql(SELECT)
        .push("WHERE id = $1")
        .bind(id.uuid())
        .optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

pub(crate) async fn insert(transaction: &mut Transaction, stored: &Stored) -> Result<()> {
    let Stored {
        provider,
        sealed_secret,
    } = stored;
    let IdentityProvider {
        id,
        organization_id,
        domain,
        issuer,
        client_id,
        enabled,
        proven_at,
        updated_at,
    } = provider;
    sql("INSERT INTO identity_provider (id, organization_id, domain, issuer, client_id, sealed_secret, enabled, proven_at,
            created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(id.uuid())
    .bind(organization_id.uuid())
    .bind(domain)
    .bind(issuer)
    .bind(client_id)
    .bind(sealed_secret)
    .bind(*enabled)
    .bind(*proven_at)
    .bind(*updated_at)
    .bind(*updated_at)
    .run(transaction)
    .await?;
    Ok(())
}

/// Writes what can change: everything but id, organization and domain.
pub(crate) async fn update(transaction: &mut Transaction, stored: &Stored) -> Result<()> {
    let Stored {
        provider,
        sealed_secret,
    } = stored;
    sql("UPDATE identity_provider SET issuer = $2, client_id = $3, sealed_secret = $4, enabled = $5, proven_at = $6, updated_at = $7
         WHERE id = $1")
    .bind(provider.id.uuid())
    .bind(&provider.issuer)
    .bind(&provider.client_id)
    .bind(sealed_secret)
    .bind(provider.enabled)
    .bind(provider.proven_at)
    .bind(provider.updated_at)
    .run(transaction)
    .await?;
    Ok(())
}

/// Notes that the configuration of that moment works; a change meanwhile stays unproven.
pub(crate) async fn prove(
    transaction: &mut Transaction,
    provider: &IdentityProvider,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE identity_provider SET proven_at = $2 WHERE id = $1 AND updated_at = $3")
        .bind(provider.id.uuid())
        .bind(now)
        .bind(provider.updated_at)
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn delete(transaction: &mut Transaction, id: ProviderId) -> Result<()> {
    for statement in [
        "DELETE FROM external_identity WHERE provider_id = $1",
        "DELETE FROM external_sign_in WHERE provider_id = $1",
        "DELETE FROM identity_provider WHERE id = $1",
    ] {
        sql(statement).bind(id.uuid()).run(&mut *transaction).await?;
    }
    Ok(())
}

/// Another issuer has other accounts.
pub(crate) async fn forget_accounts(transaction: &mut Transaction, id: ProviderId) -> Result<()> {
    sql("DELETE FROM external_identity WHERE provider_id = $1")
        .bind(id.uuid())
        .run(transaction)
        .await?;
    Ok(())
}

/// A browser that was sent away.
pub(crate) struct Away {
    pub(crate) provider_id: ProviderId,
    pub(crate) browser_hash: String,
    pub(crate) nonce: String,
    pub(crate) sealed_verifier: String,
    pub(crate) return_to: String,
    pub(crate) tried_by: Option<PersonId>,
    pub(crate) expires_at: Timestamp,
}

pub(crate) async fn send_away(database: &Database, state_hash: &str, away: &Away) -> Result<()> {
    let Away {
        provider_id,
        browser_hash,
        nonce,
        sealed_verifier,
        return_to,
        tried_by,
        expires_at,
    } = away;
    sql("INSERT INTO external_sign_in (state_hash, provider_id, browser_hash, nonce, sealed_verifier, return_to, tried_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(state_hash)
    .bind(provider_id.uuid())
    .bind(browser_hash)
    .bind(nonce)
    .bind(sealed_verifier)
    .bind(return_to)
    .bind(tried_by.map(|person| person.to_string()))
    .bind(*expires_at)
    .run(database)
    .await?;
    Ok(())
}

/// The browser came back: its row goes, so that it comes back once.
pub(crate) async fn take_back(
    database: &Database,
    state_hash: &str,
    browser_hash: &str,
    now: Timestamp,
) -> Result<Option<Away>> {
    let row = sql(
        "DELETE FROM external_sign_in WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3
         RETURNING provider_id, browser_hash, nonce, sealed_verifier, return_to, tried_by, expires_at",
    )
    .bind(state_hash)
    .bind(browser_hash)
    .bind(now)
    .optional(database)
    .await?;
    row.map(|row| {
        Ok(Away {
            provider_id: ProviderId::new(row.uuid("provider_id")?),
            browser_hash: row.text("browser_hash")?,
            nonce: row.text("nonce")?,
            sealed_verifier: row.text("sealed_verifier")?,
            return_to: row.text("return_to")?,
            tried_by: row.optional_uuid("tried_by")?.map(PersonId::new),
            expires_at: row.moment("expires_at")?,
        })
    })
    .transpose()
}

pub(crate) async fn sweep_returns(database: &Database, now: Timestamp) -> Result<u64> {
    sql("DELETE FROM external_sign_in WHERE expires_at <= $1")
        .bind(now)
        .run(database)
        .await
}

/// Who has this account of the provider.
pub(crate) async fn person_of_subject(
    transaction: &mut Transaction,
    provider: ProviderId,
    subject: &str,
) -> Result<Option<PersonId>> {
    let row = sql("SELECT person_id FROM external_identity WHERE provider_id = $1 AND subject = $2")
        .bind(provider.uuid())
        .bind(subject)
        .optional(transaction)
        .await?;
    row.map(|row| Ok(PersonId::new(row.uuid("person_id")?)))
        .transpose()
}

/// Links an account of the provider to a person; false when one of the two is linked otherwise.
pub(crate) async fn link(
    transaction: &mut Transaction,
    provider: ProviderId,
    subject: &str,
    person: PersonId,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql(
        "INSERT INTO external_identity (provider_id, subject, person_id, linked_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind(provider.uuid())
    .bind(subject)
    .bind(person.uuid())
    .bind(now)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

fn read(row: &Row) -> Result<Stored> {
    Ok(Stored {
        provider: IdentityProvider {
            id: ProviderId::new(row.uuid("id")?),
            organization_id: OrganizationId::new(row.uuid("organization_id")?),
            domain: row.text("domain")?,
            issuer: row.text("issuer")?,
            client_id: row.text("client_id")?,
            enabled: row.boolean("enabled")?,
            proven_at: row.optional_moment("proven_at")?,
            updated_at: row.moment("updated_at")?,
        },
        sealed_secret: row.text("sealed_secret")?,
    })
}
