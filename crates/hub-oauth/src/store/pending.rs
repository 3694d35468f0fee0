use std::time::Duration;

use kit::{Result, Timestamp};
use kit_sql::{Database, Row, Transaction, sql};
use webex::ScopeSet;

use crate::model::authorization_request::{AuthorizationRequest, Prompt, ResponseType};
use crate::model::pkce::{Challenge, ChallengeMethod};

/// How long a person has to sign in and to decide.
pub(crate) const PENDING_LIFE: Duration = Duration::from_secs(10 * 60);

/// A request for authorization that waits for its person.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) id: String,
    pub(crate) request: AuthorizationRequest,
    pub(crate) created_at: Timestamp,
}

pub(crate) async fn insert(database: &Database, pending: &Pending, browser_hash: &str) -> Result<()> {
    let Pending {
        id,
        request,
        created_at,
    } = pending;
    let AuthorizationRequest {
        client_id,
        response_type,
        redirect_uri,
        redirect_uri_was_sent,
        scopes,
        state,
        nonce,
        challenge,
        prompt,
        max_age,
        login_hint,
    } = request;
    sql("INSERT INTO oauth_pending_authorization (id, browser_hash, client_id, redirect_uri, redirect_uri_was_sent, scopes,
            state, nonce, challenge, challenge_method, prompt, max_age_seconds, login_hint, created_at, expires_at, response_type)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)")
    .bind(id)
    .bind(browser_hash)
    .bind(client_id)
    .bind(redirect_uri)
    .bind(*redirect_uri_was_sent)
    .bind(scopes.to_string())
    .bind(state.clone())
    .bind(nonce.clone())
    .bind(challenge.as_ref().map(|challenge| challenge.value.as_str()))
    .bind(challenge.as_ref().map(|challenge| challenge.method.as_str()))
    .bind(prompt.as_str())
    .bind(max_age.map(|age| i64::try_from(age.as_secs()).unwrap_or(i64::MAX)))
    .bind(login_hint)
    .bind(*created_at)
    .bind(created_at.plus(PENDING_LIFE))
    .bind(response_type.as_str())
    .run(database)
    .await?;
    Ok(())
}

/// The undecided request with this id that was begun in this browser.
pub(crate) async fn find(
    database: &Database,
    id: &str,
    browser_hash: &str,
    now: Timestamp,
) -> Result<Option<Pending>> {
    let row = sql("SELECT * FROM oauth_pending_authorization
         WHERE id = $1 AND browser_hash = $2 AND expires_at > $3 AND decided_at IS NULL")
    .bind(id)
    .bind(browser_hash)
    .bind(now)
    .optional(database)
    .await?;
    row.map(|row| read(&row)).transpose()
}

/// Notes the decision; false when there was one before.
pub(crate) async fn decide(transaction: &mut Transaction, id: &str, now: Timestamp) -> Result<bool> {
    let touched = sql("UPDATE oauth_pending_authorization SET decided_at = $2
         WHERE id = $1 AND decided_at IS NULL AND expires_at > $2")
    .bind(id)
    .bind(now)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

pub(crate) async fn sweep(database: &Database, now: Timestamp) -> Result<u64> {
    sql("DELETE FROM oauth_pending_authorization WHERE expires_at < $1")
        .bind(now)
        .run(database)
        .await
}

fn read(row: &Row) -> Result<Pending> {
    let request = AuthorizationRequest {
        client_id: row.text("client_id")?,
        response_type: ResponseType::stored(&row.text("response_type")?),
        redirect_uri: row.text("redirect_uri")?,
        redirect_uri_was_sent: row.boolean("redirect_uri_was_sent")?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        state: row.optional_text("state")?,
        nonce: row.optional_text("nonce")?,
        challenge: read_challenge(row)?,
        prompt: Prompt::parse(&row.text("prompt")?).unwrap_or(Prompt::SignIn),
        max_age: row
            .optional_integer("max_age_seconds")?
            .map(|age| Duration::from_secs(u64::try_from(age).unwrap_or(0))),
        login_hint: row.text("login_hint")?,
    };
    Ok(Pending {
        id: row.text("id")?,
        request,
        created_at: row.moment("created_at")?,
    })
}

/// Reads the two columns in which a challenge is kept.
pub(crate) fn read_challenge(row: &Row) -> Result<Option<Challenge>> {
    let (value, method) = (
        row.optional_text("challenge")?,
        row.optional_text("challenge_method")?,
    );
    match (value, method) {
        (None, None) => Ok(None),
        (Some(value), Some(method)) => {
            let method = ChallengeMethod::parse(&method)
                .ok_or_else(|| kit::Error::internal(format!("a challenge by the method {method}")))?;
            Ok(Some(Challenge { method, value }))
        }
        _ => Err(kit::Error::internal("half a challenge")),
    }
}
