use hub_directory::PersonId;
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Transaction, sql};

/// A stored password.
pub(crate) struct Credential {
    pub(crate) password_hash: String,
    pub(crate) changed_at: Timestamp,
    /// Somebody else has seen it: it opens nothing but the page that changes it.
    pub(crate) must_change: bool,
}

pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, person: PersonId) -> Result<Option<Credential>> {
    let row = sql("SELECT password_hash, changed_at, must_change FROM credential WHERE person_id = $1")
        .bind(person.uuid())
        .optional(on)
        .await?;
    row.map(|row| {
        Ok(Credential {
            password_hash: row.text("password_hash")?,
            changed_at: row.moment("changed_at")?,
            must_change: row.boolean("must_change")?,
        })
    })
    .transpose()
}

/// Puts a password there, and the one before into the history; says whether the person had none before.
pub(crate) async fn put(
    transaction: &mut Transaction,
    person: PersonId,
    hash: &str,
    must_change: bool,
    now: Timestamp,
) -> Result<bool> {
    let inserted = sql(
        "INSERT INTO credential (person_id, password_hash, changed_at, must_change) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id) DO NOTHING",
    )
    .bind(person.uuid())
    .bind(hash)
    .bind(now)
    .bind(must_change)
    .run(&mut *transaction)
    .await?;
    if inserted == 0 {
        remember(transaction, person).await?;
        sql("UPDATE credential SET password_hash = $2, changed_at = $3, must_change = $4 WHERE person_id = $1")
            .bind(person.uuid())
            .bind(hash)
            .bind(now)
            .bind(must_change)
            .run(transaction)
            .await?;
    }
    Ok(inserted > 0)
}

/// Replaces the password that was `checked`; false when another change came in between.
pub(crate) async fn replace(
    transaction: &mut Transaction,
    person: PersonId,
    checked: &str,
    hash: &str,
    now: Timestamp,
) -> Result<bool> {
    remember(transaction, person).await?;
    let touched = sql(
        "UPDATE credential SET password_hash = $3, changed_at = $4, must_change = FALSE WHERE person_id = $1 AND password_hash = $2",
    )
    .bind(person.uuid())
    .bind(checked)
    .bind(hash)
    .bind(now)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

/// Takes the password away and keeps it in the history.
pub(crate) async fn withdraw(transaction: &mut Transaction, person: PersonId) -> Result<()> {
    remember(transaction, person).await?;
    sql("DELETE FROM credential WHERE person_id = $1")
        .bind(person.uuid())
        .run(transaction)
        .await?;
    Ok(())
}

/// Forgets everything about the passwords of somebody who is gone.
pub(crate) async fn remove(transaction: &mut Transaction, person: PersonId) -> Result<()> {
    for statement in [
        "DELETE FROM credential WHERE person_id = $1",
        "DELETE FROM password_history WHERE person_id = $1",
        "DELETE FROM password_ticket WHERE person_id = $1",
        "DELETE FROM external_identity WHERE person_id = $1",
    ] {
        sql(statement).bind(person.uuid()).run(&mut *transaction).await?;
    }
    Ok(())
}

/// The hashes of the last passwords before the present one, the newest first.
pub(crate) async fn history(database: &Database, person: PersonId, limit: i64) -> Result<Vec<String>> {
    let rows = sql(
        "SELECT password_hash FROM password_history WHERE person_id = $1 ORDER BY changed_at DESC LIMIT $2",
    )
    .bind(person.uuid())
    .bind(limit)
    .all(database)
    .await?;
    rows.iter().map(|row| row.text("password_hash")).collect()
}

/// No policy looks further back.
const REMEMBERED_AT_MOST: i64 = 24;

async fn remember(transaction: &mut Transaction, person: PersonId) -> Result<()> {
    sql(
        "INSERT INTO password_history (person_id, changed_at, password_hash)
         SELECT person_id, changed_at, password_hash FROM credential WHERE person_id = $1
         ON CONFLICT (person_id, changed_at, password_hash) DO NOTHING",
    )
    .bind(person.uuid())
    .run(&mut *transaction)
    .await?;
    sql("DELETE FROM password_history WHERE person_id = $1 AND changed_at < (
            SELECT MIN(kept.changed_at) FROM (
                SELECT changed_at FROM password_history WHERE person_id = $2 ORDER BY changed_at DESC LIMIT $3) kept)")
    .bind(person.uuid())
    .bind(person.uuid())
    .bind(REMEMBERED_AT_MOST)
    .run(transaction)
    .await?;
    Ok(())
}

/// Whether this is still the person's password; if so, it stays until the transaction ends.
pub(crate) async fn hold(
    transaction: &mut Transaction,
    person: PersonId,
    password_hash: &str,
) -> Result<bool> {
    let for_share = transaction.dialect().for_share();
    let row = sql("SELECT person_id FROM credential WHERE person_id = $1 AND password_hash = $2")
        .bind(person.uuid())
        .bind(password_hash)
        .push(for_share)
        .optional(transaction)
        .await?;
    Ok(row.is_some())
}
