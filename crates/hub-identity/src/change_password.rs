use hub_directory::PersonId;
use kit::{Error, ExposeSecret as _, Result, SecretString};

use crate::Identity;
use crate::model::password_rules::check_new_password;
use crate::model::session::SessionId;
use crate::store::{attempts, credentials, epochs, sessions};
use crate::token_hash::token_hash;

/// Wrong current passwords are counted apart from sign-in: whoever sits at an open browser must not be able to
/// keep its owner from signing in elsewhere.
const SOURCE: &str = "password page";

impl Identity {
    /// Changes a person's own password. Everything that was authorized with the old one dies, and every session
    /// other than `keep`.
    pub async fn change_password(
        &self,
        person: PersonId,
        current: &SecretString,
        new: &SecretString,
        keep: Option<SessionId>,
    ) -> Result<()> {
        let account = self
            .directory()
            .account(person)
            .await?
            .ok_or_else(|| Error::not_found("There is no such person."))?;
        let account_key = token_hash(&account.email.to_lowercase());
        self.count_a_try(&account_key, SOURCE).await?;
        let stored = credentials::find(self.database(), person)
            .await?
            .map(|credential| credential.password_hash);
        let right = self.passwords().verify(current, stored.clone()).await?;
        let Some(stored) = stored.filter(|_| right) else {
            return Err(Error::forbidden(
                "The current password is not right; nothing was changed.",
            ));
        };
        attempts::forget(self.database(), &account_key, SOURCE).await?;
        check_new_password(new.expose_secret(), &account.email)?;
        if new.expose_secret() == current.expose_secret() {
            return Err(Error::invalid(
                "The new password is the current one; choose another.",
            ));
        }
        let hash = self.passwords().hash(new).await?;
        let now = self.now();
        let mut transaction = self.database().begin().await?;
        if !credentials::replace(&mut transaction, person, &stored, &hash, now).await? {
            return Err(Error::conflict(
                "The password was changed elsewhere at the same moment; nothing was changed here.",
            ));
        }
        let epoch = epochs::bump_everything(&mut transaction, person, now).await?;
        if let Some(session) = keep {
            sessions::carry_over(&mut transaction, session, epoch).await?;
        }
        sessions::end_all(&mut transaction, person, keep, now).await?;
        transaction.commit().await
    }
}
