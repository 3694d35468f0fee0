use hub_identity::token_hash;
use kit::{Result, Timestamp};
use kit_sql::{Database, Row, Transaction, sql};
use webex::ScopeSet;

/// A device that waits for somebody to type its code (RFC 8628).
#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub(crate) client_id: String,
    pub(crate) scopes: ScopeSet,
    pub(crate) expires_at: Timestamp,
    pub(crate) interval_seconds: i64,
    pub(crate) last_polled_at: Option<Timestamp>,
    pub(crate) state: DeviceState,
}

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DeviceState {
    /// Nobody has decided.
    Waits,
    /// Somebody declined.
    Declined,
    /// Somebody accepted: the authorization code with this hash is the device's.
    Accepted(String),
    /// The device has fetched its tokens.
    Used,
}

/// Codes are short, so two of living devices must not be equal; false when this one is taken.
pub(crate) async fn insert(
    database: &Database,
    device: &Device,
    device_code: &str,
    user_code: &str,
    link_code: &str,
) -> Result<bool> {
    let touched = sql("INSERT INTO oauth_device (device_hash, user_code_hash, link_hash, client_id, scopes, expires_at, interval_seconds)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (user_code_hash) DO NOTHING")
    .bind(token_hash(device_code))
    .bind(token_hash(user_code))
    .bind(token_hash(link_code))
    .bind(&device.client_id)
    .bind(device.scopes.to_string())
    .bind(device.expires_at)
    .bind(device.interval_seconds)
    .run(database)
    .await?;
    Ok(touched == 1)
}

pub(crate) async fn find(database: &Database, device_hash: &str) -> Result<Option<Device>> {
    let row = sql("SELECT * FROM oauth_device WHERE device_hash = $1")
        .bind(device_hash)
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The device that shows this code, or whose link carries it, with its own hash.
pub(crate) async fn by_code(
    database: &Database,
    code: &str,
    now: Timestamp,
) -> Result<Option<(String, Device)>> {
    let row = sql("SELECT * FROM oauth_device WHERE (user_code_hash = $1 OR link_hash = $1) AND state = 'waits' AND expires_at > $2")
        .bind(token_hash(code))
        .bind(now)
        .optional(database)
        .await?;
    row.map(|row| Ok((row.text("device_hash")?, read(&row)?)))
        .transpose()
}

/// Notes that the device asked; whoever asks too soon waits five seconds longer from now on.
pub(crate) async fn note_poll(
    database: &Database,
    device_hash: &str,
    now: Timestamp,
    is_too_soon: bool,
) -> Result<()> {
    sql("UPDATE oauth_device SET last_polled_at = $2, interval_seconds = interval_seconds + $3 WHERE device_hash = $1")
        .bind(device_hash)
        .bind(now)
        .bind(if is_too_soon { 5_i64 } else { 0 })
        .run(database)
        .await?;
    Ok(())
}

/// Notes what somebody decided; false when it was decided before or is over.
pub(crate) async fn decide(
    transaction: &mut Transaction,
    device_hash: &str,
    code_hash: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql(
        "UPDATE oauth_device SET state = CASE WHEN $2 THEN 'accepted' ELSE 'declined' END, code_hash = $3
         WHERE device_hash = $1 AND state = 'waits' AND expires_at > $4",
    )
    .bind(device_hash)
    .bind(code_hash.is_some())
    .bind(code_hash)
    .bind(now)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

/// The device's tokens are on their way: its code is of no use any more. False when another request was first.
pub(crate) async fn use_up(database: &Database, device_hash: &str) -> Result<bool> {
    let touched = sql("UPDATE oauth_device SET state = 'used' WHERE device_hash = $1 AND state = 'accepted'")
        .bind(device_hash)
        .run(database)
        .await?;
    Ok(touched == 1)
}

pub(crate) async fn sweep(database: &Database, older_than: Timestamp) -> Result<u64> {
    sql("DELETE FROM oauth_device WHERE expires_at < $1")
        .bind(older_than)
        .run(database)
        .await
}

fn read(row: &Row) -> Result<Device> {
    let state = match row.text("state")?.as_str() {
        "declined" => DeviceState::Declined,
        "accepted" => DeviceState::Accepted(row.text("code_hash")?),
        "used" => DeviceState::Used,
        _ => DeviceState::Waits,
    };
    Ok(Device {
        client_id: row.text("client_id")?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        expires_at: row.moment("expires_at")?,
        interval_seconds: row.integer("interval_seconds")?,
        last_polled_at: row.optional_moment("last_polled_at")?,
        state,
    })
}
