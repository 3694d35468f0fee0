use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, SecretString};

use crate::model::grant::Because;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::model::token_text;
use crate::store::{access_tokens, grants};
use crate::{Client, OAuth};

impl OAuth {
    /// A client gives a token back (RFC 7009). A refresh token takes its access tokens along; an access token goes
    /// alone. A token that nobody knows is no error.
    pub(crate) async fn revoke_token(
        &self,
        client: &Client,
        secret: &SecretString,
    ) -> Result<(), TokenFailure> {
        if !token_text::has_the_shape(secret.expose_secret()) {
            return Ok(());
        }
        let hash = token_hash(secret.expose_secret());
        let now = self.now();
        if let Some(grant) = grants::by_refresh_hash(self.database(), &hash).await? {
            own(client, &grant.client_id)?;
            grants::revoke(self.database(), grant.id, Because::Client, now).await?;
        } else if let Some(presented) = access_tokens::find(self.database(), &hash).await? {
            own(client, &presented.grant.client_id)?;
            access_tokens::revoke(self.database(), presented.token.id, now).await?;
        }
        Ok(())
    }
}

fn own(client: &Client, owner: &str) -> Result<(), OAuthError> {
    if client.client_id == owner {
        Ok(())
    } else {
        Err(OAuthError::new(
            ErrorCode::InvalidGrant,
            "The token was issued to another client.",
        ))
    }
}
