use hub_identity::{new_secret_token, token_hash};
use kit::{Error, ExposeSecret as _, Result, SecretString};
use kit_sql::Transaction;

use crate::OAuth;
use crate::model::client::{Client, ClientKind, NewClient, RegisteredClient};
use crate::store::clients;

/// The client that personal access tokens belong to, under the id that the platform's documentation shows for it.
pub const DEVELOPER_PORTAL: &str = "C80fb9c7096bd8474627317ee1d7a817eff372ca9c9cee3ce43c3ea3e8d1511ec";

impl OAuth {
    /// Registers an integration and makes its secret, which is answered this one time.
    pub async fn register_client(&self, new: NewClient) -> Result<RegisteredClient> {
        let client = new.into_client(self.now());
        let secret = new_secret_token(&**self.randomness());
        self.insert_client(&client, &token_hash(secret.expose_secret()))
            .await?;
        Ok(RegisteredClient { client, secret })
    }

    /// Registers an integration that cannot keep a secret (an app on a telephone, a page in a browser): it has none, must
    /// use PKCE, and its refresh tokens rotate.
    pub async fn register_public_client(&self, new: NewClient) -> Result<Client> {
        let client = Client {
            is_public: true,
            rotates_refresh_tokens: true,
            ..new.into_client(self.now())
        };
        self.insert_client(&client, "").await?;
        Ok(client)
    }

    /// Registers a client inside the transaction of its cause; a public one has no secret.
    pub async fn register_client_within(
        &self,
        transaction: &mut Transaction,
        new: NewClient,
        is_public: bool,
    ) -> Result<(Client, Option<SecretString>)> {
        let client = new.into_client(self.now());
        let client = Client {
            is_public,
            rotates_refresh_tokens: client.rotates_refresh_tokens || is_public,
            ..client
        };
        client.check()?;
        let secret = (!is_public).then(|| new_secret_token(&**self.randomness()));
        let hash = secret
            .as_ref()
            .map(|secret| token_hash(secret.expose_secret()))
            .unwrap_or_default();
        if !clients::insert(transaction, &client, &hash).await? {
            return Err(Error::conflict(
                "An integration with this client id is registered already.",
            ));
        }
        Ok((client, secret))
    }

    async fn insert_client(&self, client: &Client, secret_hash: &str) -> Result<()> {
        client.check()?;
        let mut transaction = self.database().begin().await?;
        if !clients::insert(&mut transaction, client, secret_hash).await? {
            return Err(Error::conflict(
                "An integration with this client id is registered already.",
            ));
        }
        transaction.commit().await
    }

    /// Makes the client of personal access tokens, unless it is there. Nobody knows its secret.
    pub(crate) async fn register_developer_portal(&self) -> Result<()> {
        let portal = NewClient {
            client_id: DEVELOPER_PORTAL.to_owned(),
            name: "Developer Portal".to_owned(),
            vendor: "Trunkline".to_owned(),
            ..NewClient::default()
        };
        let client = Client {
            built_in: true,
            ..portal.into_client(self.now())
        };
        let mut transaction = self.database().begin().await?;
        let unknown = new_secret_token(&**self.randomness());
        if clients::insert(&mut transaction, &client, &token_hash(unknown.expose_secret())).await? {
            transaction.commit().await?;
        }
        Ok(())
    }

    /// One client; one that was deleted is not there.
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
}
