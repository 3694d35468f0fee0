use hub_directory::{Account, PersonId};
use hub_events::SignInKind;
use kit::{Error, ExposeSecret as _, Kind, Result, SecretString, Timestamp, Uuid};
use kit_sql::Transaction;

use crate::Identity;
use crate::model::lockout::{Tries, source_key};
use crate::model::session::{Session, SessionId, WHOLE_LIFE};
use crate::model::ticket::TicketReason;
use crate::model::wait_words::in_words;
use crate::reset_password::ONE_TIME_LIFE;
use crate::store::credentials::Credential;
use crate::store::{attempts, credentials, epochs, sessions};
use crate::token_hash::{new_secret_token, token_hash};

/// One sentence for an unknown e-mail address, a wrong password and an account without one.
pub const WRONG_EMAIL_OR_PASSWORD: &str =
    "This e-mail address and password do not belong together. Check both and try again.";

/// A sign-in that worked.
#[derive(Debug)]
pub struct SignIn {
    /// What the browser keeps; it is stored nowhere else.
    pub token: SecretString,
    /// The new session.
    pub session: Session,
}

/// What a right password opens.
#[derive(Debug)]
pub enum SignInAnswer {
    /// A session.
    SignedIn(SignIn),
    /// Nothing but the page that changes the password.
    MustChange {
        /// What the browser keeps for the page.
        ticket: SecretString,
        /// Why.
        reason: TicketReason,
    },
}

/// From where somebody comes.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    source: String,
    user_agent: String,
}

impl Visitor {
    /// `source` is the network address that the request came from.
    pub fn new(source: &str, user_agent: &str) -> Self {
        Self {
            source: cut(source, 64),
            user_agent: cut(user_agent, 300),
        }
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

impl Identity {
    /// Checks a password and starts a session, for a caller that has no page on which a password could be changed.
    ///
    /// Errors: those of [`Self::begin_sign_in`], and `Forbidden` for a password that must be changed.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        source: &str,
        user_agent: &str,
    ) -> Result<SignIn> {
        let visitor = Visitor::new(source, user_agent);
        match self.begin_sign_in(email, password, &visitor).await? {
            SignInAnswer::SignedIn(sign_in) => Ok(sign_in),
            SignInAnswer::MustChange { .. } => Err(Error::forbidden(
                "This password must be changed before it opens anything. Sign in at the page of the Hub and choose another.",
            )),
        }
    }

    /// Checks a password. A right one starts a session, or leads to the page that changes it when it has expired or
    /// somebody else has seen it.
    ///
    /// Errors: `Unauthenticated` for a wrong pair, `TooMany` while this account must wait at this source,
    /// `Forbidden` for a deactivated person who knows the password, `Conflict` for people who sign in elsewhere.
    pub async fn begin_sign_in(
        &self,
        email: &str,
        password: &SecretString,
        visitor: &Visitor,
    ) -> Result<SignInAnswer> {
        let email = email.trim().to_lowercase();
        let account = self.directory().account_by_email(&email).await?;
        if self.provider_for(&email).await?.is_some() {
            return Err(Error::conflict(
                "People with this address sign in through their organization's own provider.",
            ));
        }
        // By the address that the account has, so that no other spelling of it gets tries of its own.
        let account_key = token_hash(account.as_ref().map_or(&email, |account| &account.email));
        let tried_from = source_key(visitor.source());
        let tries = self.count_a_try(&account_key, &tried_from).await?;
        // Unknown addresses take the same way with an id that nobody has.
        let person = account
            .as_ref()
            .map_or(PersonId::new(Uuid::nil()), |account| account.person_id);
        // Read before the password is: a change that happens meanwhile kills the session at its birth.
        let born_at = epochs::read(self.database(), person).await?;
        let credential = credentials::find(self.database(), person).await?;
        let hash = credential
            .as_ref()
            .map(|credential| credential.password_hash.clone());
        let right = self.passwords().verify(password, hash).await?;
        let (Some(account), Some(credential), true) = (account.as_ref(), credential, right) else {
            if let Some(account) = &account {
                self.note_refusal(account, &refusal_words(&tries, self.now()))
                    .await?;
            }
            return Err(Error::unauthenticated(WRONG_EMAIL_OR_PASSWORD));
        };
        attempts::forget(self.database(), &account_key, &tried_from).await?;
        if !account.login_enabled {
            self.note_refusal(account, "was refused: the account is deactivated")
                .await?;
            return Err(Error::forbidden(
                "This account is deactivated. An administrator of your organization can activate it again.",
            ));
        }
        if let Some(reason) = self.must_change(account, &credential).await? {
            let mut transaction = self.database().begin().await?;
            // A reset that came while the password was compared is answered like a wrong password: its ticket would outlive it.
            if !credentials::hold(&mut transaction, person, &credential.password_hash).await? {
                return Err(Error::unauthenticated(WRONG_EMAIL_OR_PASSWORD));
            }
            let ticket = self.issue_ticket(&mut transaction, account, reason).await?;
            transaction.commit().await?;
            return Ok(SignInAnswer::MustChange { ticket, reason });
        }
        let mut transaction = self.database().begin().await?;
        let how = "signed in with a password";
        let sign_in = self
            .open_session(&mut transaction, account, born_at.everything, visitor, how)
            .await?;
        transaction.commit().await?;
        self.directory().stamp_sign_in(account.person_id).await?;
        Ok(SignInAnswer::SignedIn(sign_in))
    }

    async fn must_change(&self, account: &Account, credential: &Credential) -> Result<Option<TicketReason>> {
        let now = self.now();
        if credential.must_change {
            if credential.changed_at.plus(ONE_TIME_LIFE) <= now {
                self.note_refusal(account, "was refused: the one-time password is too old")
                    .await?;
                return Err(Error::forbidden(
                    "This password was good for one sign-in within seven days, which are over. Ask an administrator of your organization for another.",
                ));
            }
            return Ok(Some(TicketReason::OneTime));
        }
        let policy = self.password_policy(account.organization_id).await?;
        let expired = policy
            .expires_at(credential.changed_at)
            .is_some_and(|moment| moment <= now);
        Ok(expired.then_some(TicketReason::Expired))
    }

    /// Starts a session that dies with the epoch at which it was born.
    pub(crate) async fn open_session(
        &self,
        transaction: &mut Transaction,
        account: &Account,
        born_at: i64,
        visitor: &Visitor,
        how: &str,
    ) -> Result<SignIn> {
        let token = new_secret_token(&**self.randomness());
        let now = self.now();
        let session = Session {
            id: SessionId::random(&**self.randomness()),
            person_id: account.person_id,
            organization_id: account.organization_id,
            signed_in_at: now,
            last_seen_at: now,
            expires_at: now.plus(WHOLE_LIFE),
            source: visitor.source.clone(),
            user_agent: visitor.user_agent.clone(),
        };
        let hash = token_hash(token.expose_secret());
        sessions::insert(transaction, &session, &hash, born_at).await?;
        self.note_at_the_door(transaction, account, SignInKind::SignedIn, how)
            .await?;
        Ok(SignIn { token, session })
    }

    pub(crate) async fn count_a_try(&self, account_key: &str, source: &str) -> Result<Tries> {
        attempts::begin(self.database(), account_key, source, self.now())
            .await?
            .map_err(|wait| {
                let sentence = format!(
                    "Too many wrong passwords for this account from where you are. Try again in {}.",
                    in_words(wait)
                );
                Error::new(Kind::TooMany(wait), sentence)
            })
    }
}

/// Only tries that were answered are written down, so that nobody can fill the audit faster than the lockout lets them.
fn refusal_words(tries: &Tries, now: Timestamp) -> String {
    let wait = tries.blocked_until.since(now);
    if tries.blocked_until > now {
        format!(
            "was refused: wrong password, the {}th time; this source must wait {}",
            tries.count,
            in_words(wait)
        )
    } else {
        "was refused: wrong password".to_owned()
    }
}

/// What comes from outside is kept in bounded form.
fn cut(text: &str, longest: usize) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(longest)
        .collect()
}
