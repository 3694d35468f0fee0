use hub_directory::{Caller, CallerOrigin};
use kit::{Error, Result, Timestamp};

use crate::OAuth;
use crate::store::access_tokens;

impl OAuth {
    /// When the token that the caller uses expires.
    pub(crate) async fn access_token_expiry(&self, caller: &Caller) -> Result<Timestamp> {
        let CallerOrigin::Token {
            client_id: _,
            token_hash,
            grant_id: _,
        } = &caller.origin
        else {
            return Err(Error::invalid(
                "This question is about an access token; a session has none.",
            ));
        };
        let presented = access_tokens::find(self.database(), token_hash).await?;
        presented
            .map(|presented| presented.token.expires_at)
            .ok_or_else(|| Error::unauthenticated(hub_directory::INVALID_TOKEN))
    }
}
