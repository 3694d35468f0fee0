use hub_directory::PersonId;
use hub_identity::Epochs;
use kit::{Result, Timestamp};
use kit_sql::{Transaction, sql};

/// Lets tokens of one person be made one after the other, so that the limit per account can be counted.
pub(crate) async fn lock(transaction: &mut Transaction, person: PersonId) -> Result<()> {
    sql("INSERT INTO oauth_account (person_id, minted) VALUES ($1, 1)
         ON CONFLICT (person_id) DO UPDATE SET minted = oauth_account.minted + 1")
    .bind(person.uuid())
    .run(transaction)
    .await?;
    Ok(())
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
