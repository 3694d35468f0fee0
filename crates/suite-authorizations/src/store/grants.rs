use std::time::Duration;

use kit::{Result, Timestamp};
use kit_sql::{Handle, Row, insert_rows, sql};
use suite_tenancy::CustomerId;
use webex::ScopeSet;

use crate::model::{Grant, GrantId, GrantState, IntegrationKey};

/// How long a renewal may take before another process may begin one. The number fences what comes late.
const LEASE: Duration = Duration::from_secs(45);

/// A grant with its sealed tokens.
pub(crate) struct StoredGrant {
    pub(crate) grant: Grant,
    pub(crate) access_token: Vec<u8>,
    pub(crate) refresh_token: Option<Vec<u8>>,
}

/// What a renewal brought, sealed.
pub(crate) struct Renewed {
    pub(crate) access_token: Vec<u8>,
    pub(crate) access_expires_at: Timestamp,
    pub(crate) refresh_token: Option<Vec<u8>>,
    pub(crate) refresh_expires_at: Option<Timestamp>,
    pub(crate) refresh_due_at: Timestamp,
    pub(crate) state: GrantState,
}

/// Who may renew, and which tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lease {
    pub(crate) id: GrantId,
    pub(crate) generation: i64,
    pub(crate) number: i64,
}

fn read(row: &Row) -> Result<StoredGrant> {
    let state = GrantState::from_parts(
        &row.text("stage")?,
        row.text("stage_reason")?,
        row.moment("stage_since")?,
    )?;
    let grant = Grant {
        id: GrantId::parse(&row.text("id")?)?,
        customer: CustomerId::parse(&row.text("customer_id")?)?,
        integration: IntegrationKey::from_word(&row.text("integration")?)?,
        organization_id: row.text("organization_id")?,
        person_id: row.text("person_id")?,
        person_name: row.text("person_name")?,
        person_email: row.text("person_email")?,
        authorized_at: row.moment("authorized_at")?,
        authorized_via: row.text("authorized_via")?,
        client_id: row.text("client_id")?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        access_expires_at: row.moment("access_expires_at")?,
        refresh_expires_at: row.optional_moment("refresh_expires_at")?,
        refreshed_at: row.moment("refreshed_at")?,
        refresh_due_at: row.moment("refresh_due_at")?,
        generation: row.integer("generation")?,
        state,
        failures: row.integer("failures")?,
        retry_at: row.moment("retry_at")?,
    };
    Ok(StoredGrant {
        grant,
        access_token: row.bytes("access_token")?,
        refresh_token: row.optional_bytes("refresh_token")?,
    })
}

pub(crate) async fn find<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    integration: IntegrationKey,
) -> Result<Option<StoredGrant>> {
    let row = sql("SELECT * FROM authorization_grant WHERE customer_id = $1 AND integration = $2")
        .bind(customer.uuid())
        .bind(integration.word())
        .optional(on)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn of_customer<'h>(on: impl Into<Handle<'h>>, customer: CustomerId) -> Result<Vec<Grant>> {
    let rows = sql("SELECT * FROM authorization_grant WHERE customer_id = $1")
        .bind(customer.uuid())
        .all(on)
        .await?;
    rows.iter().map(|row| Ok(read(row)?.grant)).collect()
}

/// Living grants whose renewal is due, the most urgent first.
pub(crate) async fn due<'h>(on: impl Into<Handle<'h>>, now: Timestamp, limit: i64) -> Result<Vec<Grant>> {
    let rows = sql(
        "SELECT * FROM authorization_grant WHERE refresh_due_at <= $1 AND retry_at <= $1 AND stage <> 'dead' ORDER BY refresh_due_at LIMIT $2",
    )
    .bind(now)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(|row| Ok(read(row)?.grant)).collect()
}

/// Makes it the authorization of the customer, in place of the one before.
pub(crate) async fn put<'h>(on: impl Into<Handle<'h>>, stored: &StoredGrant) -> Result<()> {
    const INSERT: &str = "INSERT INTO authorization_grant (customer_id, integration, id, organization_id, person_id, person_name, person_email, authorized_at, authorized_via, client_id, scopes, access_token, access_expires_at, refresh_token, refresh_expires_at, refreshed_at, refresh_due_at, generation, stage, stage_reason, stage_since, failures, retry_at, lease_number, lease_until)";
    const REPLACE: &str = "ON CONFLICT (customer_id, integration) DO UPDATE SET id = excluded.id, organization_id = excluded.organization_id, person_id = excluded.person_id, person_name = excluded.person_name, person_email = excluded.person_email, authorized_at = excluded.authorized_at, authorized_via = excluded.authorized_via, client_id = excluded.client_id, scopes = excluded.scopes, access_token = excluded.access_token, access_expires_at = excluded.access_expires_at, refresh_token = excluded.refresh_token, refresh_expires_at = excluded.refresh_expires_at, refreshed_at = excluded.refreshed_at, refresh_due_at = excluded.refresh_due_at, generation = excluded.generation, stage = excluded.stage, stage_reason = excluded.stage_reason, stage_since = excluded.stage_since, failures = excluded.failures, retry_at = excluded.retry_at, lease_number = excluded.lease_number, lease_until = excluded.lease_until";
    let StoredGrant {
        grant,
        access_token,
        refresh_token,
    } = stored;
    let Grant {
        id,
        customer,
        integration,
        organization_id,
        person_id,
        person_name,
        person_email,
        authorized_at,
        authorized_via,
        client_id,
        scopes,
        access_expires_at,
        refresh_expires_at,
        refreshed_at,
        refresh_due_at,
        generation,
        state,
        failures,
        retry_at,
    } = grant;
    let row = vec![
        customer.uuid().into(),
        integration.word().into(),
        id.uuid().into(),
        organization_id.into(),
        person_id.into(),
        person_name.into(),
        person_email.into(),
        (*authorized_at).into(),
        authorized_via.into(),
        client_id.into(),
        scopes.to_string().into(),
        access_token.clone().into(),
        (*access_expires_at).into(),
        refresh_token.clone().into(),
        (*refresh_expires_at).into(),
        (*refreshed_at).into(),
        (*refresh_due_at).into(),
        (*generation).into(),
        state.word().into(),
        state.reason().unwrap_or_default().into(),
        state.since().unwrap_or(*authorized_at).into(),
        (*failures).into(),
        (*retry_at).into(),
        0_i64.into(),
        0_i64.into(),
    ];
    insert_rows(on, INSERT, row.len(), vec![row], REPLACE).await?;
    Ok(())
}

/// Takes the right to renew these very tokens; `None` where somebody else has it or they were renewed already.
pub(crate) async fn take_lease<'h>(
    on: impl Into<Handle<'h>>,
    id: GrantId,
    generation: i64,
    now: Timestamp,
) -> Result<Option<Lease>> {
    let row = sql(
        "UPDATE authorization_grant SET lease_number = lease_number + 1, lease_until = $1 WHERE id = $2 AND generation = $3 AND lease_until <= $4 RETURNING lease_number",
    )
    .bind(now.plus(LEASE))
    .bind(id.uuid())
    .bind(generation)
    .bind(now)
    .optional(on)
    .await?;
    row.map(|row| {
        Ok(Lease {
            id,
            generation,
            number: row.integer("lease_number")?,
        })
    })
    .transpose()
}

/// Keeps what a renewal brought; false where others brought new tokens meanwhile. The generation is the fence, not the
/// lease: tokens that were given for these are the ones in force, even when they come late.
pub(crate) async fn renewed<'h>(
    on: impl Into<Handle<'h>>,
    lease: Lease,
    now: Timestamp,
    renewed: &Renewed,
) -> Result<bool> {
    let Renewed {
        access_token,
        access_expires_at,
        refresh_token,
        refresh_expires_at,
        refresh_due_at,
        state,
    } = renewed;
    let touched = sql(
        "UPDATE authorization_grant SET access_token = $1, access_expires_at = $2, refresh_token = $3, refresh_expires_at = $4, refresh_due_at = $5, refreshed_at = $6, stage = $7, stage_reason = $8, stage_since = $9, generation = generation + 1, failures = 0, retry_at = 0, lease_until = 0 WHERE id = $10 AND generation = $11",
    )
    .bind(access_token.clone())
    .bind(*access_expires_at)
    .bind(refresh_token.clone())
    .bind(*refresh_expires_at)
    .bind(*refresh_due_at)
    .bind(now)
    .bind(state.word())
    .bind(state.reason().unwrap_or_default())
    .bind(state.since().unwrap_or(now))
    .bind(lease.id.uuid())
    .bind(lease.generation)
    .run(on)
    .await?;
    Ok(touched == 1)
}

/// Keeps that a renewal brought nothing, and until when not to ask again; false where the lease was lost meanwhile.
pub(crate) async fn not_renewed<'h>(
    on: impl Into<Handle<'h>>,
    lease: Lease,
    state: &GrantState,
    now: Timestamp,
    retry_at: Timestamp,
) -> Result<bool> {
    let touched = sql(
        "UPDATE authorization_grant SET stage = $1, stage_reason = $2, stage_since = $3, failures = failures + 1, retry_at = $4, lease_until = 0 WHERE id = $5 AND generation = $6 AND lease_number = $7",
    )
    .bind(state.word())
    .bind(state.reason().unwrap_or_default())
    .bind(state.since().unwrap_or(now))
    .bind(retry_at)
    .bind(lease.id.uuid())
    .bind(lease.generation)
    .bind(lease.number)
    .run(on)
    .await?;
    Ok(touched == 1)
}

/// Keeps what a check found out about these very tokens.
pub(crate) async fn set_state<'h>(
    on: impl Into<Handle<'h>>,
    id: GrantId,
    generation: i64,
    state: &GrantState,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE authorization_grant SET stage = $1, stage_reason = $2, stage_since = $3 WHERE id = $4 AND generation = $5")
        .bind(state.word())
        .bind(state.reason().unwrap_or_default())
        .bind(state.since().unwrap_or(now))
        .bind(id.uuid())
        .bind(generation)
        .run(on)
        .await?;
    Ok(())
}

/// Lets the next renewal be tried at once.
pub(crate) async fn forget_failures<'h>(on: impl Into<Handle<'h>>, id: GrantId) -> Result<()> {
    sql("UPDATE authorization_grant SET failures = 0, retry_at = 0 WHERE id = $1")
        .bind(id.uuid())
        .run(on)
        .await?;
    Ok(())
}
