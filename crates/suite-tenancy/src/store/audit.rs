use kit::{Result, Timestamp, Uuid, search_key};
use kit_sql::{Database, Handle, Row, sql};

use crate::model::{AuditEntry, CustomerId, PrincipalId, RecordedEntry};

pub(crate) async fn insert<'h>(
    on: impl Into<Handle<'h>>,
    id: Uuid,
    at: Timestamp,
    entry: AuditEntry<'_>,
) -> Result<()> {
    let AuditEntry {
        actor,
        customer,
        verb,
        subject,
        detail,
    } = entry;
    let searched = search_key(&format!("{} {verb} {subject} {detail}", actor.name));
    sql("INSERT INTO audit_entry (id, at, actor_id, actor_name, customer_id, verb, subject, detail, search_text) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(id)
        .bind(at)
        .bind(actor.is_principal().then(|| actor.principal_id.uuid().to_string()))
        .bind(&actor.name)
        .bind(customer.map(|customer| customer.uuid().to_string()))
        .bind(verb)
        .bind(subject)
        .bind(detail)
        .bind(searched)
        .run(on)
        .await
        .map(drop)
}

/// Where a page of the trail begins, and what is left out.
pub(crate) struct Filter<'a> {
    pub(crate) visible: Option<&'a [CustomerId]>,
    pub(crate) customer: Option<CustomerId>,
    pub(crate) search: &'a str,
    pub(crate) before: Option<(Timestamp, String)>,
    pub(crate) limit: i64,
}

pub(crate) async fn list(database: &Database, filter: &Filter<'_>) -> Result<Vec<RecordedEntry>> {
    let mut statement = sql(
        "SELECT e.id, e.at, e.actor_id, e.actor_name, e.customer_id, c.name AS customer_name, e.verb, e.subject, e.detail FROM audit_entry e LEFT JOIN customer c ON c.id = e.customer_id WHERE 1 = 1",
    );
    if let Some(visible) = filter.visible {
        statement = statement
            .push(" AND e.customer_id IN ")
            .push_list(visible.iter().map(|id| id.uuid()));
    }
    if let Some(customer) = filter.customer {
        statement = statement.push(" AND e.customer_id = ").push_bind(customer.uuid());
    }
    let key = search_key(filter.search);
    if !key.is_empty() {
        statement = statement
            .push(" AND e.search_text LIKE ")
            .push_bind(kit_sql::like_anywhere(&key))
            .push(" ESCAPE '\\'");
    }
    if let Some((at, id)) = &filter.before {
        statement = statement
            .push(" AND (e.at < ")
            .push_bind(*at)
            .push(" OR (e.at = ")
            .push_bind(*at)
            .push(" AND e.id < ")
            .push_bind(id)
            .push("))");
    }
    let rows = statement
        .push(" ORDER BY e.at DESC, e.id DESC LIMIT ")
        .push_bind(filter.limit)
        .all(database)
        .await?;
    rows.iter().map(entry).collect()
}

fn entry(row: &Row) -> Result<RecordedEntry> {
    Ok(RecordedEntry {
        id: row.text("id")?,
        at: row.moment("at")?,
        actor_id: row.optional_uuid("actor_id")?.map(PrincipalId::new),
        actor_name: row.text("actor_name")?,
        customer: row.optional_uuid("customer_id")?.map(CustomerId::new),
        customer_name: row.optional_text("customer_name")?,
        verb: row.text("verb")?,
        subject: row.text("subject")?,
        detail: row.text("detail")?,
    })
}
