use std::time::Duration;

use hub_events::{Initiator, SecurityEventKind};
use hub_identity::{new_secret_token, token_hash};
use kit::{Error, ExposeSecret as _, Result, SecretString};
use kit_sql::Transaction;

use crate::OAuth;
use crate::model::client::{Client, ClientChange, check_redirect_uris};
use crate::model::grant::Because;
use crate::store::{clients, codes, grants};

/// The longest time for which a secret and its successor are both valid.
const LONGEST_OVERLAP: Duration = Duration::from_secs(30 * 24 * 3600);

fn no_such_client() -> Error {
    Error::not_found("There is no integration with this client id.")
}

impl OAuth {
    /// Changes what an integration is called, links to, may ask for and answers to. The caller has checked who asks.
    pub async fn update_client(&self, client_id: &str, change: ClientChange) -> Result<Client> {
        let mut transaction = self.database().begin().await?;
        let after = self
            .update_client_within(&mut transaction, client_id, change)
            .await?;
        transaction.commit().await?;
        Ok(after)
    }

    /// The same inside the transaction of its cause.
    pub async fn update_client_within(
        &self,
        transaction: &mut Transaction,
        client_id: &str,
        change: ClientChange,
    ) -> Result<Client> {
        let before = locked(transaction, client_id).await?;
        let after = change.applied_to(before);
        after.check()?;
        clients::update(transaction, &after).await?;
        clients::replace_uris(transaction, client_id, &after.redirect_uris).await?;
        Ok(after)
    }

    /// Replaces the redirect URIs of a client.
    pub async fn set_redirect_uris(&self, client_id: &str, uris: &[String]) -> Result<()> {
        check_redirect_uris(uris)?;
        let change = ClientChange {
            redirect_uris: Some(uris.to_vec()),
            ..ClientChange::default()
        };
        self.update_client(client_id, change).await?;
        Ok(())
    }

    /// Replaces the secret of a client at once. Its grants live on; whoever refreshes them needs the new secret.
    pub async fn regenerate_secret(&self, client_id: &str) -> Result<SecretString> {
        self.rotate_secret(client_id, Duration::ZERO).await
    }

    /// Gives a client a new secret; the old one is valid beside it for `overlap`, so that nobody has to change both ends
    /// in one moment. A secret before the old one ends at once. The caller has checked who asks.
    pub async fn rotate_secret(&self, client_id: &str, overlap: Duration) -> Result<SecretString> {
        let mut transaction = self.database().begin().await?;
        let secret = self
            .rotate_secret_within(&mut transaction, client_id, overlap)
            .await?;
        transaction.commit().await?;
        Ok(secret)
    }

    /// The same inside the transaction of its cause.
    pub async fn rotate_secret_within(
        &self,
        transaction: &mut Transaction,
        client_id: &str,
        overlap: Duration,
    ) -> Result<SecretString> {
        if overlap > LONGEST_OVERLAP {
            return Err(Error::invalid(
                "An old secret can stay valid beside the new one for 30 days at the most.",
            ));
        }
        let secret = new_secret_token(&**self.randomness());
        let until = (!overlap.is_zero()).then(|| self.now().plus(overlap));
        let client = locked(transaction, client_id).await?;
        if client.is_public {
            return Err(Error::conflict(
                "This integration was registered without a secret, because it runs where none can be kept.",
            ));
        }
        let hash = token_hash(secret.expose_secret());
        clients::set_secret(&mut *transaction, client_id, &hash, until).await?;
        let reason = format!("The integration “{}” has a new secret.", client.name);
        self.announce_about_client(
            transaction,
            client_id,
            SecurityEventKind::SecretRotated,
            Initiator::System,
            &reason,
        )
        .await?;
        Ok(secret)
    }

    /// Switches an integration on or off for everybody. Off, everything that it has dies; on again, it starts afresh. The
    /// caller has checked who asks.
    pub async fn set_client_enabled(&self, client_id: &str, enabled: bool) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        let client = locked(&mut transaction, client_id).await?;
        if !clients::set_enabled(&mut transaction, client_id, enabled, self.now()).await? {
            return Ok(());
        }
        let (kind, words) = if enabled {
            (SecurityEventKind::IntegrationAllowed, "on again")
        } else {
            (SecurityEventKind::IntegrationBlocked, "off")
        };
        let reason = format!(
            "The integration “{}” was switched {words} for everybody.",
            client.name
        );
        self.announce_about_client(&mut transaction, client_id, kind, Initiator::System, &reason)
            .await?;
        transaction.commit().await
    }

    /// Deletes an integration: nobody finds it any more, and everything that it has dies with it. The caller has checked
    /// who asks.
    pub async fn delete_client(&self, client_id: &str) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        self.delete_client_within(&mut transaction, client_id).await?;
        transaction.commit().await
    }

    /// The same inside the transaction of its cause.
    pub async fn delete_client_within(&self, transaction: &mut Transaction, client_id: &str) -> Result<()> {
        let now = self.now();
        let client = locked(transaction, client_id).await?;
        if client.built_in {
            return Err(Error::conflict(
                "This application is part of the Hub and cannot be deleted.",
            ));
        }
        let reason = format!("The integration “{}” was deleted.", client.name);
        self.announce_about_client(
            transaction,
            client_id,
            SecurityEventKind::IntegrationDeleted,
            Initiator::System,
            &reason,
        )
        .await?;
        clients::delete(transaction, client_id, now).await?;
        codes::revoke_of_client(transaction, client_id, now).await?;
        grants::revoke_of_client(transaction, client_id, Because::ClientDeleted, now).await?;
        Ok(())
    }
}

/// The client, held until the transaction ends.
async fn locked(transaction: &mut Transaction, client_id: &str) -> Result<Client> {
    if !clients::lock(transaction, client_id).await? {
        return Err(no_such_client());
    }
    let found = clients::find(transaction, client_id).await?;
    found.map(|(client, _)| client).ok_or_else(no_such_client)
}
