use hub_directory::PersonId;
use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, Timestamp};
use kit_web::{BrowserId, CookieJar};

use super::authorize::Person;
use crate::model::authorization_request::{AuthorizationRequest, ResponseType};
use crate::model::code::Code;
use crate::model::oauth_error::{ErrorCode, OAuthError};
use crate::model::token_text;
use crate::store::{codes, devices, pending};
use crate::{Client, OAuth};

/// What came of Accept or Decline.
pub(crate) enum Decision {
    /// The client is answered.
    Answer(String),
    /// Somebody else is signed in than the page was made for, or nobody, or policy changed: look again.
    LookAgain,
    /// The request is over.
    Gone,
}

impl OAuth {
    /// Takes the decision of the person for whom the consent page was made.
    pub(crate) async fn decide_authorization(
        &self,
        id: &str,
        accepts: bool,
        shown_to: PersonId,
        browser: &BrowserId,
        jar: &CookieJar,
    ) -> Result<Decision> {
        let Some(waiting) = pending::find(self.database(), id, &token_hash(&browser.0), self.now()).await?
        else {
            return Ok(Decision::Gone);
        };
        let request = &waiting.request;
        let Some(person) = self.person_for(request, waiting.created_at, jar).await? else {
            return Ok(Decision::LookAgain);
        };
        if person.account.person_id != shown_to {
            return Ok(Decision::LookAgain);
        }
        if !accepts {
            return self.decline(id, request).await;
        }
        let Some(client) = self
            .client(&request.client_id)
            .await?
            .filter(|client| client.enabled)
        else {
            return Ok(Decision::Gone);
        };
        // The page that is looked at again captures the request; here it would be counted a second time.
        let account = &person.account;
        let is_allowed = self
            .gate()
            .allows(
                account.organization_id,
                account.person_id,
                &client.client_id,
                self.now(),
            )
            .await?;
        if !is_allowed {
            return Ok(Decision::LookAgain);
        }
        Ok(self
            .answer_with_grant(&client, request, &person, Some(id))
            .await?
            .map_or(Decision::Gone, Decision::Answer))
    }

    async fn decline(&self, id: &str, request: &AuthorizationRequest) -> Result<Decision> {
        let mut transaction = self.database().begin().await?;
        if !pending::decide(&mut transaction, id, self.now()).await? {
            return Ok(Decision::Gone);
        }
        if let (ResponseType::Device, Some(device)) = (request.response_type, &request.state) {
            devices::decide(&mut transaction, device, None, self.now()).await?;
        }
        transaction.commit().await?;
        let error = OAuthError::new(ErrorCode::AccessDenied, "The person declined.");
        Ok(Decision::Answer(self.error_answer(
            &request.redirect_uri,
            request.response_type,
            request.state.as_deref(),
            &error,
        )))
    }

    /// What the person gives, as the client asked for it; nothing when the request was decided elsewhere meanwhile.
    pub(super) async fn answer_with_grant(
        &self,
        client: &Client,
        request: &AuthorizationRequest,
        person: &Person,
        waiting: Option<&str>,
    ) -> Result<Option<String>> {
        match request.response_type {
            ResponseType::Code => self.answer_with_code(request, person, waiting).await,
            ResponseType::Token => self.answer_with_token(client, request, person, waiting).await,
            ResponseType::Device => self.answer_to_device(request, person, waiting).await,
        }
    }

    /// Makes a code and the address that carries it; nothing when the request was decided elsewhere meanwhile.
    async fn answer_with_code(
        &self,
        request: &AuthorizationRequest,
        person: &Person,
        waiting: Option<&str>,
    ) -> Result<Option<String>> {
        let secret = token_text::mint(&**self.randomness(), person.account.organization_id);
        let code = code_of(request, person, self.now());
        let mut transaction = self.database().begin().await?;
        if let Some(id) = waiting
            && !pending::decide(&mut transaction, id, self.now()).await?
        {
            return Ok(None);
        }
        codes::insert(&mut transaction, &code, &token_hash(secret.expose_secret())).await?;
        transaction.commit().await?;
        Ok(Some(self.answer(
            &request.redirect_uri,
            ResponseType::Code,
            request.state.as_deref(),
            &[("code", secret.expose_secret())],
        )))
    }

    /// Gives the device its code, which nobody reads: the device proves itself by its own.
    async fn answer_to_device(
        &self,
        request: &AuthorizationRequest,
        person: &Person,
        waiting: Option<&str>,
    ) -> Result<Option<String>> {
        let (Some(device), Some(id)) = (&request.state, waiting) else {
            return Ok(None);
        };
        let (now, organization) = (self.now(), person.account.organization_id);
        let hash = token_hash(token_text::mint(&**self.randomness(), organization).expose_secret());
        let mut transaction = self.database().begin().await?;
        if !pending::decide(&mut transaction, id, now).await?
            || !devices::decide(&mut transaction, device, Some(&hash), now).await?
        {
            return Ok(None);
        }
        codes::insert(&mut transaction, &code_of(request, person, now), &hash).await?;
        transaction.commit().await?;
        Ok(Some(self.answer(
            &request.redirect_uri,
            ResponseType::Device,
            None,
            &[("done", "1")],
        )))
    }

    pub(super) fn error_answer(
        &self,
        redirect_uri: &str,
        response_type: ResponseType,
        state: Option<&str>,
        error: &OAuthError,
    ) -> String {
        let pairs = [
            ("error", error.code.as_str()),
            ("error_description", error.description.as_str()),
        ];
        self.answer(redirect_uri, response_type, state, &pairs)
    }

    /// An answer to the client: always with the issuer, so that it cannot be taken for another server's (RFC 9207).
    pub(super) fn answer(
        &self,
        redirect_uri: &str,
        response_type: ResponseType,
        state: Option<&str>,
        pairs: &[(&str, &str)],
    ) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        // A device's answer is a page of this hub, and its state stays here.
        if response_type != ResponseType::Device {
            if let Some(state) = state {
                query.append_pair("state", state);
            }
            query.append_pair("iss", self.issuer());
        }
        // The registered address is kept as it is written, with the query that it may have; it has no fragment.
        let glue = match response_type {
            ResponseType::Token => '#',
            ResponseType::Code | ResponseType::Device if redirect_uri.contains('?') => '&',
            ResponseType::Code | ResponseType::Device => '?',
        };
        format!("{redirect_uri}{glue}{}", query.finish())
    }
}

fn code_of(request: &AuthorizationRequest, person: &Person, now: Timestamp) -> Code {
    Code {
        client_id: request.client_id.clone(),
        person_id: person.account.person_id,
        organization_id: person.account.organization_id,
        redirect_uri: request.redirect_uri.clone(),
        redirect_uri_was_sent: request.redirect_uri_was_sent,
        scopes: request.scopes.clone(),
        nonce: request.nonce.clone(),
        challenge: request.challenge.clone(),
        signed_in_at: person.session.signed_in_at,
        epochs: person.epochs,
        created_at: now,
    }
}
