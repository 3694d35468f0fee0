use std::collections::HashMap;

use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, SecretString, Timestamp};
use subtle::ConstantTimeEq as _;

use crate::batches::each;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::store::clients::{self, Found, SecretHashes};
use crate::{Client, OAuth};

/// How a program says which client it is; a public client has no secret to say.
pub(crate) struct PresentedClient {
    pub(crate) client_id: String,
    pub(crate) secret: Option<SecretString>,
}

impl OAuth {
    /// The client behind an id and a secret, or behind the id alone where it is a public one. An unknown id, a wrong secret
    /// and a disabled client look alike.
    pub(crate) async fn authenticate_client(
        &self,
        presented: &PresentedClient,
    ) -> Result<Client, TokenFailure> {
        let found = self.client_with_hashes(&presented.client_id).await?;
        match found {
            Some((client, hashes))
                if client.enabled && proves(&client, &hashes, presented.secret.as_ref(), self.now()) =>
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

    /// Whether this is the secret of this client at this moment, switched on or not.
    pub async fn is_secret_of(&self, client_id: &str, secret: &SecretString) -> Result<bool> {
        let found = self.client_with_hashes(client_id).await?;
        Ok(found.is_some_and(|(client, hashes)| {
            !client.is_public && proves(&client, &hashes, Some(secret), self.now())
        }))
    }

    async fn client_with_hashes(&self, client_id: &str) -> Result<Option<Found>> {
        let oauth = self.clone();
        let read = move |ids: Vec<String>| {
            let oauth = oauth.clone();
            async move { each(ids, async |ids| found_by_id(&oauth, &ids).await).await }
        };
        self.clients_by_id().ask(client_id.to_owned(), read).await
    }
}

async fn found_by_id(oauth: &OAuth, ids: &[String]) -> Result<HashMap<String, Found>> {
    let found = clients::find_many(oauth.database(), ids).await?;
    Ok(found
        .into_iter()
        .map(|found| (found.0.client_id.clone(), found))
        .collect())
}

/// A secret that a public client sends is somebody's mistake, and not its own.
fn proves(client: &Client, hashes: &SecretHashes, secret: Option<&SecretString>, now: Timestamp) -> bool {
    let secret = match (client.is_public, secret) {
        (true, secret) => return secret.is_none(),
        (false, None) => return false,
        (false, Some(secret)) => secret,
    };
    let given = token_hash(secret.expose_secret());
    let is = |stored: &str| bool::from(stored.as_bytes().ct_eq(given.as_bytes()));
    let is_previous = hashes
        .previous
        .as_ref()
        .is_some_and(|(stored, until)| now < *until && is(stored));
    is(&hashes.current) || is_previous
}
