use hub_identity::token_hash;
use kit::{ExposeSecret as _, SecretString, Timestamp};
use webex::ScopeSet;

use super::authenticate::Bearer;
use super::refresh::RefreshFacts;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::model::token_text;
use crate::{Client, OAuth};

/// A client that is registered with this scope serves resources: it may ask about the access tokens that others bring it.
pub const RESOURCE_SERVER_SCOPE: &str = "trunkline:introspect";

/// What a client may know about a token that lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenFacts {
    pub(crate) is_access_token: bool,
    pub(crate) scopes: ScopeSet,
    pub(crate) client_id: String,
    pub(crate) subject: String,
    pub(crate) username: String,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl OAuth {
    /// What a token is worth at this moment (RFC 7662). Nothing for every token that is dead, unknown, or none of the
    /// asking client's business: it cannot tell these apart.
    pub(crate) async fn introspect(
        &self,
        client: &Client,
        secret: &SecretString,
    ) -> Result<Option<TokenFacts>, TokenFailure> {
        if client.is_public {
            // Whoever finds its id could ask in its name.
            return Err(OAuthError::new(
                ErrorCode::InvalidClient,
                "A client without a secret cannot ask about tokens.",
            )
            .into());
        }
        if !token_text::has_the_shape(secret.expose_secret()) {
            return Ok(None);
        }
        let hash = token_hash(secret.expose_secret());
        if let Some(bearer) = self.bearer(&hash).await? {
            return Ok(facts_of_access_token(client, bearer));
        }
        let found = self.refresh_facts(&hash).await?;
        Ok(found.and_then(|facts| facts_of_refresh_token(client, facts, self.now())))
    }
}

fn facts_of_access_token(client: &Client, bearer: Bearer) -> Option<TokenFacts> {
    let Bearer {
        token,
        grant,
        verdict,
    } = bearer;
    let may_know = grant.client_id == client.client_id || client.scopes.contains(RESOURCE_SERVER_SCOPE);
    let standing = verdict.ok().filter(|_| may_know)?;
    Some(TokenFacts {
        is_access_token: true,
        scopes: token.scopes,
        client_id: grant.client_id,
        subject: standing.account.person_id.to_string(),
        username: standing.account.email,
        issued_at: token.created_at,
        expires_at: token.expires_at,
    })
}

/// A refresh token is nobody's business but its client's.
fn facts_of_refresh_token(client: &Client, facts: RefreshFacts, now: Timestamp) -> Option<TokenFacts> {
    let RefreshFacts {
        grant,
        presented: _,
        verdict,
    } = facts;
    let expires_at = grant.refresh_expires_at.filter(|expiry| now < *expiry)?;
    let standing = verdict.ok().filter(|_| grant.client_id == client.client_id)?;
    Some(TokenFacts {
        is_access_token: false,
        scopes: grant.scopes,
        client_id: grant.client_id,
        subject: standing.account.person_id.to_string(),
        username: standing.account.email,
        issued_at: grant.granted_at,
        expires_at,
    })
}
