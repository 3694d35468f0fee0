use hub_events::{Initiator, SecurityEventKind};
use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, SecretString};

use super::issue_tokens::IssuedTokens;
use super::standing::{Holding, Standing};
use crate::model::code::{Code, Refusal};
use crate::model::grant::{Because, Grant, GrantId, GrantKind};
use crate::model::oauth_error::{OAuthError, TokenFailure};
use crate::model::token_text;
use crate::store::{codes, grants};
use crate::{Client, OAuth};

impl OAuth {
    /// Turns a code into tokens, once. A code that comes a second time ends what it became (RFC 6749, section 4.1.2).
    pub(crate) async fn redeem_code(
        &self,
        client: &Client,
        secret: &SecretString,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
    ) -> Result<IssuedTokens, TokenFailure> {
        let hash = token_hash(secret.expose_secret());
        self.redeem_code_of_hash(client, &hash, redirect_uri, verifier)
            .await
    }

    /// The same for a code that is known by its hash alone, as a device's is.
    pub(super) async fn redeem_code_of_hash(
        &self,
        client: &Client,
        hash: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
    ) -> Result<IssuedTokens, TokenFailure> {
        let Some((code, state)) = codes::find(self.database(), hash).await? else {
            return Err(OAuthError::dead_code().into());
        };
        match code.examine(state, &client.client_id, redirect_uri, verifier, self.now()) {
            Ok(()) => {}
            Err(Refusal::Replayed(grant)) => return self.end_replayed(grant).await,
            Err(refusal) => {
                tracing::info!(client_id = client.client_id, ?refusal, "a code was refused");
                return Err(OAuthError::dead_code().into());
            }
        }
        let standing = match self.standing(&holding_of(&code, client)).await? {
            Ok(standing) => standing,
            Err(death) => {
                tracing::info!(client_id = client.client_id, ?death, "a code was refused");
                return Err(OAuthError::dead_code().into());
            }
        };
        match self.mint(client, &code, hash, &standing).await? {
            Some(tokens) => Ok(tokens),
            // Somebody redeemed it, or took it back, since it was read.
            None => match codes::find(self.database(), hash).await? {
                Some((_, crate::model::code::CodeState::Redeemed(grant))) => self.end_replayed(grant).await,
                _ => Err(OAuthError::dead_code().into()),
            },
        }
    }

    async fn end_replayed(&self, grant: GrantId) -> Result<IssuedTokens, TokenFailure> {
        let mut transaction = self.database().begin().await?;
        if grants::revoke(&mut transaction, grant, Because::CodeReplayed, self.now()).await? {
            tracing::warn!(%grant, "a code came a second time; what it had become was revoked");
            if let Some(ended) = grants::find(&mut transaction, grant).await? {
                self.announce_about_grant(
                    &mut transaction,
                    &ended,
                    SecurityEventKind::AuthorizationDeleted,
                    Initiator::System,
                    "The authorization code came a second time, so a copy of it was in other hands.",
                )
                .await?;
            }
            transaction.commit().await?;
        }
        Err(OAuthError::dead_code().into())
    }

    async fn mint(
        &self,
        client: &Client,
        code: &Code,
        hash: &str,
        standing: &Standing,
    ) -> Result<Option<IssuedTokens>, TokenFailure> {
        let now = self.now();
        let lifetimes = client.lifetimes;
        let (access_ends, refresh_ends) = (now.plus(lifetimes.access), now.plus(lifetimes.refresh));
        let grant = Grant {
            id: GrantId::random(&**self.randomness()),
            client_id: client.client_id.clone(),
            person_id: code.person_id,
            organization_id: code.organization_id,
            kind: GrantKind::Consent,
            scopes: code.scopes.clone(),
            // The code's and not the present ones: an event between consent and redemption counts.
            epochs: code.epochs,
            granted_at: code.created_at,
            refresh_expires_at: Some(refresh_ends),
            ends_at: refresh_ends.max(access_ends),
            revoked_at: None,
            last_used_at: None,
        };
        let refresh_token = token_text::mint(&**self.randomness(), code.organization_id);
        let mut transaction = self
            .begin_with_room(code.organization_id, code.person_id, standing.epochs_now, now)
            .await?;
        grants::insert(
            &mut transaction,
            &grant,
            Some(&token_hash(refresh_token.expose_secret())),
        )
        .await?;
        let access_token = self
            .insert_access_token(&mut transaction, &grant, &grant.scopes, now, access_ends)
            .await?;
        if !codes::redeem(&mut transaction, hash, grant.id).await? {
            return Ok(None);
        }
        transaction.commit().await?;
        let id_token = if grant.scopes.contains("openid") {
            Some(self.id_token(client, code).await?)
        } else {
            None
        };
        Ok(Some(IssuedTokens {
            access_token,
            access_life: lifetimes.access,
            refresh: Some((refresh_token, lifetimes.refresh)),
            scopes: grant.scopes,
            id_token,
        }))
    }
}

fn holding_of(code: &Code, client: &Client) -> Holding {
    Holding {
        person: code.person_id,
        organization: code.organization_id,
        client_id: code.client_id.clone(),
        client_lives: client.lets_live(code.created_at),
        asks_policy: !client.built_in,
        is_administrative: code.scopes.is_administrative(),
        epochs: code.epochs,
        granted_at: code.created_at,
        is_revoked: false,
        is_expired: false,
    }
}
