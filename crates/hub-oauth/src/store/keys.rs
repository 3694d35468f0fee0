use aws_lc_rs::hmac;
use kit::{Error, ExposeSecret as _, Result, SecretString};
use kit_sql::sql;

use crate::OAuth;
use crate::model::token_text;

/// The key from which the successor of a rotating refresh token is derived. It is not enough to make one: the token that
/// came is needed too, and of that the database keeps a hash only. Never printed.
pub(crate) struct SuccessorKey(hmac::Key);

impl SuccessorKey {
    fn of(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA512, bytes))
    }

    /// The refresh token that follows `presented`: the same each time, so that a lost answer can be given again although
    /// nobody keeps its text.
    pub(crate) fn successor(&self, presented: &SecretString) -> Result<SecretString> {
        let tag = hmac::sign(&self.0, presented.expose_secret().as_bytes());
        token_text::successor(presented.expose_secret(), tag.as_ref())
            .ok_or_else(|| Error::internal("the successor of what is no token was asked for"))
    }
}

/// Loads the key; makes it at the first start. Of two that start at once, both load the one that came first.
pub(crate) async fn load_or_make_successor_key(oauth: &OAuth) -> Result<SuccessorKey> {
    const SELECT: &str = "SELECT value FROM oauth_key WHERE name = 'refresh successor'";
    if let Some(row) = sql(SELECT).optional(oauth.database()).await? {
        return Ok(SuccessorKey::of(&row.bytes("value")?));
    }
    let mut bytes = [0_u8; 64];
    oauth.randomness().fill(&mut bytes);
    sql("INSERT INTO oauth_key (name, value, created_at) VALUES ('refresh successor', $1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(bytes.as_slice())
        .bind(oauth.now())
        .run(oauth.database())
        .await?;
    let row = sql(SELECT).one(oauth.database()).await?;
    Ok(SuccessorKey::of(&row.bytes("value")?))
}
