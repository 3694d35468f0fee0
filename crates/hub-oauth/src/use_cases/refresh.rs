use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, SecretString};
use webex::ScopeSet;

use super::authenticate::holding_of;
use super::issue_tokens::IssuedTokens;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::model::token_text;
use crate::store::grants;
use crate::{Client, OAuth};

impl OAuth {
    /// A new access token for a refresh token, which stays the same. Nothing that was issued before dies, so that
    /// any number of refreshes at once, and a retry after a lost answer, all succeed.
    pub(crate) async fn refresh(
        &self,
        client: &Client,
        secret: &SecretString,
        scope: Option<&str>,
    ) -> Result<IssuedTokens, TokenFailure> {
        let dead = || TokenFailure::from(OAuthError::dead_refresh_token());
        if !token_text::has_the_shape(secret.expose_secret()) {
            return Err(dead());
        }
        let found = grants::by_refresh_hash(self.database(), &token_hash(secret.expose_secret())).await?;
        let Some(grant) = found.filter(|grant| grant.client_id == client.client_id) else {
            return Err(dead());
        };
        let now = self.now();
        let Some(refresh_expires_at) = grant.refresh_expires_at.filter(|expiry| now < *expiry) else {
            return Err(dead());
        };
        let standing = match self
            .standing(&holding_of(&grant, client.enabled, client.built_in, now))
            .await?
        {
            Ok(standing) => standing,
            Err(death) => {
                tracing::info!(grant = %grant.id, ?death, "a refresh was refused");
                return Err(dead());
            }
        };
        let scopes = narrowed(&grant.scopes, scope)?;
        let lifetimes = client.lifetimes;
        let access_ends = now.plus(lifetimes.access);
        let refresh_ends = if lifetimes.refresh_slides {
            refresh_expires_at.max(now.plus(lifetimes.refresh))
        } else {
            refresh_expires_at
        };
        let mut transaction = self.database().begin().await?;
        self.reserve_token(&mut transaction, grant.person_id, standing.epochs_now, now)
            .await?;
        if !grants::prolong(&mut transaction, grant.id, refresh_ends, access_ends, now).await? {
            return Err(dead());
        }
        let access_token = self
            .insert_access_token(&mut transaction, &grant, &scopes, now, access_ends)
            .await?;
        transaction.commit().await?;
        Ok(IssuedTokens {
            access_token,
            access_life: lifetimes.access,
            refresh: Some((secret.clone(), refresh_ends.since(now))),
            scopes,
            id_token: None,
        })
    }
}

/// A refresh may ask for fewer scopes than were granted, never for others (RFC 6749, section 6).
fn narrowed(granted: &ScopeSet, asked: Option<&str>) -> Result<ScopeSet, OAuthError> {
    let Some(asked) = asked else {
        return Ok(granted.clone());
    };
    match ScopeSet::parse(asked) {
        Ok(asked) if !asked.is_empty() && asked.is_subset_of(granted) => Ok(asked),
        _ => Err(OAuthError::new(
            ErrorCode::InvalidScope,
            "A refresh cannot ask for scopes that were not granted.",
        )),
    }
}
