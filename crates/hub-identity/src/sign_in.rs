use hub_directory::{Account, PersonId};
use kit::{Error, ExposeSecret as _, Kind, Result, SecretString, Uuid};

use crate::Identity;
use crate::model::lockout::source_key;
use crate::model::session::{Session, SessionId, WHOLE_LIFE};
use crate::model::wait_words::in_words;
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

impl Identity {
    /// Checks a password and starts a session. `source` is the network address that the request came from.
    ///
    /// Errors: `Unauthenticated` for a wrong pair, `TooMany` while this account must wait at this source,
    /// `Forbidden` for a deactivated person who knows the password.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        source: &str,
        user_agent: &str,
    ) -> Result<SignIn> {
        let email = email.trim().to_lowercase();
        let source = cut(source, 64);
        let account = self.directory().account_by_email(&email).await?;
        // By the address that the account has, so that no other spelling of it gets tries of its own.
        let account_key = token_hash(account.as_ref().map_or(&email, |account| &account.email));
        let tried_from = source_key(&source);
        self.count_a_try(&account_key, &tried_from).await?;
        // Unknown addresses take the same way with an id that nobody has.
        let person = account
            .as_ref()
            .map_or(PersonId::new(Uuid::nil()), |account| account.person_id);
        // Read before the password is: a change that happens meanwhile kills the session at its birth.
        let born_at = epochs::read(self.database(), person).await?;
        let stored = credentials::find(self.database(), person)
            .await?
            .map(|credential| credential.password_hash);
        let right = self.passwords().verify(password, stored).await?;
        let Some(account) = account.filter(|_| right) else {
            return Err(Error::unauthenticated(WRONG_EMAIL_OR_PASSWORD));
        };
        attempts::forget(self.database(), &account_key, &tried_from).await?;
        if !account.login_enabled {
            return Err(Error::forbidden(
                "This account is deactivated. An administrator of your organization can activate it again.",
            ));
        }
        let born_at = born_at.everything;
        self.begin_session(&account, born_at, source, user_agent).await
    }

    /// A session of this person, born at this epoch; whoever calls it has made sure that it is the person.
    pub(crate) async fn begin_session(
        &self,
        account: &Account,
        born_at: i64,
        source: String,
        user_agent: &str,
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
            source,
            user_agent: cut(user_agent, 300),
        };
        sessions::insert(
            self.database(),
            &session,
            &token_hash(token.expose_secret()),
            born_at,
        )
        .await?;
        self.directory().stamp_sign_in(account.person_id).await?;
        Ok(SignIn { token, session })
    }

    pub(crate) async fn count_a_try(&self, account_key: &str, source: &str) -> Result<()> {
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

/// What comes from outside is kept in bounded form.
fn cut(text: &str, longest: usize) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(longest)
        .collect()
}
