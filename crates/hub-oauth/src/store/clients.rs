use std::collections::HashMap;
use std::time::Duration;

use kit::{Result, Timestamp};
use kit_sql::{Argument, Database, Handle, Row, Transaction, insert_rows, sql};
use webex::ScopeSet;

use crate::model::client::{Client, Lifetimes};

const COLUMNS: &str = "SELECT client_id, name, vendor, contact, privacy_url, support_url, scopes, legacy, access_seconds,
    refresh_seconds, refresh_slides, initiate_login_uri, enabled, built_in, created_at, secret_hash FROM oauth_client";

/// Puts a client there; false when its id is taken.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    client: &Client,
    secret_hash: &str,
) -> Result<bool> {
    let Client {
        client_id,
        name,
        vendor,
        contact,
        privacy_url,
        support_url,
        scopes,
        redirect_uris,
        legacy,
        lifetimes,
        initiate_login_uri,
        enabled,
        built_in,
        created_at,
    } = client;
    let Lifetimes {
        access,
        refresh,
        refresh_slides,
    } = lifetimes;
    let inserted = sql(
        "INSERT INTO oauth_client (client_id, secret_hash, name, vendor, contact, privacy_url, support_url, scopes, legacy,
            access_seconds, refresh_seconds, refresh_slides, initiate_login_uri, enabled, built_in, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (client_id) DO NOTHING",
    )
    .bind(client_id)
    .bind(secret_hash)
    .bind(name)
    .bind(vendor)
    .bind(contact)
    .bind(privacy_url)
    .bind(support_url)
    .bind(scopes.to_string())
    .bind(*legacy)
    .bind(seconds(*access))
    .bind(seconds(*refresh))
    .bind(*refresh_slides)
    .bind(initiate_login_uri)
    .bind(*enabled)
    .bind(*built_in)
    .bind(*created_at)
    .run(&mut *transaction)
    .await?;
    if inserted == 0 {
        return Ok(false);
    }
    insert_uris(transaction, client_id, redirect_uris).await?;
    Ok(true)
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

async fn insert_uris(transaction: &mut Transaction, client_id: &str, uris: &[String]) -> Result<()> {
    let rows = uris
        .iter()
        .zip(0_i64..)
        .map(|(uri, position)| vec![Argument::from(client_id), uri.into(), position.into()]);
    let insert = "INSERT INTO oauth_redirect_uri (client_id, uri, position)";
    insert_rows(
        transaction,
        insert,
        3,
        rows.collect(),
        "ON CONFLICT (client_id, uri) DO NOTHING",
    )
    .await?;
    Ok(())
}

/// Replaces the redirect URIs; false when there is no such client.
pub(crate) async fn replace_uris(
    transaction: &mut Transaction,
    client_id: &str,
    uris: &[String],
) -> Result<bool> {
    let dialect = transaction.dialect();
    let found = sql("SELECT client_id FROM oauth_client WHERE client_id = $1")
        .bind(client_id)
        .push(dialect.for_update())
        .optional(&mut *transaction)
        .await?;
    if found.is_none() {
        return Ok(false);
    }
    sql("DELETE FROM oauth_redirect_uri WHERE client_id = $1")
        .bind(client_id)
        .run(&mut *transaction)
        .await?;
    insert_uris(transaction, client_id, uris).await?;
    Ok(true)
}

/// A client with the hash of its secret.
pub(crate) async fn find(database: &Database, client_id: &str) -> Result<Option<(Client, String)>> {
    let Some(row) = sql(COLUMNS)
        .push(" WHERE client_id = $1")
        .bind(client_id)
        .optional(database)
        .await?
    else {
        return Ok(None);
    };
    let uris = sql("SELECT uri FROM oauth_redirect_uri WHERE client_id = $1 ORDER BY position")
        .bind(client_id)
        .all(database)
        .await?;
    let uris = uris
        .iter()
        .map(|row| row.text("uri"))
        .collect::<Result<Vec<_>>>()?;
    Ok(Some((read(&row, uris)?, row.text("secret_hash")?)))
}

/// Every client, by name.
pub(crate) async fn all(database: &Database) -> Result<Vec<Client>> {
    let mut uris: HashMap<String, Vec<String>> = HashMap::new();
    for row in sql("SELECT client_id, uri FROM oauth_redirect_uri ORDER BY client_id, position")
        .all(database)
        .await?
    {
        uris.entry(row.text("client_id")?)
            .or_default()
            .push(row.text("uri")?);
    }
    let rows = sql(COLUMNS)
        .push(" ORDER BY name, client_id")
        .all(database)
        .await?;
    rows.iter()
        .map(|row| read(row, uris.remove(&row.text("client_id")?).unwrap_or_default()))
        .collect()
}

/// Switches a client; false when there is none.
pub(crate) async fn set_enabled<'h>(
    on: impl Into<Handle<'h>>,
    client_id: &str,
    enabled: bool,
) -> Result<bool> {
    let touched = sql("UPDATE oauth_client SET enabled = $2 WHERE client_id = $1")
        .bind(client_id)
        .bind(enabled)
        .run(on)
        .await?;
    Ok(touched == 1)
}

/// Replaces the secret; false when there is no such client.
pub(crate) async fn set_secret(database: &Database, client_id: &str, secret_hash: &str) -> Result<bool> {
    let touched = sql("UPDATE oauth_client SET secret_hash = $2 WHERE client_id = $1")
        .bind(client_id)
        .bind(secret_hash)
        .run(database)
        .await?;
    Ok(touched == 1)
}

fn read(row: &Row, redirect_uris: Vec<String>) -> Result<Client> {
    let life = |column| {
        Ok::<_, kit::Error>(Duration::from_secs(
            u64::try_from(row.integer(column)?).unwrap_or(0),
        ))
    };
    Ok(Client {
        client_id: row.text("client_id")?,
        name: row.text("name")?,
        vendor: row.text("vendor")?,
        contact: row.text("contact")?,
        privacy_url: row.text("privacy_url")?,
        support_url: row.text("support_url")?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        redirect_uris,
        legacy: row.boolean("legacy")?,
        lifetimes: Lifetimes {
            access: life("access_seconds")?,
            refresh: life("refresh_seconds")?,
            refresh_slides: row.boolean("refresh_slides")?,
        },
        initiate_login_uri: row.text("initiate_login_uri")?,
        enabled: row.boolean("enabled")?,
        built_in: row.boolean("built_in")?,
        created_at: Timestamp::from_millis(row.integer("created_at")?),
    })
}
