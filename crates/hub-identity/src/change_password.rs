use hub_directory::{Account, PersonId};
use hub_events::{Initiator, SecurityEventKind};
use kit::{Error, ExposeSecret as _, Result, SecretString};
use kit_sql::Transaction;

use crate::Identity;
use crate::model::session::SessionId;
use crate::records::{SecurityNews, themselves};
use crate::store::{attempts, credentials};
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
        let account = self.account_for_password(person).await?;
        self.refuse_where_external(&account).await?;
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
        let policy = self.password_policy(account.organization_id).await?;
        policy.check_new_password(new.expose_secret(), &account.email)?;
        self.refuse_earlier_passwords(person, &policy, new).await?;
        let hash = self.passwords().hash(new).await?;
        let mut transaction = self.database().begin().await?;
        if !credentials::replace(&mut transaction, person, &stored, &hash, self.now()).await? {
            return Err(Error::conflict(
                "The password was changed elsewhere at the same moment; nothing was changed here.",
            ));
        }
        self.end_everything(&mut transaction, person, keep).await?;
        let reason = format!("{} changed the password.", account.display_name);
        self.tell_of_change(&mut transaction, &account, Initiator::User, reason)
            .await?;
        transaction.commit().await
    }

    /// Passwords of people who sign in elsewhere are no affair of this Hub.
    pub(crate) async fn refuse_where_external(&self, account: &Account) -> Result<()> {
        match self.provider_of(account).await? {
            None => Ok(()),
            Some(provider) => Err(Error::conflict(format!(
                "People with an address at {} sign in through their organization's own provider and have no password here. It is changed there.",
                provider.domain
            ))),
        }
    }

    /// The audit line, the security event and the letter of a password that its owner changed.
    pub(crate) async fn tell_of_change(
        &self,
        transaction: &mut Transaction,
        account: &Account,
        initiator: Initiator,
        reason: String,
    ) -> Result<()> {
        let news = SecurityNews {
            account,
            actor: themselves(account),
            initiator,
            kind: SecurityEventKind::PasswordChanged,
            description: "User password changed",
            action: "changed the password".to_owned(),
            reason,
        };
        self.take_down(transaction, news).await?;
        let sentences = [
            "The password of your account was changed at this moment. Your other sessions have ended, and integrations that you had authorized must be authorized again.",
            "If it was not you, choose another password at once and tell an administrator of your organization.",
        ];
        let link = ("Forgotten password", "/sign-in/forgotten".to_owned());
        self.write_to(
            transaction,
            account,
            "Your password was changed",
            &sentences,
            Some(link),
        )
        .await
    }
}
