use std::collections::HashMap;

use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};
use webex::ScopeSet;

use super::grants::{self, GRANT_COLUMNS};
use crate::model::grant::{AccessTokenId, Grant, GrantId};
use crate::model::validity::ClientSide;

/// An access token without its secret.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub(crate) id: AccessTokenId,
    pub(crate) grant_id: GrantId,
    /// The grant's, or fewer where a refresh asked for fewer.
    pub(crate) scopes: ScopeSet,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) revoked_at: Option<Timestamp>,
}

/// Everything about a bearer that one statement can answer.
#[derive(Clone, Debug)]
pub(crate) struct Presented {
    pub(crate) token: AccessToken,
    pub(crate) grant: Grant,
    pub(crate) client: ClientSide,
}

const TOKEN_COLUMNS: &str = "t.id AS token_id, t.grant_id AS token_grant_id, t.scopes AS token_scopes, t.created_at AS token_created_at,
    t.expires_at AS token_expires_at, t.revoked_at AS token_revoked_at";

pub(crate) async fn insert(
    transaction: &mut Transaction,
    token: &AccessToken,
    token_hash: &str,
) -> Result<()> {
    let AccessToken {
        id,
        grant_id,
        scopes,
        created_at,
        expires_at,
        revoked_at: _,
    } = token;
    sql("INSERT INTO oauth_access_token (token_hash, id, grant_id, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(token_hash)
        .bind(id.uuid())
        .bind(grant_id.uuid())
        .bind(scopes.to_string())
        .bind(*created_at)
        .bind(*expires_at)
        .run(transaction)
        .await?;
    Ok(())
}

/// Looks a bearer up: one statement by primary keys.
pub(crate) async fn find(database: &Database, token_hash: &str) -> Result<Option<Presented>> {
    let found = find_many(database, &[token_hash.to_owned()]).await?;
    Ok(found.into_values().next())
}

/// Looks many bearers up, by their hashes.
pub(crate) async fn find_many(
    database: &Database,
    token_hashes: &[String],
) -> Result<HashMap<String, Presented>> {
    let rows = sql("SELECT t.token_hash, ")
        .push(TOKEN_COLUMNS)
        .push(", ")
        .push(GRANT_COLUMNS)
        .push(
            ", c.enabled, c.nothing_before, c.deleted_at, c.built_in FROM oauth_access_token t
              JOIN oauth_grant g ON g.id = t.grant_id
              JOIN oauth_client c ON c.client_id = g.client_id WHERE t.token_hash IN ",
        )
        .push_list(token_hashes.iter().map(String::as_str))
        .all(database)
        .await?;
    rows.iter()
        .map(|row| {
            let grant = grants::read(row)?;
            let client = grants::read_client_side(row, grant.granted_at)?;
            let presented = Presented {
                token: read(row)?,
                grant,
                client,
            };
            Ok((row.text("token_hash")?, presented))
        })
        .collect()
}

/// The token that administrators know by this id.
pub(crate) async fn by_id(database: &Database, id: AccessTokenId) -> Result<Option<AccessToken>> {
    let row = sql("SELECT ")
        .push(TOKEN_COLUMNS)
        .push(" FROM oauth_access_token t WHERE t.id = ")
        .push_bind(id.uuid())
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The tokens of these grants that have neither expired nor been revoked.
pub(crate) async fn of_grants(
    database: &Database,
    grants: &[GrantId],
    now: Timestamp,
) -> Result<Vec<AccessToken>> {
    let mut tokens = Vec::new();
    for some in grants.chunks(500) {
        let rows = sql("SELECT ")
            .push(TOKEN_COLUMNS)
            .push(" FROM oauth_access_token t WHERE t.revoked_at IS NULL AND t.expires_at > ")
            .push_bind(now)
            .push(" AND t.grant_id IN ")
            .push_list(some.iter().map(|grant| grant.uuid()))
            .push(" ORDER BY t.created_at, t.id")
            .all(database)
            .await?;
        for row in rows {
            tokens.push(read(&row)?);
        }
    }
    Ok(tokens)
}

/// Revokes one access token; its grant lives on.
pub(crate) async fn revoke<'h>(on: impl Into<Handle<'h>>, id: AccessTokenId, now: Timestamp) -> Result<bool> {
    let touched = sql("UPDATE oauth_access_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind(id.uuid())
        .bind(now)
        .run(on)
        .await?;
    Ok(touched == 1)
}

pub(crate) async fn sweep(database: &Database, older_than: Timestamp) -> Result<u64> {
    sql("DELETE FROM oauth_access_token WHERE expires_at < $1")
        .bind(older_than)
        .run(database)
        .await
}

fn read(row: &Row) -> Result<AccessToken> {
    Ok(AccessToken {
        id: AccessTokenId::new(row.uuid("token_id")?),
        grant_id: GrantId::new(row.uuid("token_grant_id")?),
        scopes: ScopeSet::parse(&row.text("token_scopes")?)?,
        created_at: row.moment("token_created_at")?,
        expires_at: row.moment("token_expires_at")?,
        revoked_at: row.optional_moment("token_revoked_at")?,
    })
}

/// Everything that has not expired expires now.
pub(crate) async fn expire_all(database: &Database, now: Timestamp) -> Result<u64> {
    sql("UPDATE oauth_access_token SET expires_at = $1 WHERE expires_at > $2 AND revoked_at IS NULL")
        .bind(now)
        .bind(now)
        .run(database)
        .await
}
