use std::time::Duration;

use hub_directory::PersonId;
use hub_identity::{Epochs, token_hash};
use kit::{ExposeSecret as _, Result, SecretString, Timestamp};
use kit_sql::Transaction;
use webex::ScopeSet;

use crate::OAuth;
use crate::model::grant::{AccessTokenId, Grant};
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::model::token_text;
use crate::store::access_tokens::{self, AccessToken};
use crate::store::accounts;

/// As many living access tokens an account may have.
pub(crate) const MOST_TOKENS_OF_AN_ACCOUNT: i64 = 750;

/// What the token endpoint answers.
pub(crate) struct IssuedTokens {
    pub(crate) access_token: SecretString,
    pub(crate) access_life: Duration,
    pub(crate) refresh: Option<(SecretString, Duration)>,
    pub(crate) scopes: ScopeSet,
    pub(crate) id_token: Option<String>,
}

impl OAuth {
    /// Makes room for one more token of this person, or refuses. From here until the transaction ends nobody else
    /// makes one for them.
    pub(super) async fn reserve_token(
        &self,
        transaction: &mut Transaction,
        person: PersonId,
        epochs_now: Epochs,
        now: Timestamp,
    ) -> Result<(), TokenFailure> {
        accounts::lock(transaction, person).await?;
        if accounts::living_tokens(transaction, person, epochs_now, now).await? < MOST_TOKENS_OF_AN_ACCOUNT {
            return Ok(());
        }
        let sentence = format!(
            "tokenlimit_reached: this account has {MOST_TOKENS_OF_AN_ACCOUNT} active access tokens. End some of them on its page about applications."
        );
        Err(OAuthError::new(ErrorCode::TokenLimitReached, sentence).into())
    }

    /// Makes an access token of a grant.
    pub(super) async fn insert_access_token(
        &self,
        transaction: &mut Transaction,
        grant: &Grant,
        scopes: &ScopeSet,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<SecretString> {
        let secret = token_text::mint(&**self.randomness(), grant.organization_id);
        let token = AccessToken {
            id: AccessTokenId::random(&**self.randomness()),
            grant_id: grant.id,
            scopes: scopes.clone(),
            created_at: now,
            expires_at,
            revoked_at: None,
        };
        access_tokens::insert(transaction, &token, &token_hash(secret.expose_secret())).await?;
        Ok(secret)
    }
}
