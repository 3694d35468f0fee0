use kit::{Result, Timestamp};
use kit_sql::{Handle, Row, insert_rows, sql};
use suite_tenancy::CustomerId;
use webex::ScopeSet;

use crate::model::{Attempt, AttemptId, AttemptStage, IntegrationKey, InvitationId};

/// An attempt with what is sealed.
pub(crate) struct StoredAttempt {
    pub(crate) attempt: Attempt,
    pub(crate) verifier: Vec<u8>,
    pub(crate) unconfirmed: Option<Vec<u8>>,
}

fn read(row: &Row) -> Result<StoredAttempt> {
    let stage = AttemptStage::from_parts(
        &row.text("stage")?,
        row.text("stage_reason")?,
        row.text("organization_id")?,
        row.text("organization_name")?,
    )?;
    let attempt = Attempt {
        id: AttemptId::parse(&row.text("id")?)?,
        customer: CustomerId::parse(&row.text("customer_id")?)?,
        integration: IntegrationKey::from_word(&row.text("integration")?)?,
        browser_hash: row.text("browser_hash")?,
        invitation: row
            .optional_text("invitation_id")?
            .map(|id| InvitationId::parse(&id))
            .transpose()?,
        begun_by: row.text("begun_by")?,
        begun_at: row.moment("begun_at")?,
        expires_at: row.moment("expires_at")?,
        nonce_hash: row.text("nonce_hash")?,
        redirect_uri: row.text("redirect_uri")?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        stage,
        stage_since: row.moment("stage_since")?,
    };
    Ok(StoredAttempt {
        attempt,
        verifier: row.bytes("verifier")?,
        unconfirmed: row.optional_bytes("unconfirmed")?,
    })
}

pub(crate) async fn insert<'h>(
    on: impl Into<Handle<'h>>,
    attempt: &Attempt,
    state_hash: &str,
    verifier: Vec<u8>,
) -> Result<()> {
    const INSERT: &str = "INSERT INTO authorization_attempt (id, state_hash, customer_id, integration, browser_hash, invitation_id, begun_by, begun_at, expires_at, nonce_hash, verifier, redirect_uri, scopes, stage, stage_reason, stage_since, organization_id, organization_name)";
    let Attempt {
        id,
        customer,
        integration,
        browser_hash,
        invitation,
        begun_by,
        begun_at,
        expires_at,
        nonce_hash,
        redirect_uri,
        scopes,
        stage,
        stage_since,
    } = attempt;
    let row = vec![
        id.uuid().into(),
        state_hash.into(),
        customer.uuid().into(),
        integration.word().into(),
        browser_hash.into(),
        invitation.map(|id| id.to_string()).into(),
        begun_by.into(),
        (*begun_at).into(),
        (*expires_at).into(),
        nonce_hash.into(),
        verifier.into(),
        redirect_uri.into(),
        scopes.to_string().into(),
        stage.word().into(),
        "".into(),
        (*stage_since).into(),
        "".into(),
        "".into(),
    ];
    insert_rows(on, INSERT, row.len(), vec![row], "").await?;
    Ok(())
}

pub(crate) async fn find_by_state<'h>(
    on: impl Into<Handle<'h>>,
    state_hash: &str,
) -> Result<Option<StoredAttempt>> {
    let row = sql("SELECT * FROM authorization_attempt WHERE state_hash = $1")
        .bind(state_hash)
        .optional(on)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, id: AttemptId) -> Result<Option<StoredAttempt>> {
    let row = sql("SELECT * FROM authorization_attempt WHERE id = $1")
        .bind(id.uuid())
        .optional(on)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The last attempt for each integration of the customer.
pub(crate) async fn latest_of_customer<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
) -> Result<Vec<Attempt>> {
    let rows = sql(
        "SELECT a.* FROM authorization_attempt a WHERE a.customer_id = $1 AND NOT EXISTS (SELECT 1 FROM authorization_attempt later WHERE later.customer_id = a.customer_id AND later.integration = a.integration AND (later.begun_at > a.begun_at OR (later.begun_at = a.begun_at AND later.id > a.id)))",
    )
    .bind(customer.uuid())
    .all(on)
    .await?;
    rows.iter().map(|row| Ok(read(row)?.attempt)).collect()
}

/// Takes an open attempt for the exchange; false where it was taken before. A state is good for one return.
pub(crate) async fn take<'h>(on: impl Into<Handle<'h>>, id: AttemptId, now: Timestamp) -> Result<bool> {
    let touched = sql("UPDATE authorization_attempt SET stage = 'exchanging', stage_since = $1 WHERE id = $2 AND stage = 'open' AND expires_at > $1")
        .bind(now)
        .bind(id.uuid())
        .run(on)
        .await?;
    Ok(touched == 1)
}

/// Moves an attempt on; false where it is not at `from` any more. Everything secret is forgotten but what
/// an unconfirmed one keeps sealed.
pub(crate) async fn advance<'h>(
    on: impl Into<Handle<'h>>,
    id: AttemptId,
    from: &str,
    stage: &AttemptStage,
    unconfirmed: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<bool> {
    let (reason, organization_id, organization_name) = match stage {
        AttemptStage::Unconfirmed {
            organization_id,
            organization_name,
        } => ("", organization_id.as_str(), organization_name.as_str()),
        AttemptStage::Refused { reason } => (reason.as_str(), "", ""),
        AttemptStage::Open | AttemptStage::Exchanging | AttemptStage::Completed => ("", "", ""),
    };
    let touched = sql(
        "UPDATE authorization_attempt SET stage = $1, stage_reason = $2, organization_id = $3, organization_name = $4, unconfirmed = $5, verifier = $6, stage_since = $7 WHERE id = $8 AND stage = $9",
    )
    .bind(stage.word())
    .bind(reason)
    .bind(organization_id)
    .bind(organization_name)
    .bind(unconfirmed)
    .bind(Vec::new())
    .bind(now)
    .bind(id.uuid())
    .bind(from)
    .run(on)
    .await?;
    Ok(touched == 1)
}

/// Unconfirmed attempts that nobody confirmed in time.
pub(crate) async fn forgotten<'h>(on: impl Into<Handle<'h>>, now: Timestamp) -> Result<Vec<StoredAttempt>> {
    let rows = sql("SELECT * FROM authorization_attempt WHERE stage = 'unconfirmed' AND expires_at <= $1 ORDER BY expires_at LIMIT 100")
        .bind(now)
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

/// Removes attempts that ended before `before`.
pub(crate) async fn remove_old<'h>(on: impl Into<Handle<'h>>, before: Timestamp) -> Result<u64> {
    sql("DELETE FROM authorization_attempt WHERE expires_at < $1 AND stage <> 'unconfirmed'")
        .bind(before)
        .run(on)
        .await
}
