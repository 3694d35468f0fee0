use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, SecretString};
use subtle::ConstantTimeEq as _;

use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::store::clients;
use crate::{Client, OAuth};

/// How a program says which client it is.
pub(crate) struct PresentedClient {
    pub(crate) client_id: String,
    pub(crate) secret: SecretString,
}

impl OAuth {
    /// The client behind an id and a secret. An unknown id, a wrong secret and a disabled client look alike.
    pub(crate) async fn authenticate_client(
        &self,
        presented: &PresentedClient,
    ) -> Result<Client, TokenFailure> {
        let found = clients::find(self.database(), &presented.client_id).await?;
        let given = token_hash(presented.secret.expose_secret());
        match found {
            Some((client, stored))
                if bool::from(stored.as_bytes().ct_eq(given.as_bytes())) && client.enabled =>
            {
                Ok(client)
            }
            _ => Err(OAuthError::new(
                ErrorCode::InvalidClient,
                "The client id or the client secret is invalid, or the integration is switched off.",
            )
            .into()),
        }
    }
}
