use std::collections::HashMap;

use hub_directory::{OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};
use webex::ScopeSet;

use crate::model::client::lets_live;
use crate::model::grant::{Because, Grant, GrantId, GrantKind};
use crate::model::validity::ClientSide;

/// The columns of a grant, for statements in which the table is called `g`.
pub(crate) const GRANT_COLUMNS: &str = "g.id AS grant_id, g.client_id, g.person_id, g.organization_id, g.kind, g.scopes,
    g.epoch_everything, g.epoch_administrative, g.granted_at, g.refresh_expires_at, g.ends_at, g.revoked_at, g.last_used_at";

pub(crate) async fn insert(
    transaction: &mut Transaction,
    grant: &Grant,
    refresh_hash: Option<&str>,
) -> Result<()> {
    let Grant {
        id,
        client_id,
        person_id,
        organization_id,
        kind,
        scopes,
        epochs,
        granted_at,
        refresh_expires_at,
        ends_at,
        revoked_at: _,
        last_used_at: _,
    } = grant;
    sql("INSERT INTO oauth_grant (id, client_id, person_id, organization_id, kind, scopes, administrative, epoch_everything,
            epoch_administrative, granted_at, refresh_hash, refresh_expires_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(id.uuid())
    .bind(client_id)
    .bind(person_id.uuid())
    .bind(organization_id.uuid())
    .bind(kind.as_str())
    .bind(scopes.to_string())
    .bind(scopes.is_administrative())
    .bind(epochs.everything)
    .bind(epochs.administrative)
    .bind(*granted_at)
    .bind(refresh_hash)
    .bind(*refresh_expires_at)
    .bind(*ends_at)
    .run(transaction)
    .await?;
    Ok(())
}

fn select() -> kit_sql::Statement {
    sql("SELECT ").push(GRANT_COLUMNS).push(" FROM oauth_grant g ")
}

pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, id: GrantId) -> Result<Option<Grant>> {
    let row = select()
        .push("WHERE g.id = ")
        .push_bind(id.uuid())
        .optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// A grant with what its client is at this moment.
#[derive(Clone, Debug)]
pub(crate) struct WithClient {
    pub(crate) grant: Grant,
    pub(crate) client: ClientSide,
}

const CLIENT_COLUMNS: &str = "c.enabled, c.nothing_before, c.deleted_at, c.built_in";

/// Reads what a statement with [`GRANT_COLUMNS`] and [`CLIENT_COLUMNS`] found.
fn read_with_client(row: &Row) -> Result<WithClient> {
    let grant = read(row)?;
    let client = read_client_side(row, grant.granted_at)?;
    Ok(WithClient { grant, client })
}

pub(crate) fn read_client_side(row: &Row, granted_at: Timestamp) -> Result<ClientSide> {
    let enabled = row.boolean("enabled")? && row.optional_moment("deleted_at")?.is_none();
    Ok(ClientSide {
        lives: lets_live(enabled, row.optional_moment("nothing_before")?, granted_at),
        built_in: row.boolean("built_in")?,
    })
}

/// One grant with its client.
pub(crate) async fn find_with_client(database: &Database, id: GrantId) -> Result<Option<WithClient>> {
    let row = select_with_client()
        .push("WHERE g.id = ")
        .push_bind(id.uuid())
        .optional(database)
        .await?;
    row.map(|row| read_with_client(&row)).transpose()
}

fn select_with_client() -> kit_sql::Statement {
    sql("SELECT ")
        .push(GRANT_COLUMNS)
        .push(", ")
        .push(CLIENT_COLUMNS)
        .push(" FROM oauth_grant g JOIN oauth_client c ON c.client_id = g.client_id ")
}

/// Which of a grant's refresh tokens a presented one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presented {
    /// The one that was issued last.
    Current,
    /// The one before, whose successor nobody has used.
    Previous,
}

/// The grants of which one of these is the present refresh token or the one before, by that hash.
pub(crate) async fn by_refresh_hashes(
    database: &Database,
    hashes: &[String],
) -> Result<HashMap<String, (WithClient, Presented)>> {
    let rows = sql("SELECT ")
        .push(GRANT_COLUMNS)
        .push(", ")
        .push(CLIENT_COLUMNS)
        .push(", g.refresh_hash, g.previous_refresh_hash FROM oauth_grant g JOIN oauth_client c ON c.client_id = g.client_id WHERE g.refresh_hash IN ")
        .push_list(hashes.iter().map(String::as_str))
        .push(" OR g.previous_refresh_hash IN ")
        .push_list(hashes.iter().map(String::as_str))
        .all(database)
        .await?;
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let with_client = read_with_client(&row)?;
        for (column, presented) in [
            ("previous_refresh_hash", Presented::Previous),
            ("refresh_hash", Presented::Current),
        ] {
            if let Some(hash) = row.optional_text(column)?
                && hashes.contains(&hash)
            {
                found.insert(hash, (with_client.clone(), presented));
            }
        }
    }
    Ok(found)
}

/// The grant to which a refresh token belonged whose successor was used.
pub(crate) async fn of_retired_refresh(database: &Database, hash: &str) -> Result<Option<Grant>> {
    let row = select()
        .push("JOIN oauth_retired_refresh r ON r.grant_id = g.id WHERE r.token_hash = ")
        .push_bind(hash)
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// Puts `successor` in the place of the refresh token that came, or finds it there; gives both life. False when the grant
/// died meanwhile, or the successor was used. A token that is thereby two steps back is remembered: it may come again.
pub(crate) async fn rotate(
    transaction: &mut Transaction,
    id: GrantId,
    (presented, successor): (&str, &str),
    (refresh_expires_at, access_expires_at): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<bool> {
    sql(
        "INSERT INTO oauth_retired_refresh (token_hash, grant_id, retired_at)
         SELECT previous_refresh_hash, id, $3 FROM oauth_grant
         WHERE id = $1 AND refresh_hash = $2 AND previous_refresh_hash IS NOT NULL
         ON CONFLICT (token_hash) DO NOTHING",
    )
    .bind(id.uuid())
    .bind(presented)
    .bind(now)
    .run(&mut *transaction)
    .await?;
    let touched = sql(
        "UPDATE oauth_grant SET refresh_hash = $2, previous_refresh_hash = $3,
            refresh_expires_at = CASE WHEN refresh_expires_at < $4 THEN $4 ELSE refresh_expires_at END,
            ends_at = CASE WHEN ends_at < $5 THEN $5 ELSE ends_at END
         WHERE id = $1 AND revoked_at IS NULL AND refresh_expires_at > $6
           AND (refresh_hash = $3 OR (refresh_hash = $2 AND previous_refresh_hash = $3))",
    )
    .bind(id.uuid())
    .bind(successor)
    .bind(presented)
    .bind(refresh_expires_at)
    .bind(refresh_expires_at.max(access_expires_at))
    .bind(now)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

/// The organizations whose people gave a client something that is not over.
pub(crate) async fn organizations_of_client<'h>(
    on: impl Into<Handle<'h>>,
    client_id: &str,
    now: Timestamp,
) -> Result<Vec<OrganizationId>> {
    let rows = sql("SELECT DISTINCT organization_id FROM oauth_grant
         WHERE client_id = $1 AND revoked_at IS NULL AND ends_at > $2 ORDER BY organization_id")
    .bind(client_id)
    .bind(now)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok(OrganizationId::new(row.uuid("organization_id")?)))
        .collect()
}

/// Revokes everything that a client has; says how many grants.
pub(crate) async fn revoke_of_client(
    transaction: &mut Transaction,
    client_id: &str,
    because: Because,
    now: Timestamp,
) -> Result<u64> {
    sql("UPDATE oauth_grant SET revoked_at = $2, revoked_because = $3
         WHERE client_id = $1 AND revoked_at IS NULL AND ends_at > $2")
    .bind(client_id)
    .bind(now)
    .bind(because.to_string())
    .run(transaction)
    .await
}

/// Grants whose refresh token expired since it was last looked, and which nobody revoked; marks them as looked at.
pub(crate) async fn take_expired(
    transaction: &mut Transaction,
    now: Timestamp,
    most: i64,
) -> Result<Vec<GrantId>> {
    let rows = sql("UPDATE oauth_grant SET expiry_announced_at = $1
         WHERE id IN (SELECT id FROM oauth_grant
                      WHERE refresh_expires_at <= $1 AND expiry_announced_at IS NULL AND revoked_at IS NULL
                      ORDER BY refresh_expires_at LIMIT $2)
           AND expiry_announced_at IS NULL
         RETURNING id")
    .bind(now)
    .bind(most)
    .all(transaction)
    .await?;
    rows.iter().map(|row| Ok(GrantId::new(row.uuid("id")?))).collect()
}

/// These grants with their clients, in no order.
pub(crate) async fn with_clients<'h>(on: impl Into<Handle<'h>>, ids: &[GrantId]) -> Result<Vec<WithClient>> {
    let rows = select_with_client()
        .push("WHERE g.id IN ")
        .push_list(ids.iter().map(|id| id.uuid()))
        .all(on)
        .await?;
    rows.iter().map(read_with_client).collect()
}

/// What a person gave and nobody revoked, with each client, newest first; events may have killed some.
pub(crate) async fn of_person_with_clients(
    database: &Database,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<WithClient>> {
    let rows = select_with_client()
        .push("WHERE g.person_id = ")
        .push_bind(person.uuid())
        .push(" AND g.revoked_at IS NULL AND g.ends_at > ")
        .push_bind(now)
        .push(" ORDER BY g.granted_at DESC, g.id")
        .all(database)
        .await?;
    rows.iter().map(read_with_client).collect()
}

/// The same of an organization's people, given to one client.
pub(crate) async fn of_client_with_clients(
    database: &Database,
    organization: OrganizationId,
    client_id: &str,
    now: Timestamp,
) -> Result<Vec<WithClient>> {
    let rows = select_with_client()
        .push("WHERE g.organization_id = ")
        .push_bind(organization.uuid())
        .push(" AND g.client_id = ")
        .push_bind(client_id)
        .push(" AND g.revoked_at IS NULL AND g.ends_at > ")
        .push_bind(now)
        .push(" ORDER BY g.granted_at DESC, g.id")
        .all(database)
        .await?;
    rows.iter().map(read_with_client).collect()
}

/// Gives a refresh token that stays the same more life, never less than it has; false when it died meanwhile.
pub(crate) async fn prolong(
    transaction: &mut Transaction,
    id: GrantId,
    presented: &str,
    (refresh_expires_at, access_expires_at): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<bool> {
    let touched = sql("UPDATE oauth_grant SET
            refresh_expires_at = CASE WHEN refresh_expires_at < $2 THEN $2 ELSE refresh_expires_at END,
            ends_at = CASE WHEN ends_at < $3 THEN $3 ELSE ends_at END
         WHERE id = $1 AND refresh_hash = $5 AND revoked_at IS NULL AND refresh_expires_at > $4")
    .bind(id.uuid())
    .bind(refresh_expires_at)
    .bind(refresh_expires_at.max(access_expires_at))
    .bind(now)
    .bind(presented)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

/// Revokes one grant with all its tokens; false when it was revoked before.
pub(crate) async fn revoke<'h>(
    on: impl Into<Handle<'h>>,
    id: GrantId,
    because: Because,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql(
        "UPDATE oauth_grant SET revoked_at = $2, revoked_because = $3 WHERE id = $1 AND revoked_at IS NULL",
    )
    .bind(id.uuid())
    .bind(now)
    .bind(because.to_string())
    .run(on)
    .await?;
    Ok(touched == 1)
}

/// Revokes everything that a person gave a client; says which grants.
pub(crate) async fn revoke_of_person(
    transaction: &mut Transaction,
    person: PersonId,
    client_id: &str,
    because: Because,
    now: Timestamp,
) -> Result<Vec<GrantId>> {
    let rows = sql("UPDATE oauth_grant SET revoked_at = $3, revoked_because = $4
         WHERE person_id = $1 AND client_id = $2 AND revoked_at IS NULL AND ends_at > $3 RETURNING id")
    .bind(person.uuid())
    .bind(client_id)
    .bind(now)
    .bind(because.to_string())
    .all(transaction)
    .await?;
    rows.iter().map(|row| Ok(GrantId::new(row.uuid("id")?))).collect()
}

/// Revokes everything that an organization's people gave a client; says how many grants.
pub(crate) async fn revoke_of_organization(
    transaction: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    because: Because,
    now: Timestamp,
) -> Result<u64> {
    sql("UPDATE oauth_grant SET revoked_at = $3, revoked_because = $4
         WHERE organization_id = $1 AND client_id = $2 AND revoked_at IS NULL AND ends_at > $3")
    .bind(organization.uuid())
    .bind(client_id)
    .bind(now)
    .bind(because.to_string())
    .run(transaction)
    .await
}

/// Notes a use, if the last noted one lies before `noted_before`.
pub(crate) async fn touch(
    database: &Database,
    id: GrantId,
    now: Timestamp,
    noted_before: Timestamp,
) -> Result<()> {
    sql("UPDATE oauth_grant SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)")
        .bind(id.uuid())
        .bind(now)
        .bind(noted_before)
        .run(database)
        .await?;
    Ok(())
}

/// Removes grants that ended long ago, with their tokens.
pub(crate) async fn sweep(database: &Database, older_than: Timestamp) -> Result<u64> {
    sql("DELETE FROM oauth_grant WHERE ends_at < $1")
        .bind(older_than)
        .run(database)
        .await
}

pub(crate) fn read(row: &Row) -> Result<Grant> {
    Ok(Grant {
        id: GrantId::new(row.uuid("grant_id")?),
        client_id: row.text("client_id")?,
        person_id: PersonId::new(row.uuid("person_id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        kind: GrantKind::parse(&row.text("kind")?)?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        epochs: Epochs {
            everything: row.integer("epoch_everything")?,
            administrative: row.integer("epoch_administrative")?,
        },
        granted_at: row.moment("granted_at")?,
        refresh_expires_at: row.optional_moment("refresh_expires_at")?,
        ends_at: row.moment("ends_at")?,
        revoked_at: row.optional_moment("revoked_at")?,
        last_used_at: row.optional_moment("last_used_at")?,
    })
}
