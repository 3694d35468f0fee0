use hub_caller::{OrganizationId, PersonId};
use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp, Uuid};
use kit_sql::{Database, Handle, Row, Transaction, sql};

use crate::model::webhook::{OwnedBy, Webhook};

const COLUMNS: &str = "w.id, w.organization_id, w.person_id, w.client_id, w.grant_id, w.name, w.target_url, w.resource, w.event, w.filter,
    w.secret, w.owned_by, w.sees_organization, w.status, w.created_at, w.failures, w.failing_since";

/// Whose webhooks: one person's through one client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner<'a> {
    pub(crate) person_id: PersonId,
    pub(crate) client_id: &'a str,
}

/// Where a page of a list goes on: after the one that was made then.
pub(crate) type Position = (Timestamp, Uuid);

pub(crate) async fn insert(on: &mut Transaction, webhook: &Webhook) -> Result<()> {
    let Webhook {
        id,
        organization_id,
        person_id,
        client_id,
        grant_id,
        name,
        target_url,
        resource,
        event,
        filter,
        secret,
        owned_by,
        sees_organization,
        is_active,
        created_at,
        failures: _,
        failing_since: _,
    } = webhook;
    sql("INSERT INTO events_webhook (id, organization_id, person_id, client_id, grant_id, name, target_url, resource, event, filter, secret,
            owned_by, sees_organization, status, status_reason, created_at, failures, failing_since, rest_until, lease_number, leased_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15, 0, NULL, 0, 0, 0)")
    .bind(*id)
    .bind(organization_id.uuid())
    .bind(person_id.uuid())
    .bind(client_id.as_str())
    .bind(*grant_id)
    .bind(name.as_str())
    .bind(target_url.as_str())
    .bind(resource.as_str())
    .bind(event.as_str())
    .bind(filter.clone())
    .bind(secret.as_ref().map(|secret| secret.expose_secret().to_owned()))
    .bind(owned_by.word())
    .bind(*sees_organization)
    .bind(status_word(*is_active))
    .bind(*created_at)
    .run(on)
    .await?;
    Ok(())
}

const fn status_word(is_active: bool) -> &'static str {
    if is_active { "active" } else { "inactive" }
}

/// How many webhooks somebody has.
pub(crate) async fn count(on: impl Into<Handle<'_>>, owner: Owner<'_>) -> Result<i64> {
    sql("SELECT COUNT(*) AS webhooks FROM events_webhook WHERE person_id = $1 AND client_id = $2")
        .bind(owner.person_id.uuid())
        .bind(owner.client_id)
        .one(on)
        .await?
        .integer("webhooks")
}

/// Whether the same was registered by the same owner already.
pub(crate) async fn is_registered(on: &mut Transaction, webhook: &Webhook) -> Result<bool> {
    let row = sql("SELECT id FROM events_webhook WHERE person_id = $1 AND client_id = $2 AND target_url = $3 AND resource = $4 AND event = $5
         AND COALESCE(filter, '') = $6")
    .bind(webhook.person_id.uuid())
    .bind(webhook.client_id.as_str())
    .bind(webhook.target_url.as_str())
    .bind(webhook.resource.as_str())
    .bind(webhook.event.as_str())
    .bind(webhook.filter.clone().unwrap_or_default())
    .optional(on)
    .await?;
    Ok(row.is_some())
}

/// The grants by which somebody made webhooks.
pub(crate) async fn grants_of(database: &Database, owner: Owner<'_>) -> Result<Vec<Uuid>> {
    let rows = sql("SELECT DISTINCT grant_id FROM events_webhook WHERE person_id = $1 AND client_id = $2")
        .bind(owner.person_id.uuid())
        .bind(owner.client_id)
        .all(database)
        .await?;
    rows.iter().map(|row| row.uuid("grant_id")).collect()
}

/// The newest first.
pub(crate) async fn list(
    database: &Database,
    owner: Owner<'_>,
    owned_by: Option<OwnedBy>,
    after: Option<Position>,
    limit: i64,
) -> Result<Vec<Webhook>> {
    let mut statement = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_webhook w WHERE w.person_id = ")
        .push_bind(owner.person_id.uuid())
        .push(" AND w.client_id = ")
        .push_bind(owner.client_id);
    if let Some(owned_by) = owned_by {
        statement = statement.push(" AND w.owned_by = ").push_bind(owned_by.word());
    }
    if let Some((at, id)) = after {
        statement = statement
            .push(" AND (w.created_at, w.id) < (")
            .push_bind(at)
            .push(", ")
            .push_bind(id)
            .push(")");
    }
    let rows = statement
        .push(" ORDER BY w.created_at DESC, w.id DESC LIMIT ")
        .push_bind(limit)
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn find(on: impl Into<Handle<'_>>, id: Uuid) -> Result<Option<Webhook>> {
    let row = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_webhook w WHERE w.id = ")
        .push_bind(id)
        .optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// Keeps what can be changed; whoever makes it active begins anew.
pub(crate) async fn update(on: &mut Transaction, webhook: &Webhook, begins_anew: bool) -> Result<u64> {
    let mut statement = sql("UPDATE events_webhook SET name = $2, target_url = $3, secret = $4, status = $5")
        .bind(webhook.id)
        .bind(webhook.name.as_str())
        .bind(webhook.target_url.as_str())
        .bind(
            webhook
                .secret
                .as_ref()
                .map(|secret| secret.expose_secret().to_owned()),
        )
        .bind(status_word(webhook.is_active));
    if begins_anew {
        statement =
            statement.push(", status_reason = '', failures = 0, failing_since = NULL, rest_until = 0");
    }
    statement.push(" WHERE id = $1").run(on).await
}

pub(crate) async fn delete(on: impl Into<Handle<'_>>, id: Uuid) -> Result<u64> {
    sql("DELETE FROM events_webhook WHERE id = $1")
        .bind(id)
        .run(on)
        .await
}

/// From now on it hears of its maker only; what waited for it is forgotten.
pub(crate) async fn narrow(on: &mut Transaction, id: Uuid) -> Result<()> {
    sql("UPDATE events_webhook SET sees_organization = $2 WHERE id = $1")
        .bind(id)
        .bind(false)
        .run(&mut *on)
        .await?;
    sql("DELETE FROM events_delivery WHERE webhook_id = $1")
        .bind(id)
        .run(on)
        .await?;
    Ok(())
}

/// The grants that webhooks hang on.
pub(crate) async fn grants(database: &Database) -> Result<Vec<Uuid>> {
    let rows = sql("SELECT DISTINCT grant_id FROM events_webhook")
        .all(database)
        .await?;
    rows.iter().map(|row| row.uuid("grant_id")).collect()
}

pub(crate) async fn delete_of_grant(database: &Database, grant_id: Uuid) -> Result<u64> {
    sql("DELETE FROM events_webhook WHERE grant_id = $1")
        .bind(grant_id)
        .run(database)
        .await
}

/// Who hears of a resource and an event, before filters: webhooks of the organization, or those of one owner anywhere.
pub(crate) async fn hearing(
    on: &mut Transaction,
    organization_id: Uuid,
    owner_person: Option<Uuid>,
    owner_client: Option<&str>,
    resource: &str,
    event: &str,
) -> Result<Vec<Webhook>> {
    let mut statement = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_webhook w WHERE w.status = 'active'");
    if owner_person.is_none() && owner_client.is_none() {
        statement = statement
            .push(" AND w.organization_id = ")
            .push_bind(organization_id);
    }
    if let Some(person) = owner_person {
        statement = statement.push(" AND w.person_id = ").push_bind(person);
    }
    if let Some(client) = owner_client {
        statement = statement.push(" AND w.client_id = ").push_bind(client);
    }
    let rows = statement
        .push(" AND w.resource IN ('all', ")
        .push_bind(resource)
        .push(") AND w.event IN ('all', ")
        .push_bind(event)
        .push(") ORDER BY w.created_at, w.id")
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

pub(super) fn read(row: &Row) -> Result<Webhook> {
    let owned_by = row.text("owned_by")?;
    Ok(Webhook {
        id: row.uuid("id")?,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        person_id: PersonId::new(row.uuid("person_id")?),
        client_id: row.text("client_id")?,
        grant_id: row.uuid("grant_id")?,
        name: row.text("name")?,
        target_url: row.text("target_url")?,
        resource: row.text("resource")?,
        event: row.text("event")?,
        filter: row.optional_text("filter")?,
        secret: row.optional_text("secret")?.map(SecretString::from),
        owned_by: OwnedBy::parse(&owned_by)
            .ok_or_else(|| Error::internal(format!("a webhook is owned by “{owned_by}”")))?,
        sees_organization: row.boolean("sees_organization")?,
        is_active: row.text("status")? == "active",
        created_at: row.moment("created_at")?,
        failures: row.integer("failures")?,
        failing_since: row.optional_moment("failing_since")?,
    })
}
