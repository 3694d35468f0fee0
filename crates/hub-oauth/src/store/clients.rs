use std::collections::HashMap;
use std::time::Duration;

use kit::{Result, Timestamp};
use kit_sql::{Argument, Database, Handle, Row, Transaction, insert_rows, sql};
use webex::ScopeSet;

use crate::model::client::{Client, ClientKind, Lifetimes};

const COLUMNS: &str = "SELECT client_id, kind, name, vendor, contact, privacy_url, support_url, scopes, legacy, access_seconds,
    refresh_seconds, refresh_slides, initiate_login_uri, enabled, built_in, is_public, rotates_refresh, nothing_before, created_at,
    secret_hash, previous_secret_hash, previous_secret_until FROM oauth_client";

/// The hashes by which a client proves itself.
#[derive(Clone)]
pub(crate) struct SecretHashes {
    /// Empty for a public client, which is the hash of nothing.
    pub(crate) current: String,
    /// The one before, until it ends.
    pub(crate) previous: Option<(String, Timestamp)>,
}

/// A client with the hashes of its secrets.
pub(crate) type Found = (Client, SecretHashes);

/// Puts a client there; false when its id is taken.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    client: &Client,
    secret_hash: &str,
) -> Result<bool> {
    let Client {
        client_id,
        kind,
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
        is_public,
        rotates_refresh_tokens,
        nothing_before: _,
        created_at,
    } = client;
    let Lifetimes {
        access,
        refresh,
        refresh_slides,
    } = lifetimes;
    let inserted = sql(
        "INSERT INTO oauth_client (client_id, secret_hash, name, vendor, contact, privacy_url, support_url, scopes, legacy,
            access_seconds, refresh_seconds, refresh_slides, initiate_login_uri, enabled, built_in, created_at, kind,
            is_public, rotates_refresh)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
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
    .bind(kind.as_str())
    .bind(*is_public)
    .bind(*rotates_refresh_tokens)
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

/// Replaces the redirect URIs of a client that is locked.
pub(crate) async fn replace_uris(
    transaction: &mut Transaction,
    client_id: &str,
    uris: &[String],
) -> Result<()> {
    sql("DELETE FROM oauth_redirect_uri WHERE client_id = $1")
        .bind(client_id)
        .run(&mut *transaction)
        .await?;
    insert_uris(transaction, client_id, uris).await
}

/// A client that was not deleted, with the hashes of its secrets.
pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, client_id: &str) -> Result<Option<Found>> {
    Ok(find_many(on, &[client_id]).await?.pop())
}

/// Those of these clients that are there, in no order.
pub(crate) async fn find_many<'h>(
    on: impl Into<Handle<'h>>,
    client_ids: &[impl AsRef<str>],
) -> Result<Vec<Found>> {
    let mut on = on.into();
    let rows = sql(COLUMNS)
        .push(" WHERE deleted_at IS NULL AND client_id IN ")
        .push_list(client_ids.iter().map(AsRef::as_ref))
        .all(on.reborrow())
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let uris = sql("SELECT client_id, uri FROM oauth_redirect_uri WHERE client_id IN ")
        .push_list(client_ids.iter().map(AsRef::as_ref))
        .push(" ORDER BY client_id, position")
        .all(on)
        .await?;
    let mut uris = by_client(&uris)?;
    rows.iter().map(|row| found(row, &mut uris)).collect()
}

fn by_client(rows: &[Row]) -> Result<HashMap<String, Vec<String>>> {
    let mut uris: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows {
        uris.entry(row.text("client_id")?)
            .or_default()
            .push(row.text("uri")?);
    }
    Ok(uris)
}

fn found(row: &Row, uris: &mut HashMap<String, Vec<String>>) -> Result<Found> {
    let previous = row
        .optional_text("previous_secret_hash")?
        .zip(row.optional_moment("previous_secret_until")?);
    let hashes = SecretHashes {
        current: row.text("secret_hash")?,
        previous,
    };
    let uris = uris.remove(&row.text("client_id")?).unwrap_or_default();
    Ok((read(row, uris)?, hashes))
}

/// Every client, by name.
pub(crate) async fn all(database: &Database) -> Result<Vec<Client>> {
    let uris = sql("SELECT client_id, uri FROM oauth_redirect_uri ORDER BY client_id, position")
        .all(database)
        .await?;
    let mut uris = by_client(&uris)?;
    let rows = sql(COLUMNS)
        .push(" WHERE deleted_at IS NULL ORDER BY name, client_id")
        .all(database)
        .await?;
    rows.iter()
        .map(|row| read(row, uris.remove(&row.text("client_id")?).unwrap_or_default()))
        .collect()
}

/// Holds a client until the transaction ends, so that a change rests on what it is; false when there is none.
pub(crate) async fn lock(transaction: &mut Transaction, client_id: &str) -> Result<bool> {
    let dialect = transaction.dialect();
    let found = sql("SELECT client_id FROM oauth_client WHERE client_id = $1 AND deleted_at IS NULL")
        .bind(client_id)
        .push(dialect.for_update())
        .optional(transaction)
        .await?;
    Ok(found.is_some())
}

/// Writes what may be changed about a client that is locked.
pub(crate) async fn update(transaction: &mut Transaction, client: &Client) -> Result<()> {
    sql("UPDATE oauth_client SET name = $2, vendor = $3, contact = $4, privacy_url = $5, support_url = $6, scopes = $7,
            access_seconds = $8, refresh_seconds = $9, refresh_slides = $10, initiate_login_uri = $11, rotates_refresh = $12
         WHERE client_id = $1")
    .bind(&client.client_id)
    .bind(&client.name)
    .bind(&client.vendor)
    .bind(&client.contact)
    .bind(&client.privacy_url)
    .bind(&client.support_url)
    .bind(client.scopes.to_string())
    .bind(seconds(client.lifetimes.access))
    .bind(seconds(client.lifetimes.refresh))
    .bind(client.lifetimes.refresh_slides)
    .bind(&client.initiate_login_uri)
    .bind(client.rotates_refresh_tokens)
    .run(transaction)
    .await?;
    Ok(())
}

/// Switches a client; false when it stood so already. Off, everything that it got until now is dead for good.
pub(crate) async fn set_enabled(
    transaction: &mut Transaction,
    client_id: &str,
    enabled: bool,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql(
        "UPDATE oauth_client SET enabled = $2, nothing_before = CASE WHEN $2 THEN nothing_before ELSE $3 END
         WHERE client_id = $1 AND enabled <> $2",
    )
    .bind(client_id)
    .bind(enabled)
    .bind(now)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

/// Replaces the secret; the one that was valid until now is until `previous_until`.
pub(crate) async fn set_secret(
    transaction: &mut Transaction,
    client_id: &str,
    secret_hash: &str,
    previous_until: Option<Timestamp>,
) -> Result<()> {
    sql(
        "UPDATE oauth_client SET secret_hash = $2, previous_secret_until = $3,
            previous_secret_hash = CASE WHEN $4 THEN secret_hash ELSE NULL END
         WHERE client_id = $1",
    )
    .bind(client_id)
    .bind(secret_hash)
    .bind(previous_until)
    .bind(previous_until.is_some())
    .run(transaction)
    .await?;
    Ok(())
}

/// Marks a client as deleted: the row stays, because grants of the past name it.
pub(crate) async fn delete(transaction: &mut Transaction, client_id: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE oauth_client SET deleted_at = $2, enabled = FALSE, nothing_before = $2, secret_hash = '', previous_secret_hash = NULL
         WHERE client_id = $1")
    .bind(client_id)
    .bind(now)
    .run(&mut *transaction)
    .await?;
    for table in [
        "DELETE FROM oauth_redirect_uri WHERE client_id = $1",
        "DELETE FROM oauth_pending_authorization WHERE client_id = $1",
    ] {
        sql(table).bind(client_id).run(&mut *transaction).await?;
    }
    Ok(())
}

fn read(row: &Row, redirect_uris: Vec<String>) -> Result<Client> {
    let life = |column| {
        Ok::<_, kit::Error>(Duration::from_secs(
            u64::try_from(row.integer(column)?).unwrap_or(0),
        ))
    };
    Ok(Client {
        client_id: row.text("client_id")?,
        kind: ClientKind::parse(&row.text("kind")?)?,
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
        is_public: row.boolean("is_public")?,
        rotates_refresh_tokens: row.boolean("rotates_refresh")?,
        nothing_before: row.optional_moment("nothing_before")?,
        created_at: Timestamp::from_millis(row.integer("created_at")?),
    })
}
