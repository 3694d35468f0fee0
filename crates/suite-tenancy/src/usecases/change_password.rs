use std::time::Duration;

use kit::{Error, Kind, Result, SecretString};

use crate::model::acceptable_password;
use crate::store::{attempts, principals, sessions};
use crate::{Actor, AuditEntry, Tenancy};

/// The source under which tries at the own account page are counted: a stolen session must not guess for ever.
const OWN_PAGE: &str = "change of password";

impl Tenancy {
    /// Changes the actor's own password; every other session of theirs ends.
    pub async fn change_password(
        &self,
        actor: &Actor,
        current: &SecretString,
        new: &SecretString,
    ) -> Result<()> {
        let parts = self.parts();
        let key = principals::email_key(&actor.email);
        let Some(hash) = principals::password_hash(&parts.database, actor.principal_id).await? else {
            return Err(Error::unauthenticated("Sign in to change your password."));
        };
        acceptable_password(new, &actor.email)?;
        let now = self.now();
        if let Some(until) = attempts::count_try(&parts.database, &key, OWN_PAGE, now).await? {
            let wait = until.since(now).max(Duration::from_secs(1));
            return Err(Error::new(
                Kind::TooMany(wait),
                "Too many wrong passwords. Try again in some minutes.",
            ));
        }
        if !parts.passwords.verify(current, Some(&hash)).await? {
            return Err(Error::invalid("The present password is not right."));
        }
        attempts::forgive(&parts.database, &key, OWN_PAGE).await?;
        let new_hash = parts.passwords.hash(new).await?;
        let mut transaction = parts.database.begin().await?;
        if principals::set_password(&mut transaction, actor.principal_id, &hash, &new_hash).await? == 0 {
            return Err(Error::conflict(
                "The password was changed somewhere else at the same time. Sign in again.",
            ));
        }
        let ended = sessions::delete_others(&mut transaction, actor.principal_id, actor.session_id).await?;
        let detail = format!("{ended} other sessions ended.");
        let entry = AuditEntry {
            actor,
            customer: None,
            verb: "principal.password_changed",
            subject: actor.email.clone(),
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await
    }
}
