use hub_directory::PersonId;
use hub_events::Initiator;
use kit::{Error, ExposeSecret as _, Result, SecretString};

use crate::store::{credentials, epochs};
use crate::{Identity, SignIn, Visitor};

impl Identity {
    /// Starts a session of somebody without asking for their password. For a simulated Hub alone: whoever offers this to
    /// another machine gives every account away.
    pub async fn sign_in_without_password(&self, person: PersonId, user_agent: &str) -> Result<SignIn> {
        let born_at = epochs::read(self.database(), person).await?;
        let account = self
            .directory()
            .account(person)
            .await?
            .ok_or_else(|| Error::not_found("There is no such person."))?;
        if !account.login_enabled {
            return Err(Error::forbidden(format!(
                "{} is deactivated and cannot sign in. Activate the account first.",
                account.display_name
            )));
        }
        let visitor = Visitor::new("simulation", user_agent);
        let how = "signed in by the simulation, without a password";
        let mut transaction = self.database().begin().await?;
        let sign_in = self
            .open_session(&mut transaction, &account, born_at.everything, &visitor, how)
            .await?;
        transaction.commit().await?;
        Ok(sign_in)
    }

    /// Changes a person's password as if they had done it and known the old one: everything that was authorized with it
    /// dies, and every session. For a simulated Hub alone.
    pub async fn change_password_without_current(&self, person: PersonId, new: &SecretString) -> Result<()> {
        let account = self.account_for_password(person).await?;
        self.refuse_where_external(&account).await?;
        let policy = self.password_policy(account.organization_id).await?;
        policy.check_new_password(new.expose_secret(), &account.email)?;
        self.refuse_earlier_passwords(person, &policy, new).await?;
        let hash = self.passwords().hash(new).await?;
        let mut transaction = self.database().begin().await?;
        credentials::put(&mut transaction, person, &hash, false, self.now()).await?;
        self.end_everything(&mut transaction, person, None).await?;
        let reason = format!("{} changed the password.", account.display_name);
        self.tell_of_change(&mut transaction, &account, Initiator::User, reason)
            .await?;
        transaction.commit().await
    }
}
