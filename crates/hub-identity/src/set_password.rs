use async_trait::async_trait;
use hub_directory::{Account, InitialPassword, PersonId};
use hub_events::{Actor, Initiator, SecurityEventKind};
use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp};
use kit_sql::Transaction;

use crate::Identity;
use crate::model::session::SessionId;
use crate::records::SecurityNews;
use crate::store::{credentials, epochs, sessions, tickets};

impl Identity {
    /// A program gives a person a password without asking for the old one: the first one, or another. Another one is a
    /// reset: what the person gave and holds dies.
    pub async fn set_password(&self, person: PersonId, password: &SecretString) -> Result<()> {
        let account = self.account_for_password(person).await?;
        let policy = self.password_policy(account.organization_id).await?;
        policy.check_new_password(password.expose_secret(), &account.email)?;
        let hash = self.passwords().hash(password).await?;
        let mut transaction = self.database().begin().await?;
        let is_first = credentials::put(&mut transaction, person, &hash, false, self.now()).await?;
        if !is_first {
            self.end_everything(&mut transaction, person, None).await?;
            let news = SecurityNews {
                account: &account,
                actor: Actor::Program("The Hub".to_owned()),
                initiator: Initiator::System,
                kind: SecurityEventKind::PasswordReset,
                description: "User password reset",
                action: format!("set a new password of {}", account.display_name),
                reason: format!("The password of {} was reset.", account.display_name),
            };
            self.take_down(&mut transaction, news).await?;
        }
        transaction.commit().await
    }

    /// When the person's password was set; `None` for somebody without one.
    pub async fn password_changed_at(&self, person: PersonId) -> Result<Option<Timestamp>> {
        Ok(credentials::find(self.database(), person)
            .await?
            .map(|credential| credential.changed_at))
    }

    pub(crate) async fn account_for_password(&self, person: PersonId) -> Result<Account> {
        self.directory()
            .account(person)
            .await?
            .ok_or_else(|| Error::not_found("There is no such person."))
    }

    /// Every session of the person but `keep` ends, every right to choose a password, and everything that the person
    /// gave.
    pub(crate) async fn end_everything(
        &self,
        transaction: &mut Transaction,
        person: PersonId,
        keep: Option<SessionId>,
    ) -> Result<i64> {
        let now = self.now();
        let epoch = epochs::bump_everything(transaction, person, now).await?;
        if let Some(session) = keep {
            sessions::carry_over(transaction, session, epoch).await?;
        }
        sessions::end_all(&mut *transaction, person, keep, now).await?;
        tickets::remove_of(transaction, person).await?;
        Ok(epoch)
    }
}

#[async_trait]
impl InitialPassword for Identity {
    /// The administrator who made the account reads this password, so that it must be changed at the first sign-in.
    async fn set(&self, person: PersonId, password: &SecretString) -> Result<()> {
        let account = self.account_for_password(person).await?;
        let policy = self.password_policy(account.organization_id).await?;
        policy.check_new_password(password.expose_secret(), &account.email)?;
        let hash = self.passwords().hash(password).await?;
        let mut transaction = self.database().begin().await?;
        if !credentials::put(&mut transaction, person, &hash, true, self.now()).await? {
            return Err(Error::conflict("This person has a password already."));
        }
        transaction.commit().await
    }
}
