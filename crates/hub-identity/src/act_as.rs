use hub_directory::PersonId;
use kit::{Error, Result};

use crate::store::epochs;
use crate::{Identity, SignIn};

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
        let source = "simulation".to_owned();
        self.begin_session(&account, born_at.everything, source, user_agent)
            .await
    }
}
