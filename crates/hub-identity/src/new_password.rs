//! Choosing a new password without the old one: because it must be changed, or by a link.

use hub_directory::Account;
use hub_events::Initiator;
use kit::{Error, ExposeSecret as _, Kind, Result, SecretString};
use kit_sql::Transaction;
use kit_web::RateLimiter;

use crate::model::lockout::source_key;
use crate::model::ticket::{Ticket, TicketReason};
use crate::model::wait_words::in_words;
use crate::sign_in::Visitor;
use crate::store::{credentials, tickets};
use crate::token_hash::{new_secret_token, token_hash};
use crate::{Identity, SignIn};

/// What the page that asks for a new password shows.
#[derive(Clone, Debug)]
pub struct NewPasswordCase {
    /// Whose password.
    pub account: Account,
    /// Why.
    pub reason: TicketReason,
    /// What the organization asks of it.
    pub rules: String,
    /// The shortest that is allowed.
    pub shortest: u16,
}

impl Identity {
    /// Sends a link to whoever has this address and forgot the password. The answer is the same whether anybody has it.
    ///
    /// Errors: `TooMany` when too many links were asked for from this source.
    pub async fn forgot_password(&self, email: &str, source: &str) -> Result<()> {
        let email = email.trim().to_lowercase();
        take(&self.limits().by_source, &source_key(source))?;
        // More than a few letters to one address would only be a nuisance; that must not tell whether it exists.
        if self.limits().by_account.take(&token_hash(&email)).is_err() {
            return Ok(());
        }
        let account = self.directory().account_by_email(&email).await?;
        let Some(account) = account.filter(|account| account.login_enabled) else {
            return Ok(());
        };
        let mut transaction = self.database().begin().await?;
        match self.provider_of(&account).await? {
            None => {
                let sentences = [
                    "Somebody, most likely you, asked for a new password of your account. Choose one with the link below. It works once, within one hour.",
                    "At that moment your sessions end, and integrations that you authorized must be authorized again. If you did not ask, do nothing: your password stays as it is.",
                ];
                let (reason, words) = (TicketReason::Forgotten, "Choose a new password");
                self.send_password_link(&mut transaction, &account, reason, words, &sentences)
                    .await?;
            }
            Some(_) => {
                let sentences = [
                    "Somebody, most likely you, asked for a new password of your account. You sign in through your organization's own provider and have no password here; it is changed there.",
                ];
                self.write_to(
                    &mut transaction,
                    &account,
                    "Your password is kept elsewhere",
                    &sentences,
                    None,
                )
                .await?;
            }
        }
        transaction.commit().await
    }

    /// What the page shows to whoever has this ticket; `None` when it was used or its time is over.
    pub async fn new_password_case(&self, ticket: &str) -> Result<Option<NewPasswordCase>> {
        let Some(found) = tickets::find(self.database(), &token_hash(ticket), self.now()).await? else {
            return Ok(None);
        };
        let Some(account) = self.directory().account(found.person_id).await? else {
            return Ok(None);
        };
        if !account.login_enabled || self.provider_of(&account).await?.is_some() {
            return Ok(None);
        }
        let policy = self.password_policy(account.organization_id).await?;
        Ok(Some(NewPasswordCase {
            account,
            reason: found.reason,
            rules: policy.in_words(),
            shortest: policy.shortest,
        }))
    }

    /// Sets the new password and signs the person in. It is a password change: everything that the person gave dies.
    pub async fn choose_password(
        &self,
        ticket: &str,
        new: &SecretString,
        visitor: &Visitor,
    ) -> Result<SignIn> {
        let gone = || {
            Error::new(
                Kind::Gone,
                "This link was used already, or its time is over. Sign in, or ask for another link.",
            )
        };
        let NewPasswordCase { account, reason, .. } =
            self.new_password_case(ticket).await?.ok_or_else(gone)?;
        let person = account.person_id;
        let policy = self.password_policy(account.organization_id).await?;
        policy.check_new_password(new.expose_secret(), &account.email)?;
        self.refuse_earlier_passwords(person, &policy, new).await?;
        let hash = self.passwords().hash(new).await?;
        let mut transaction = self.database().begin().await?;
        if !tickets::take(&mut transaction, &token_hash(ticket), self.now()).await? {
            return Err(gone());
        }
        credentials::put(&mut transaction, person, &hash, false, self.now()).await?;
        let epoch = self.end_everything(&mut transaction, person, None).await?;
        let (initiator, how) = match reason {
            TicketReason::Expired => (Initiator::Policy, "changed a password that had expired"),
            TicketReason::OneTime => (
                Initiator::User,
                "replaced the password of an administrator by an own one",
            ),
            TicketReason::Link => (
                Initiator::User,
                "chose a password by the link of an administrator",
            ),
            TicketReason::Forgotten => (Initiator::User, "replaced a forgotten password"),
        };
        let told = format!("{} {how}.", account.display_name);
        self.tell_of_change(&mut transaction, &account, initiator, told)
            .await?;
        let sign_in = self
            .open_session(
                &mut transaction,
                &account,
                epoch,
                visitor,
                "signed in with a new password",
            )
            .await?;
        transaction.commit().await?;
        self.directory().stamp_sign_in(person).await?;
        Ok(sign_in)
    }

    /// A ticket for somebody who just typed a password that is right and must be changed.
    pub(crate) async fn issue_ticket(
        &self,
        transaction: &mut Transaction,
        account: &Account,
        reason: TicketReason,
    ) -> Result<SecretString> {
        let token = new_secret_token(&**self.randomness());
        let now = self.now();
        let ticket = Ticket {
            person_id: account.person_id,
            reason,
            expires_at: now.plus(reason.life()),
        };
        let hash = token_hash(token.expose_secret());
        tickets::insert(transaction, &hash, &ticket, now).await?;
        Ok(token)
    }

    pub(crate) async fn send_password_link(
        &self,
        transaction: &mut Transaction,
        account: &Account,
        reason: TicketReason,
        words: &str,
        sentences: &[&str],
    ) -> Result<()> {
        let ticket = self.issue_ticket(transaction, account, reason).await?;
        let path = format!("/sign-in/link?key={}", ticket.expose_secret());
        self.write_to(transaction, account, words, sentences, Some((words, path)))
            .await
    }
}

fn take(limiter: &RateLimiter<String>, key: &str) -> Result<()> {
    limiter.take(&key.to_owned()).map_err(|wait| {
        let sentence = format!(
            "Too many links were asked for from where you are. Try again in {}.",
            in_words(wait)
        );
        Error::new(Kind::TooMany(wait), sentence)
    })
}
