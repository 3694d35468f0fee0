use hub_directory::{Account, Caller, CallerOrigin, PersonId};
use hub_events::SignInKind;
use kit::{Error, Result};
use kit_sql::Transaction;
use kit_web::CookieJar;
use webex::ScopeSet;

use crate::Identity;
use crate::model::session::{LAST_SEEN_GRAIN, Session, SessionId};
use crate::store::{providers, sessions, tickets};
use crate::token_hash::token_hash;

/// The cookie that carries a session's secret.
pub const SESSION_COOKIE: &str = "trunkline_hub_session";

impl Identity {
    /// The living session with this secret. A use within its idle time prolongs it.
    pub async fn session(&self, token: &str) -> Result<Option<Session>> {
        let Some((session, state)) = sessions::find(self.database(), &token_hash(token)).await? else {
            return Ok(None);
        };
        let now = self.now();
        if !session.lives(state, now) {
            return Ok(None);
        }
        if now.since(session.last_seen_at) >= LAST_SEEN_GRAIN {
            sessions::touch(self.database(), session.id, now).await?;
        }
        Ok(Some(session))
    }

    /// The living session of the browser that sent these cookies.
    pub async fn session_of_browser(&self, jar: &CookieJar) -> Result<Option<Session>> {
        match jar.get(self.public_url(), SESSION_COOKIE) {
            Some(token) => self.session(token).await,
            None => Ok(None),
        }
    }

    /// The person at the browser that sent these cookies, if anybody is signed in and may still be.
    pub async fn account_of_session(&self, jar: &CookieJar) -> Result<Option<(Account, Session)>> {
        let Some(session) = self.session_of_browser(jar).await? else {
            return Ok(None);
        };
        let account = self.directory().account(session.person_id).await?;
        Ok(account
            .filter(|account| account.login_enabled)
            .map(|account| (account, session)))
    }

    /// The same as use cases want to know it.
    pub async fn caller_of_session(&self, jar: &CookieJar) -> Result<Option<(Caller, Session)>> {
        Ok(self
            .account_of_session(jar)
            .await?
            .map(|(account, session)| (caller_of(account), session)))
    }

    /// The living sessions of a person, the last used first.
    pub async fn sessions(&self, person: PersonId) -> Result<Vec<Session>> {
        let now = self.now();
        let found = sessions::of_person(self.database(), person).await?;
        Ok(found
            .into_iter()
            .filter(|(session, state)| session.lives(*state, now))
            .map(|(session, _)| session)
            .collect())
    }

    /// Ends the session with this secret, if there is one.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        let whose = sessions::end_by_token(&mut transaction, &token_hash(token), self.now()).await?;
        if let Some(person) = whose {
            self.note_sign_out(&mut transaction, person, "signed out").await?;
        }
        transaction.commit().await
    }

    /// Ends one of the person's own sessions.
    pub async fn sign_out_session(&self, person: PersonId, session: SessionId) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        if !sessions::end_one(&mut transaction, person, session, self.now()).await? {
            return Err(Error::not_found("This session has ended already."));
        }
        self.note_sign_out(&mut transaction, person, "ended a session")
            .await?;
        transaction.commit().await
    }

    async fn note_sign_out(&self, transaction: &mut Transaction, person: PersonId, how: &str) -> Result<()> {
        match self.directory().account(person).await? {
            Some(account) => {
                self.note_at_the_door(transaction, &account, SignInKind::SignedOut, how)
                    .await
            }
            None => Ok(()),
        }
    }

    /// Ends every session of the person other than `keep`; says how many.
    pub async fn sign_out_others(&self, person: PersonId, keep: SessionId) -> Result<u64> {
        let mut transaction = self.database().begin().await?;
        let ended = sessions::end_all(&mut transaction, person, Some(keep), self.now()).await?;
        if ended > 0 {
            self.note_sign_out(&mut transaction, person, "ended every other session")
                .await?;
        }
        transaction.commit().await?;
        Ok(ended)
    }

    /// Removes what has been dead for a while. Nothing depends on it.
    pub async fn sweep(&self) -> Result<u64> {
        let (database, now) = (self.database(), self.now());
        let tickets = tickets::sweep(database, now).await?;
        let returns = providers::sweep_returns(database, now).await?;
        Ok(tickets + returns + sessions::sweep(database, now).await?)
    }
}

/// A person at a browser may do whatever their roles allow.
pub(crate) fn caller_of(account: Account) -> Caller {
    Caller {
        person_id: account.person_id,
        organization_id: account.organization_id,
        roles: account.roles,
        scopes: ScopeSet::default(),
        origin: CallerOrigin::Session,
        shares_presence: account.shares_presence,
    }
}
