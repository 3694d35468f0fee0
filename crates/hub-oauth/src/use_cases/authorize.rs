use hub_directory::Account;
use hub_identity::{Epochs, Session, token_hash};
use kit::{Error, Result, Timestamp};
use kit_web::{BrowserId, CookieJar};

use crate::model::authorization_request::{
    AuthorizationRequest, Prompt, RefusedRequest, Unanswerable, choose_redirect_uri, read,
};
use crate::model::oauth_error::{ErrorCode, OAuthError};
use crate::model::parameters::Parameters;
use crate::store::pending::{self, PENDING_LIFE, Pending};
use crate::{Client, GateDecision, OAuth, Refusal};

/// What came of a request for authorization.
pub(crate) enum Begun {
    /// Nobody can be answered: a page says why.
    Page(Unanswerable),
    /// The client is answered at once.
    Answer(String),
    /// The person has to do something; the request waits under this id.
    Waits(String),
}

/// What the browser sees of a request that waits.
pub(crate) enum Opened {
    /// It is over, or was begun in another browser.
    Gone,
    /// Somebody must sign in first.
    SignIn { login_hint: String },
    /// The organization's policy says no.
    Denied {
        account: Account,
        client: Box<Client>,
        refusal: Refusal,
        until: Timestamp,
    },
    /// The person may decide.
    Consent {
        account: Account,
        client: Box<Client>,
        pending: Box<Pending>,
    },
}

/// Somebody who is signed in, freshly enough for a request.
pub(crate) struct Person {
    pub(crate) account: Account,
    pub(crate) session: Session,
    /// Read before the session was: an event in between makes what is born from this dead.
    pub(crate) epochs: Epochs,
}

impl OAuth {
    /// Begins an authorization. It is bound to the browser in which it was begun.
    pub(crate) async fn begin_authorization(
        &self,
        parameters: &Parameters,
        browser: &BrowserId,
        jar: &CookieJar,
    ) -> Result<Begun> {
        let client = match self.client_to_authorize(parameters).await? {
            Ok(client) => client,
            Err(problem) => return Ok(Begun::Page(problem)),
        };
        let redirect_uri = match choose_redirect_uri(&client, parameters.get("redirect_uri")) {
            Ok(uri) => uri,
            Err(problem) => return Ok(Begun::Page(problem)),
        };
        let request = match read(parameters, &client, redirect_uri) {
            Ok(request) => request,
            Err(RefusedRequest {
                redirect_uri,
                response_type,
                state,
                error,
            }) => {
                return Ok(Begun::Answer(self.error_answer(
                    &redirect_uri,
                    response_type,
                    state.as_deref(),
                    &error,
                )));
            }
        };
        if request.prompt == Prompt::Never {
            return self
                .authorize_without_pages(&client, &request, jar)
                .await
                .map(Begun::Answer);
        }
        let waiting = Pending {
            id: self.randomness().alphanumeric(32),
            request,
            created_at: self.now(),
        };
        // Anybody can begin requests: those that are over make room for the next ones.
        pending::sweep(self.database(), self.now()).await?;
        pending::insert(self.database(), &waiting, &token_hash(&browser.0)).await?;
        Ok(Begun::Waits(waiting.id))
    }

    async fn client_to_authorize(
        &self,
        parameters: &Parameters,
    ) -> Result<std::result::Result<Client, Unanswerable>> {
        if let Some("client_id" | "redirect_uri") = parameters.repeated() {
            return Ok(Err(Unanswerable::RepeatedParameter));
        }
        let Some(client_id) = parameters.get("client_id") else {
            return Ok(Err(Unanswerable::NoClient));
        };
        Ok(match self.client(client_id).await? {
            Some(client) if !client.takes_consent() => Err(Unanswerable::UnknownClient),
            Some(client) if !client.enabled => Err(Unanswerable::DisabledClient),
            Some(client) => Ok(client),
            None => Err(Unanswerable::UnknownClient),
        })
    }

    /// `prompt=none`: answers at once, with a code only where the person has given all of this before.
    async fn authorize_without_pages(
        &self,
        client: &Client,
        request: &AuthorizationRequest,
        jar: &CookieJar,
    ) -> Result<String> {
        let refuse = |code, description: &str| {
            Ok(self.error_answer(
                &request.redirect_uri,
                request.response_type,
                request.state.as_deref(),
                &OAuthError::new(code, description),
            ))
        };
        let Some(person) = self.person_for(request, self.now(), jar).await? else {
            return refuse(
                ErrorCode::LoginRequired,
                "Nobody is signed in, or not recently enough.",
            );
        };
        if self
            .gate()
            .decide(&person.account, client, &request.scopes, None)
            .await?
            == GateDecision::Deny
        {
            return refuse(
                ErrorCode::InteractionRequired,
                "The organization's policy does not allow this integration.",
            );
        }
        // Anybody on this machine can say that they are a client without a secret, and listen on a loopback port: the person must
        // see who asks (RFC 8252, section 8.6).
        if client.is_public || !self.has_given(&person.account, client, &request.scopes).await? {
            return refuse(
                ErrorCode::ConsentRequired,
                "The person has not consented to all of this.",
            );
        }
        let answer = self.answer_with_grant(client, request, &person, None).await?;
        answer.ok_or_else(|| Error::internal("a request that waits nowhere was decided elsewhere"))
    }

    /// Opens a request that waits, as whoever looks at it now.
    pub(crate) async fn open_authorization(
        &self,
        id: &str,
        browser: &BrowserId,
        jar: &CookieJar,
    ) -> Result<Opened> {
        let Some(pending) = pending::find(self.database(), id, &token_hash(&browser.0), self.now()).await?
        else {
            return Ok(Opened::Gone);
        };
        let Some(client) = self
            .client(&pending.request.client_id)
            .await?
            .filter(|client| client.enabled)
        else {
            return Ok(Opened::Gone);
        };
        let Some(person) = self.person_for(&pending.request, pending.created_at, jar).await? else {
            let hint = self.sign_in_hint(&pending.request, jar).await?;
            return Ok(Opened::SignIn { login_hint: hint });
        };
        let account = person.account;
        match self
            .gate()
            .decide(&account, &client, &pending.request.scopes, Some(&pending.id))
            .await?
        {
            GateDecision::Deny => Ok(Opened::Denied {
                refusal: self.gate().refusal(&account, &client).await?,
                until: pending.created_at.plus(PENDING_LIFE),
                account,
                client: Box::new(client),
            }),
            GateDecision::Allow => Ok(Opened::Consent {
                account,
                client: Box::new(client),
                pending: Box::new(pending),
            }),
        }
    }

    /// Who is signed in, if their sign-in is fresh enough for the request that was begun at `begun_at`.
    pub(super) async fn person_for(
        &self,
        request: &AuthorizationRequest,
        begun_at: Timestamp,
        jar: &CookieJar,
    ) -> Result<Option<Person>> {
        let Some(session) = self.identity().session_of_browser(jar).await? else {
            return Ok(None);
        };
        let epochs = self.identity().epochs(session.person_id).await?;
        let Some((account, session)) = self.identity().account_of_session(jar).await? else {
            return Ok(None);
        };
        let since_then = session.signed_in_at >= begun_at;
        let fresh = match (request.prompt, request.max_age) {
            (Prompt::SignIn, _) => since_then,
            (_, Some(age)) => since_then || self.now().since(session.signed_in_at) <= age,
            (_, None) => true,
        };
        Ok(fresh.then_some(Person {
            account,
            session,
            epochs,
        }))
    }

    /// With whose address the sign-in page begins: the one that the client names, or the present one.
    async fn sign_in_hint(&self, request: &AuthorizationRequest, jar: &CookieJar) -> Result<String> {
        if !request.login_hint.is_empty() {
            return Ok(request.login_hint.clone());
        }
        let present = self.identity().account_of_session(jar).await?;
        Ok(present.map(|(account, _)| account.email).unwrap_or_default())
    }
}
