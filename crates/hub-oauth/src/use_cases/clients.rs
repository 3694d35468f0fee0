use hub_identity::{new_secret_token, token_hash};
use kit::{Error, ExposeSecret as _, Result, SecretString};
use webex::ScopeSet;

use crate::OAuth;
use crate::model::client::{Client, ClientKind, Lifetimes, NewClient, RegisteredClient, check_redirect_uris};
use crate::store::clients;

/// The client that personal access tokens belong to, under the id that the platform's documentation shows for it.
pub const DEVELOPER_PORTAL: &str = "C80fb9c7096bd8474627317ee1d7a817eff372ca9c9cee3ce43c3ea3e8d1511ec";

fn no_such_client() -> Error {
    Error::not_found("There is no integration with this client id.")
}

impl OAuth {
    /// Registers an integration and makes its secret, which is answered this one time.
    pub async fn register_client(&self, new: NewClient) -> Result<RegisteredClient> {
        new.check()?;
        let secret = new_secret_token(&**self.randomness());
        let client = self.client_of(new, false);
        let mut transaction = self.database().begin().await?;
        if !clients::insert(&mut transaction, &client, &token_hash(secret.expose_secret())).await? {
            return Err(Error::conflict(
                "An integration with this client id is registered already.",
            ));
        }
        transaction.commit().await?;
        Ok(RegisteredClient { client, secret })
    }

    fn client_of(&self, new: NewClient, built_in: bool) -> Client {
        let NewClient {
            client_id,
            kind,
            name,
            vendor,
            contact,
            privacy_url,
            support_url,
            scopes,
            redirect_uris,
            legacy,
            lifetimes,
            initiate_login_uri,
        } = new;
        Client {
            client_id,
            kind,
            name,
            vendor,
            contact,
            privacy_url,
            support_url,
            scopes,
            redirect_uris,
            legacy,
            lifetimes,
            initiate_login_uri,
            enabled: true,
            built_in,
            created_at: self.now(),
        }
    }

    /// Makes the client of personal access tokens, unless it is there. Nobody knows its secret.
    pub(crate) async fn register_developer_portal(&self) -> Result<()> {
        let portal = NewClient {
            client_id: DEVELOPER_PORTAL.to_owned(),
            name: "Developer Portal".to_owned(),
            vendor: "Trunkline".to_owned(),
            scopes: ScopeSet::default(),
            lifetimes: Lifetimes::default(),
            ..NewClient::default()
        };
        let client = self.client_of(portal, true);
        let mut transaction = self.database().begin().await?;
        let unknown = new_secret_token(&**self.randomness());
        if clients::insert(&mut transaction, &client, &token_hash(unknown.expose_secret())).await? {
            transaction.commit().await?;
        }
        Ok(())
    }

    /// One client.
    pub async fn client(&self, client_id: &str) -> Result<Option<Client>> {
        Ok(clients::find(self.database(), client_id)
            .await?
            .map(|(client, _)| client))
    }

    /// Every integration, by name; the hub's own clients and Service Apps are none.
    pub async fn clients(&self) -> Result<Vec<Client>> {
        Ok(clients::all(self.database())
            .await?
            .into_iter()
            .filter(|client| !client.built_in && client.kind == ClientKind::Integration)
            .collect())
    }

    /// Replaces the redirect URIs of a client.
    pub async fn set_redirect_uris(&self, client_id: &str, uris: &[String]) -> Result<()> {
        check_redirect_uris(uris)?;
        let mut transaction = self.database().begin().await?;
        if !clients::replace_uris(&mut transaction, client_id, uris).await? {
            return Err(no_such_client());
        }
        transaction.commit().await
    }

    /// Replaces the secret of a client. Its grants live on; whoever refreshes them needs the new secret.
    pub async fn regenerate_secret(&self, client_id: &str) -> Result<SecretString> {
        let secret = new_secret_token(&**self.randomness());
        if clients::set_secret(self.database(), client_id, &token_hash(secret.expose_secret())).await? {
            Ok(secret)
        } else {
            Err(no_such_client())
        }
    }

    /// Switches an integration on or off for everybody. Off, nothing that it holds is valid; on again, it is.
    pub async fn set_client_enabled(&self, client_id: &str, enabled: bool) -> Result<()> {
        if clients::set_enabled(self.database(), client_id, enabled).await? {
            Ok(())
        } else {
            Err(no_such_client())
        }
    }
}
