use std::time::Duration;

use hub_caller::OrganizationId;
use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::{Database, Row, Transaction, sql};

use crate::Letter;

pub(crate) async fn insert(on: &mut Transaction, id: Uuid, at: Timestamp, letter: &Letter) -> Result<()> {
    let Letter {
        organization_id,
        to,
        subject,
        paragraphs,
        link,
        once_key,
    } = letter;
    let paragraphs = serde_json::to_string(paragraphs).map_err(Error::internal)?;
    let (words, path) = link.clone().unzip();
    sql("INSERT INTO events_letter (id, organization_id, created_at, recipient, subject, paragraphs, link_words, link_path, once_key, tries, next_try_at, last_error)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $3, '')
         ON CONFLICT (once_key) DO NOTHING")
    .bind(id)
    .bind(organization_id.uuid())
    .bind(at)
    .bind(to.as_str())
    .bind(subject.as_str())
    .bind(paragraphs)
    .bind(words)
    .bind(path)
    .bind(once_key.clone())
    .run(on)
    .await?;
    Ok(())
}

/// A letter as it was written, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct KeptLetter {
    pub(crate) id: Uuid,
    pub(crate) created_at: Timestamp,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) link: Option<(String, String)>,
    pub(crate) sent_at: Option<Timestamp>,
    pub(crate) sent_by: String,
    pub(crate) given_up_at: Option<Timestamp>,
    pub(crate) tries: i64,
    pub(crate) next_try_at: Timestamp,
    pub(crate) last_error: String,
}

const COLUMNS: &str = "id, created_at, recipient, subject, paragraphs, link_words, link_path, sent_at, sent_by, given_up_at, tries, next_try_at, last_error";

/// Takes letters that are due and that nobody holds; the number with each proves it from then on.
pub(crate) async fn claim(
    database: &Database,
    now: Timestamp,
    lease: Duration,
    limit: i64,
) -> Result<Vec<(KeptLetter, i64)>> {
    let rows = sql("UPDATE events_letter SET lease_number = lease_number + 1, leased_until = $2
         WHERE sent_at IS NULL AND given_up_at IS NULL AND next_try_at <= $1 AND leased_until <= $1 AND id IN (
            SELECT id FROM events_letter WHERE sent_at IS NULL AND given_up_at IS NULL AND next_try_at <= $1 AND leased_until <= $1
            ORDER BY next_try_at, id LIMIT $3)
         RETURNING lease_number, ")
    .push(COLUMNS)
    .bind(now)
    .bind(now.plus(lease))
    .bind(limit)
    .all(database)
    .await?;
    rows.iter()
        .map(|row| Ok((read(row)?, row.integer("lease_number")?)))
        .collect()
}

/// It has left. What only its reader may know is forgotten.
pub(crate) async fn sent(
    database: &Database,
    id: Uuid,
    lease_number: i64,
    at: Timestamp,
    road: &'static str,
    link_path: Option<String>,
) -> Result<()> {
    sql("UPDATE events_letter SET sent_at = $3, sent_by = $4, link_path = $5, last_error = '', leased_until = 0 WHERE id = $1 AND lease_number = $2")
        .bind(id)
        .bind(lease_number)
        .bind(at)
        .bind(road)
        .bind(link_path)
        .run(database)
        .await?;
    Ok(())
}

/// It could not leave: later again, or never.
pub(crate) async fn not_sent(
    database: &Database,
    letter: &KeptLetter,
    lease_number: i64,
    next_try_at: Timestamp,
    given_up_at: Option<Timestamp>,
    error: &str,
) -> Result<()> {
    sql("UPDATE events_letter SET tries = $3, next_try_at = $4, given_up_at = $5, last_error = $6, leased_until = 0 WHERE id = $1 AND lease_number = $2")
        .bind(letter.id)
        .bind(lease_number)
        .bind(letter.tries + 1)
        .bind(next_try_at)
        .bind(given_up_at)
        .bind(error)
        .run(database)
        .await?;
    Ok(())
}

/// The letters of an organization, the newest first.
pub(crate) async fn list(
    database: &Database,
    organization_id: OrganizationId,
    offset: i64,
    limit: i64,
) -> Result<Vec<KeptLetter>> {
    let rows = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_letter WHERE organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" ORDER BY created_at DESC, id DESC LIMIT ")
        .push_bind(limit)
        .push(" OFFSET ")
        .push_bind(offset)
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn count(database: &Database, organization_id: OrganizationId) -> Result<i64> {
    sql("SELECT COUNT(*) AS letters FROM events_letter WHERE organization_id = $1")
        .bind(organization_id.uuid())
        .one(database)
        .await?
        .integer("letters")
}

/// One letter of an organization.
pub(crate) async fn find(
    database: &Database,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<Option<KeptLetter>> {
    let row = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM events_letter WHERE organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND id = ")
        .push_bind(id)
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// Forgets what is older.
pub(crate) async fn forget_before(database: &Database, moment: Timestamp) -> Result<u64> {
    sql("DELETE FROM events_letter WHERE created_at < $1")
        .bind(moment)
        .run(database)
        .await
}

fn read(row: &Row) -> Result<KeptLetter> {
    let link = row
        .optional_text("link_words")?
        .zip(row.optional_text("link_path")?);
    Ok(KeptLetter {
        id: row.uuid("id")?,
        created_at: row.moment("created_at")?,
        to: row.text("recipient")?,
        subject: row.text("subject")?,
        paragraphs: serde_json::from_str(&row.text("paragraphs")?).map_err(Error::internal)?,
        link,
        sent_at: row.optional_moment("sent_at")?,
        sent_by: row.text("sent_by")?,
        given_up_at: row.optional_moment("given_up_at")?,
        tries: row.integer("tries")?,
        next_try_at: row.moment("next_try_at")?,
        last_error: row.text("last_error")?,
    })
}
