use std::time::Duration;

use hub_directory::{Account, Caller, Person, PersonId};
use hub_events::{Initiator, SecurityEventKind};
use kit::{Error, Result, SecretString};
use kit_sql::Transaction;

use crate::Identity;
use crate::model::ticket::TicketReason;
use crate::records::{SecurityNews, name_of};
use crate::store::credentials;

/// A password that somebody else has read opens the page that changes it for so long.
pub(crate) const ONE_TIME_LIFE: Duration = Duration::from_secs(7 * 24 * 3600);

impl Identity {
    /// An administrator resets a person's password: the answer is a password that the person must change at the next
    /// sign-in, and that nobody can read again. Everything that the person gave and holds dies.
    pub async fn reset_password(&self, caller: &Caller, person: PersonId) -> Result<SecretString> {
        let account = self.require_resettable(caller, person).await?;
        let policy = self.password_policy(account.organization_id).await?;
        let password = self.one_time_password(&policy, &account.email);
        let hash = self.passwords().hash(&password).await?;
        let mut transaction = self.database().begin().await?;
        self.hold_and_check(&mut transaction, caller, person).await?;
        credentials::put(&mut transaction, person, &hash, true, self.now()).await?;
        self.end_everything(&mut transaction, person, None).await?;
        self.tell_of_reset(&mut transaction, caller, &account).await?;
        let sentences = [
            "An administrator reset the password of your account. Your sessions have ended, and integrations that you had authorized must be authorized again.",
            "The administrator gives you a password for one sign-in; choose your own there.",
        ];
        let link = ("Sign in", "/sign-in".to_owned());
        self.write_to(
            &mut transaction,
            &account,
            "Your password was reset",
            &sentences,
            Some(link),
        )
        .await?;
        transaction.commit().await?;
        Ok(password)
    }

    /// The same, and the person gets a letter with a link at which they choose the password. Until then they have none.
    pub async fn reset_password_by_letter(&self, caller: &Caller, person: PersonId) -> Result<()> {
        let account = self.require_resettable(caller, person).await?;
        let mut transaction = self.database().begin().await?;
        self.hold_and_check(&mut transaction, caller, person).await?;
        credentials::withdraw(&mut transaction, person).await?;
        self.end_everything(&mut transaction, person, None).await?;
        self.tell_of_reset(&mut transaction, caller, &account).await?;
        let sentences = [
            "An administrator reset the password of your account. Your sessions have ended, and integrations that you had authorized must be authorized again.",
            "Choose a new password with the link below. It works once, within 24 hours.",
        ];
        self.send_password_link(
            &mut transaction,
            &account,
            TicketReason::Link,
            "Choose a new password",
            &sentences,
        )
        .await?;
        transaction.commit().await
    }

    async fn require_resettable(&self, caller: &Caller, person: PersonId) -> Result<Account> {
        let found = self
            .directory()
            .person_to_secure(self.database().into(), caller, person)
            .await?;
        require_not_oneself(caller, &found)?;
        let account = self.account_for_password(person).await?;
        self.refuse_where_external(&account).await?;
        if !account.login_enabled {
            return Err(Error::conflict(format!(
                "{} is deactivated and cannot sign in. Activate the account first.",
                account.display_name
            )));
        }
        Ok(account)
    }

    /// Asks again under the lock: somebody may have become a greater administrator meanwhile.
    pub(crate) async fn hold_and_check(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        person: PersonId,
    ) -> Result<Person> {
        self.directory()
            .hold_person(transaction, caller.organization_id, person)
            .await?;
        self.directory()
            .person_to_secure(transaction.into(), caller, person)
            .await
    }

    async fn tell_of_reset(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        account: &Account,
    ) -> Result<()> {
        let actor = self.directory().actor(transaction, caller).await?;
        let news = SecurityNews {
            account,
            initiator: Initiator::Admin,
            kind: SecurityEventKind::PasswordReset,
            description: "User password reset",
            action: format!("reset the password of {}", account.display_name),
            reason: format!(
                "{} reset the password of {}.",
                name_of(&actor),
                account.display_name
            ),
            actor,
        };
        self.take_down(transaction, news).await
    }
}

fn require_not_oneself(caller: &Caller, person: &Person) -> Result<()> {
    if caller.person_id != person.id {
        return Ok(());
    }
    Err(Error::conflict(
        "This is your own account. Change your password at My account.",
    ))
}
