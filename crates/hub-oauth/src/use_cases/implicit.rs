use kit::{ExposeSecret as _, Result};

use super::authorize::Person;
use crate::model::authorization_request::{AuthorizationRequest, ResponseType};
use crate::model::grant::{Grant, GrantId, GrantKind};
use crate::model::oauth_error::TokenFailure;
use crate::store::{grants, pending};
use crate::{Client, OAuth};

impl OAuth {
    /// The implicit flow, which only a legacy client gets: an access token in the fragment, and none to refresh it
    /// with. Nothing when the request was decided elsewhere meanwhile.
    pub(super) async fn answer_with_token(
        &self,
        client: &Client,
        request: &AuthorizationRequest,
        person: &Person,
        waiting: Option<&str>,
    ) -> Result<Option<String>> {
        let (now, life) = (self.now(), client.lifetimes.access);
        let grant = Grant {
            id: GrantId::random(&**self.randomness()),
            client_id: request.client_id.clone(),
            person_id: person.account.person_id,
            organization_id: person.account.organization_id,
            kind: GrantKind::Consent,
            scopes: request.scopes.clone(),
            epochs: person.epochs,
            granted_at: now,
            refresh_expires_at: None,
            ends_at: now.plus(life),
            revoked_at: None,
            last_used_at: None,
        };
        let answer = |pairs: &[(&str, &str)]| {
            self.answer(
                &request.redirect_uri,
                ResponseType::Token,
                request.state.as_deref(),
                pairs,
            )
        };
        let mut transaction = match self
            .begin_with_room(grant.organization_id, grant.person_id, grant.epochs, now)
            .await
        {
            Ok(transaction) => transaction,
            Err(TokenFailure::Protocol(error)) => {
                let pairs = [
                    ("error", error.code.as_str()),
                    ("error_description", &error.description),
                ];
                return Ok(Some(answer(&pairs)));
            }
            Err(TokenFailure::Ours(error)) => return Err(error),
        };
        if let Some(id) = waiting
            && !pending::decide(&mut transaction, id, now).await?
        {
            return Ok(None);
        }
        grants::insert(&mut transaction, &grant, None).await?;
        let token = self
            .insert_access_token(&mut transaction, &grant, &grant.scopes, now, grant.ends_at)
            .await?;
        transaction.commit().await?;
        let (seconds, scopes) = (
            life.as_secs().saturating_sub(1).to_string(),
            grant.scopes.to_string(),
        );
        Ok(Some(answer(&[
            ("access_token", token.expose_secret()),
            ("token_type", "Bearer"),
            ("expires_in", &seconds),
            ("scope", &scopes),
        ])))
    }
}
