use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp, Uuid};
use kit_sql::{Handle, Transaction, sql};

use crate::model::{Deed, HistoryEntry};

/// A line to be written.
pub(crate) struct NewEntry<'a> {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) client_id: Option<&'a str>,
    pub(crate) deed: Deed,
    pub(crate) note: String,
    pub(crate) actor_id: Option<PersonId>,
    pub(crate) actor_name: &'a str,
    pub(crate) at: Timestamp,
}

pub(crate) async fn write(on: &mut Transaction, entry: NewEntry<'_>) -> Result<()> {
    let NewEntry {
        id,
        organization_id,
        client_id,
        deed,
        note,
        actor_id,
        actor_name,
        at,
    } = entry;
    sql("INSERT INTO governance_history (id, organization_id, client_id, deed, note, actor_id, actor_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(id)
    .bind(organization_id.uuid())
    .bind(client_id)
    .bind(deed.word())
    .bind(note)
    .bind(actor_id.map(|actor| actor.uuid().to_string()))
    .bind(actor_name)
    .bind(at)
    .run(on)
    .await?;
    Ok(())
}

/// The latest lines about one integration, with those that concern them all.
pub(crate) async fn about(
    on: impl Into<Handle<'_>>,
    organization: OrganizationId,
    client_id: &str,
    most: i64,
) -> Result<Vec<HistoryEntry>> {
    read(
        sql("SELECT client_id, deed, note, actor_name, at FROM governance_history
             WHERE organization_id = $1 AND (client_id = $2 OR client_id IS NULL) ORDER BY at DESC, deed, id LIMIT $3")
        .bind(organization.uuid())
        .bind(client_id)
        .bind(most),
        on,
    )
    .await
}

/// The latest lines of an organization that somebody wrote: what the first start decided is no news.
pub(crate) async fn latest(
    on: impl Into<Handle<'_>>,
    organization: OrganizationId,
    most: i64,
) -> Result<Vec<HistoryEntry>> {
    read(
        sql(
            "SELECT client_id, deed, note, actor_name, at FROM governance_history
             WHERE organization_id = $1 AND actor_id IS NOT NULL ORDER BY at DESC, deed, id LIMIT $2",
        )
        .bind(organization.uuid())
        .bind(most),
        on,
    )
    .await
}

async fn read(statement: kit_sql::Statement, on: impl Into<Handle<'_>>) -> Result<Vec<HistoryEntry>> {
    statement
        .all(on)
        .await?
        .iter()
        .map(|row| {
            Ok(HistoryEntry {
                client_id: row.optional_text("client_id")?,
                deed: Deed::parse(&row.text("deed")?)?,
                note: row.text("note")?,
                actor_name: row.text("actor_name")?,
                at: row.moment("at")?,
            })
        })
        .collect()
}
