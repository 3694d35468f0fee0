use hub_directory::{OrganizationId, PersonId};
use hub_identity::token_hash;
use kit::{Error, ExposeSecret as _, Kind, Result, SecretString};
use webex::ScopeSet;

use crate::OAuth;
use crate::model::grant::{Grant, GrantId, GrantKind};
use crate::model::oauth_error::TokenFailure;
use crate::model::token_text;
use crate::store::grants;

/// A fresh pair of tokens of a Service App; the refresh token works at the ordinary token endpoint.
#[derive(Debug)]
pub struct ServiceAppTokens {
    /// The grant on which both hang.
    pub grant_id: GrantId,
    /// The access token.
    pub access_token: SecretString,
    /// How long it lives.
    pub access_life: std::time::Duration,
    /// The refresh token.
    pub refresh_token: SecretString,
    /// How long it lives unless it is used.
    pub refresh_life: std::time::Duration,
    /// What both allow.
    pub scopes: ScopeSet,
}

impl OAuth {
    /// A pair of tokens with which a Service App acts in an organization, as its machine account. Policy for integrations
    /// does not apply: a Full Admin has authorized this very application. The caller has checked that.
    pub async fn issue_service_app_tokens(
        &self,
        client_id: &str,
        organization: OrganizationId,
        machine: PersonId,
        scopes: &ScopeSet,
    ) -> Result<ServiceAppTokens> {
        let client = self.client(client_id).await?;
        let client = client
            .filter(|client| client.enabled)
            .ok_or_else(|| Error::not_found("There is no such application, or it is switched off."))?;
        // Read before the account: an event in between makes the tokens dead at their birth.
        let epochs = self.identity().epochs(machine).await?;
        let account = self.directory().account(machine).await?;
        account
            .filter(|account| account.organization_id == organization && account.login_enabled)
            .ok_or_else(|| Error::conflict("The machine account of this application is gone."))?;
        let (now, lifetimes) = (self.now(), client.lifetimes);
        let (access_ends, refresh_ends) = (now.plus(lifetimes.access), now.plus(lifetimes.refresh));
        let grant = Grant {
            id: GrantId::random(&**self.randomness()),
            client_id: client.client_id,
            person_id: machine,
            organization_id: organization,
            kind: GrantKind::ServiceApp,
            scopes: scopes.clone(),
            epochs,
            granted_at: now,
            refresh_expires_at: Some(refresh_ends),
            ends_at: refresh_ends.max(access_ends),
            revoked_at: None,
            last_used_at: None,
        };
        let refresh_token = token_text::mint(&**self.randomness(), organization);
        let mut transaction = self
            .begin_with_room(organization, machine, epochs, now)
            .await
            .map_err(|failure| match failure {
                TokenFailure::Protocol(error) => Error::new(Kind::Conflict, error.description),
                TokenFailure::Ours(error) => error,
            })?;
        let hash = token_hash(refresh_token.expose_secret());
        grants::insert(&mut transaction, &grant, Some(&hash)).await?;
        let access_token = self
            .insert_access_token(&mut transaction, &grant, scopes, now, access_ends)
            .await?;
        transaction.commit().await?;
        Ok(ServiceAppTokens {
            grant_id: grant.id,
            access_token,
            access_life: lifetimes.access,
            refresh_token,
            refresh_life: lifetimes.refresh,
            scopes: grant.scopes,
        })
    }
}
