use hub_directory::{OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::{Result, Timestamp};
use kit_sql::{Database, Row, Transaction, sql};
use webex::ScopeSet;

use super::pending::read_challenge;
use crate::model::code::{Code, CodeState};
use crate::model::grant::GrantId;

pub(crate) async fn insert(transaction: &mut Transaction, code: &Code, code_hash: &str) -> Result<()> {
    let Code {
        client_id,
        person_id,
        organization_id,
        redirect_uri,
        redirect_uri_was_sent,
        scopes,
        nonce,
        challenge,
        signed_in_at,
        epochs,
        created_at,
    } = code;
    sql("INSERT INTO oauth_code (code_hash, client_id, person_id, organization_id, redirect_uri, redirect_uri_was_sent, scopes,
            nonce, challenge, challenge_method, signed_in_at, epoch_everything, epoch_administrative, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    .bind(code_hash)
    .bind(client_id)
    .bind(person_id.uuid())
    .bind(organization_id.uuid())
    .bind(redirect_uri)
    .bind(*redirect_uri_was_sent)
    .bind(scopes.to_string())
    .bind(nonce.clone())
    .bind(challenge.as_ref().map(|challenge| challenge.value.as_str()))
    .bind(challenge.as_ref().map(|challenge| challenge.method.as_str()))
    .bind(*signed_in_at)
    .bind(epochs.everything)
    .bind(epochs.administrative)
    .bind(*created_at)
    .run(transaction)
    .await?;
    Ok(())
}

pub(crate) async fn find(database: &Database, code_hash: &str) -> Result<Option<(Code, CodeState)>> {
    let row = sql("SELECT * FROM oauth_code WHERE code_hash = $1")
        .bind(code_hash)
        .optional(database)
        .await?;
    row.map(|row| Ok((read(&row)?, read_state(&row)?))).transpose()
}

/// Notes what the code became; false when it is not fresh any more.
pub(crate) async fn redeem(transaction: &mut Transaction, code_hash: &str, grant: GrantId) -> Result<bool> {
    let touched = sql("UPDATE oauth_code SET redeemed_as = $2 WHERE code_hash = $1 AND redeemed_as IS NULL AND revoked_at IS NULL")
        .bind(code_hash)
        .bind(grant.uuid())
        .run(transaction)
        .await?;
    Ok(touched == 1)
}

/// Takes back what a person has consented to and the client has not fetched yet.
pub(crate) async fn revoke_of_person(
    transaction: &mut Transaction,
    person: PersonId,
    client_id: &str,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE oauth_code SET revoked_at = $3 WHERE person_id = $1 AND client_id = $2 AND revoked_at IS NULL")
        .bind(person.uuid())
        .bind(client_id)
        .bind(now)
        .run(transaction)
        .await?;
    Ok(())
}

/// The same for a whole organization.
pub(crate) async fn revoke_of_organization(
    transaction: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE oauth_code SET revoked_at = $3 WHERE organization_id = $1 AND client_id = $2 AND revoked_at IS NULL")
        .bind(organization.uuid())
        .bind(client_id)
        .bind(now)
        .run(transaction)
        .await?;
    Ok(())
}

/// The same for everything that a client may still fetch.
pub(crate) async fn revoke_of_client(
    transaction: &mut Transaction,
    client_id: &str,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE oauth_code SET revoked_at = $2 WHERE client_id = $1 AND revoked_at IS NULL")
        .bind(client_id)
        .bind(now)
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn sweep(database: &Database, older_than: Timestamp) -> Result<u64> {
    sql("DELETE FROM oauth_code WHERE created_at < $1")
        .bind(older_than)
        .run(database)
        .await
}

fn read(row: &Row) -> Result<Code> {
    Ok(Code {
        client_id: row.text("client_id")?,
        person_id: PersonId::new(row.uuid("person_id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        redirect_uri: row.text("redirect_uri")?,
        redirect_uri_was_sent: row.boolean("redirect_uri_was_sent")?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        nonce: row.optional_text("nonce")?,
        challenge: read_challenge(row)?,
        signed_in_at: row.moment("signed_in_at")?,
        epochs: Epochs {
            everything: row.integer("epoch_everything")?,
            administrative: row.integer("epoch_administrative")?,
        },
        created_at: row.moment("created_at")?,
    })
}

fn read_state(row: &Row) -> Result<CodeState> {
    // A redeemed code stays one when it is taken back later: whoever brings it again still ends its grant.
    Ok(
        match (
            row.optional_uuid("redeemed_as")?,
            row.optional_moment("revoked_at")?,
        ) {
            (Some(grant), _) => CodeState::Redeemed(GrantId::new(grant)),
            (None, Some(_)) => CodeState::Revoked,
            (None, None) => CodeState::Fresh,
        },
    )
}
