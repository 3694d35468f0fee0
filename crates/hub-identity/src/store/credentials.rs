use hub_directory::PersonId;
use kit::{Result, Timestamp};
use kit_sql::{Handle, Transaction, sql};

/// A stored password.
pub(crate) struct Credential {
    pub(crate) password_hash: String,
    pub(crate) changed_at: Timestamp,
}

pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, person: PersonId) -> Result<Option<Credential>> {
    let row = sql("SELECT password_hash, changed_at FROM credential WHERE person_id = $1")
        .bind(person.uuid())
        .optional(on)
        .await?;
    row.map(|row| {
        Ok(Credential {
            password_hash: row.text("password_hash")?,
            changed_at: row.moment("changed_at")?,
        })
    })
    .transpose()
}

/// Puts a password there; says whether the person had none before.
pub(crate) async fn put(
    transaction: &mut Transaction,
    person: PersonId,
    hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let inserted = sql(
        "INSERT INTO credential (person_id, password_hash, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (person_id) DO NOTHING",
    )
    .bind(person.uuid())
    .bind(hash)
    .bind(now)
    .run(&mut *transaction)
    .await?;
    if inserted == 0 {
        sql("UPDATE credential SET password_hash = $2, changed_at = $3 WHERE person_id = $1")
            .bind(person.uuid())
            .bind(hash)
            .bind(now)
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
    let touched =
        sql("UPDATE credential SET password_hash = $3, changed_at = $4 WHERE person_id = $1 AND password_hash = $2")
            .bind(person.uuid())
            .bind(checked)
            .bind(hash)
            .bind(now)
            .run(transaction)
            .await?;
    Ok(touched == 1)
}

pub(crate) async fn remove(transaction: &mut Transaction, person: PersonId) -> Result<()> {
    sql("DELETE FROM credential WHERE person_id = $1")
        .bind(person.uuid())
        .run(transaction)
        .await?;
    Ok(())
}
