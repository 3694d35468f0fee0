use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::{Transaction, sql};

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
