use hub_directory::PersonId;
use hub_identity::Epochs;
use kit::{Result, Timestamp};
use kit_sql::{Transaction, sql};

/// Lets tokens of one person be made one after the other, and takes the room of one from what the last count left. Answers
/// what is left: below zero somebody must count again, because tokens that died since are not known here.
pub(crate) async fn take_room(transaction: &mut Transaction, person: PersonId, most: i64) -> Result<i64> {
    let row = sql("INSERT INTO oauth_account (person_id, minted, room) VALUES ($1, 1, $2)
         ON CONFLICT (person_id) DO UPDATE SET minted = oauth_account.minted + 1, room = oauth_account.room - 1
         RETURNING room")
    .bind(person.uuid())
    .bind(most - 1)
    .one(transaction)
    .await?;
    row.integer("room")
}

/// Notes what a count left.
pub(crate) async fn put_room(transaction: &mut Transaction, person: PersonId, room: i64) -> Result<()> {
    sql("UPDATE oauth_account SET room = $2 WHERE person_id = $1")
        .bind(person.uuid())
        .bind(room)
        .run(transaction)
        .await?;
    Ok(())
}

/// Notes that the ceiling is announced now; false when it was after `last_before`.
pub(crate) async fn note_ceiling(
    transaction: &mut Transaction,
    person: PersonId,
    now: Timestamp,
    last_before: Timestamp,
) -> Result<bool> {
    let touched = sql("UPDATE oauth_account SET ceiling_announced_at = $2
         WHERE person_id = $1 AND (ceiling_announced_at IS NULL OR ceiling_announced_at <= $3)")
    .bind(person.uuid())
    .bind(now)
    .bind(last_before)
    .run(transaction)
    .await?;
    Ok(touched == 1)
}

/// How many living access tokens the person has.
pub(crate) async fn living_tokens(
    transaction: &mut Transaction,
    person: PersonId,
    epochs: Epochs,
    now: Timestamp,
) -> Result<i64> {
    let row = sql(
        "SELECT COUNT(*) AS living FROM oauth_access_token t JOIN oauth_grant g ON g.id = t.grant_id
         WHERE g.person_id = $1 AND g.revoked_at IS NULL AND g.epoch_everything = $2
           AND (NOT g.administrative OR g.epoch_administrative = $3)
           AND t.revoked_at IS NULL AND t.expires_at > $4",
    )
    .bind(person.uuid())
    .bind(epochs.everything)
    .bind(epochs.administrative)
    .bind(now)
    .one(transaction)
    .await?;
    row.integer("living")
}
