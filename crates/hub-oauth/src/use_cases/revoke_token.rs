use hub_events::{Initiator, SecurityEventKind};
use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, SecretString};

use crate::model::grant::{Because, Grant};
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
        if let Some(grant) = self.grant_of_refresh_token(&hash).await? {
            own(client, &grant.client_id)?;
            self.give_back(client, &grant).await?;
        } else if let Some(presented) = access_tokens::find(self.database(), &hash).await? {
            own(client, &presented.grant.client_id)?;
            access_tokens::revoke(self.database(), presented.token.id, self.now()).await?;
        }
        Ok(())
    }

    /// The grant of a refresh token, also of one that was replaced: whoever gives that back wants the grant to end.
    async fn grant_of_refresh_token(&self, hash: &str) -> Result<Option<Grant>> {
        let mut found = grants::by_refresh_hashes(self.database(), &[hash.to_owned()]).await?;
        match found.remove(hash) {
            Some((with_client, _)) => Ok(Some(with_client.grant)),
            None => grants::of_retired_refresh(self.database(), hash).await,
        }
    }

    async fn give_back(&self, client: &Client, grant: &Grant) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        if !grants::revoke(&mut transaction, grant.id, Because::Client, self.now()).await? {
            return Ok(());
        }
        let reason = format!("The integration “{}” gave its authorization back.", client.name);
        self.announce_about_grant(
            &mut transaction,
            grant,
            SecurityEventKind::AuthorizationRevokedByClient,
            Initiator::System,
            &reason,
        )
        .await?;
        transaction.commit().await
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
