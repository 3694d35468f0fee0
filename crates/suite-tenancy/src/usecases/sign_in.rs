use kit::{Error, Kind, Result, SecretString};

use crate::model::LIFETIME;
use crate::store::{attempts, principals, sessions};
use crate::usecases::token_hash;
use crate::{Actor, AuditEntry, PrincipalId, PrincipalState, Session, SessionId, Tenancy};

/// What a browser gets for the right password.
#[derive(Debug)]
pub struct SignedIn {
    /// The token of the session, for the cookie; it is kept nowhere else.
    pub token: SecretString,
    pub principal_id: PrincipalId,
    pub expires_at: kit::Timestamp,
}

/// One sentence for every reason, so that nobody learns which addresses exist.
const WRONG: &str = "The e-mail address or the password is not right.";

impl Tenancy {
    /// Signs in with e-mail address and password. `source` is where the request comes from; see
    /// `attempts::count_try` for the lock.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        source: &str,
        user_agent: &str,
    ) -> Result<SignedIn> {
        let parts = self.parts();
        let now = self.now();
        let key = principals::email_key(&first_characters(email, 254));
        let source = first_characters(source, 64);
        if let Some(until) = attempts::count_try(&parts.database, &key, &source, now).await? {
            let wait = until.since(now);
            let sentence = format!(
                "Too many wrong passwords for this account from here. Try again in {} s.",
                wait.as_secs() + 1
            );
            return Err(Error::new(Kind::TooMany(wait), sentence));
        }
        let known = principals::credentials(&parts.database, &key).await?;
        let hash = known.as_ref().map(|known| known.password_hash.as_str());
        let right = parts.passwords.verify(password, hash).await?;
        let Some(known) = known.filter(|known| right && known.state == PrincipalState::Active) else {
            attempts::sweep(&parts.database, now).await?;
            return Err(Error::unauthenticated(WRONG));
        };
        attempts::forgive(&parts.database, &key, &source).await?;
        self.open_session(known.id, &source, user_agent).await
    }

    async fn open_session(&self, principal: PrincipalId, source: &str, user_agent: &str) -> Result<SignedIn> {
        let parts = self.parts();
        let now = self.now();
        let token = parts.randomness.alphanumeric(48);
        let session = Session {
            id: SessionId::random(&*parts.randomness),
            signed_in_at: now,
            last_seen_at: now,
            expires_at: now.plus(LIFETIME),
            source: source.to_owned(),
            user_agent: first_characters(user_agent, 300),
        };
        let mut transaction = parts.database.begin().await?;
        sessions::sweep(&mut transaction, now).await?;
        sessions::insert(&mut transaction, principal, &token_hash(&token), &session).await?;
        principals::stamp_sign_in(&mut transaction, principal, now).await?;
        let Some(person) = principals::find(&mut transaction, principal)
            .await?
            .filter(|person| person.state == PrincipalState::Active)
        else {
            return Err(Error::unauthenticated(WRONG));
        };
        let actor = Actor {
            principal_id: principal,
            name: person.name,
            email: person.email,
            session_id: Some(session.id),
            assignments: person.assignments,
        };
        let detail = format!("From {source}.");
        let entry = AuditEntry {
            actor: &actor,
            customer: None,
            verb: "session.opened",
            subject: actor.email.clone(),
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(SignedIn {
            token: SecretString::from(token),
            principal_id: principal,
            expires_at: session.expires_at,
        })
    }
}

/// What comes from outside is bounded before it is kept.
fn first_characters(text: &str, most: usize) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(most)
        .collect()
}
