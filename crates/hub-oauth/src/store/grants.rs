use hub_directory::{OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};
use webex::ScopeSet;

use crate::model::grant::{Because, Grant, GrantId, GrantKind};

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

pub(crate) async fn find(database: &Database, id: GrantId) -> Result<Option<Grant>> {
    let row = select()
        .push("WHERE g.id = ")
        .push_bind(id.uuid())
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

pub(crate) async fn by_refresh_hash(database: &Database, hash: &str) -> Result<Option<Grant>> {
    let row = select()
        .push("WHERE g.refresh_hash = ")
        .push_bind(hash)
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// What a person gave and nobody revoked, newest first; events may have killed some.
pub(crate) async fn of_person(database: &Database, person: PersonId, now: Timestamp) -> Result<Vec<Grant>> {
    let rows = select()
        .push("WHERE g.person_id = ")
        .push_bind(person.uuid())
        .push(" AND g.revoked_at IS NULL AND g.ends_at > ")
        .push_bind(now)
        .push(" ORDER BY g.granted_at DESC, g.id")
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

/// The same for an organization, of one client or of all.
pub(crate) async fn of_organization(
    database: &Database,
    organization: OrganizationId,
    client_id: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Grant>> {
    let mut statement = select()
        .push("WHERE g.organization_id = ")
        .push_bind(organization.uuid())
        .push(" AND g.revoked_at IS NULL AND g.ends_at > ")
        .push_bind(now);
    if let Some(client_id) = client_id {
        statement = statement.push(" AND g.client_id = ").push_bind(client_id);
    }
    let rows = statement
        .push(" ORDER BY g.granted_at, g.id")
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

/// Gives a refresh token life until `refresh_expires_at`, never less than it has; false when it died meanwhile.
pub(crate) async fn prolong(
    transaction: &mut Transaction,
    id: GrantId,
    refresh_expires_at: Timestamp,
    access_expires_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql("UPDATE oauth_grant SET
            refresh_expires_at = CASE WHEN refresh_expires_at < $2 THEN $2 ELSE refresh_expires_at END,
            ends_at = CASE WHEN ends_at < $3 THEN $3 ELSE ends_at END
         WHERE id = $1 AND revoked_at IS NULL AND refresh_expires_at > $4")
    .bind(id.uuid())
    .bind(refresh_expires_at)
    .bind(refresh_expires_at.max(access_expires_at))
    .bind(now)
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

/// Revokes everything that a person gave a client; says how many grants.
pub(crate) async fn revoke_of_person(
    transaction: &mut Transaction,
    person: PersonId,
    client_id: &str,
    because: Because,
    now: Timestamp,
) -> Result<u64> {
    sql("UPDATE oauth_grant SET revoked_at = $3, revoked_because = $4
         WHERE person_id = $1 AND client_id = $2 AND revoked_at IS NULL AND ends_at > $3")
    .bind(person.uuid())
    .bind(client_id)
    .bind(now)
    .bind(because.to_string())
    .run(transaction)
    .await
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
