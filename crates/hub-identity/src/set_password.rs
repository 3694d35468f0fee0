use async_trait::async_trait;
use hub_directory::{InitialPassword, PersonId};
use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp};

use crate::Identity;
use crate::model::password_rules::check_new_password;
use crate::store::{credentials, epochs, sessions};

impl Identity {
    /// Gives a person a password without asking for the old one: the first one, or an administrator's reset. A
    /// reset is a password change: what the person gave and holds dies.
    pub async fn set_password(&self, person: PersonId, password: &SecretString) -> Result<()> {
        let account = self
            .directory()
            .account(person)
            .await?
            .ok_or_else(|| Error::not_found("There is no such person."))?;
        check_new_password(password.expose_secret(), &account.email)?;
        let hash = self.passwords().hash(password).await?;
        let now = self.now();
        let mut transaction = self.database().begin().await?;
        let is_first = credentials::put(&mut transaction, person, &hash, now).await?;
        if !is_first {
            epochs::bump_everything(&mut transaction, person, now).await?;
            sessions::end_all(&mut transaction, person, None, now).await?;
        }
        transaction.commit().await
    }

    /// When the person's password was set; `None` for somebody without one.
    pub async fn password_changed_at(&self, person: PersonId) -> Result<Option<Timestamp>> {
        Ok(credentials::find(self.database(), person)
            .await?
            .map(|credential| credential.changed_at))
    }
}

#[async_trait]
impl InitialPassword for Identity {
    async fn set(&self, person: PersonId, password: &SecretString) -> Result<()> {
        self.set_password(person, password).await
    }
}
