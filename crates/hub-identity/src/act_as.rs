use hub_directory::PersonId;
use kit::{Error, Result};

use crate::store::epochs;
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
}
