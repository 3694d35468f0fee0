use std::time::Duration;

use hub_directory::{OrganizationId, PersonId};
use hub_events::{Initiator, SecurityEvent, SecurityEventKind, Subject};
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

/// A client that is refused will try again and again; one announcement a day is enough.
const BETWEEN_ANNOUNCEMENTS: Duration = Duration::from_secs(24 * 3600);

/// What the token endpoint answers.
pub(crate) struct IssuedTokens {
    pub(crate) access_token: SecretString,
    pub(crate) access_life: Duration,
    pub(crate) refresh: Option<(SecretString, Duration)>,
    pub(crate) scopes: ScopeSet,
    pub(crate) id_token: Option<String>,
}

impl OAuth {
    /// Begins a transaction in which there is room for one more token of this person, or refuses. Until it ends nobody else
    /// makes one for them.
    pub(super) async fn begin_with_room(
        &self,
        organization: OrganizationId,
        person: PersonId,
        epochs_now: Epochs,
        now: Timestamp,
    ) -> Result<Transaction, TokenFailure> {
        let mut transaction = self.database().begin().await?;
        if self.is_room(&mut transaction, person, epochs_now, now).await? {
            return Ok(transaction);
        }
        drop(transaction);
        Err(self.refuse_full_account(organization, person, now).await)
    }

    /// Refuses one more token, and tells of it.
    pub(super) async fn refuse_full_account(
        &self,
        organization: OrganizationId,
        person: PersonId,
        now: Timestamp,
    ) -> TokenFailure {
        if let Err(error) = self.announce_ceiling(organization, person, now).await {
            return error.into();
        }
        let sentence = format!(
            "tokenlimit_reached: this account has {MOST_TOKENS_OF_AN_ACCOUNT} active access tokens. End some of them on its page about applications."
        );
        OAuthError::new(ErrorCode::TokenLimitReached, sentence).into()
    }

    /// Takes the room of one more token; false when there is none.
    pub(super) async fn is_room(
        &self,
        transaction: &mut Transaction,
        person: PersonId,
        epochs_now: Epochs,
        now: Timestamp,
    ) -> Result<bool> {
        let most = MOST_TOKENS_OF_AN_ACCOUNT;
        if accounts::take_room(transaction, person, most).await? >= 0 {
            return Ok(true);
        }
        // Counting costs as much as the person has tokens; it is done once for as many as it leaves room for.
        let room = most - accounts::living_tokens(transaction, person, epochs_now, now).await? - 1;
        if room >= 0 {
            accounts::put_room(transaction, person, room).await?;
        }
        Ok(room >= 0)
    }

    /// Tells of a full account, once a day at the most.
    async fn announce_ceiling(
        &self,
        organization_id: OrganizationId,
        person: PersonId,
        now: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        if !accounts::note_ceiling(&mut transaction, person, now, now.minus(BETWEEN_ANNOUNCEMENTS)).await? {
            return Ok(());
        }
        let event = SecurityEvent {
            organization_id,
            subject: Subject::Person(person),
            kind: SecurityEventKind::TokenCeilingReached,
            initiator: Initiator::Policy,
            reason: format!(
                "The account has {MOST_TOKENS_OF_AN_ACCOUNT} active access tokens, as many as it may have. Its integrations get no new ones until some end."
            ),
        };
        self.directory()
            .recorder()
            .announce(&mut transaction, &event)
            .await?;
        transaction.commit().await
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
        let (secret, token) = self.new_access_token(grant, scopes, now, expires_at);
        access_tokens::insert(transaction, &token, &token_hash(secret.expose_secret())).await?;
        Ok(secret)
    }

    /// An access token that is not written yet: its text and its row.
    pub(super) fn new_access_token(
        &self,
        grant: &Grant,
        scopes: &ScopeSet,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> (SecretString, AccessToken) {
        let secret = token_text::mint(&**self.randomness(), grant.organization_id);
        let token = AccessToken {
            id: AccessTokenId::random(&**self.randomness()),
            grant_id: grant.id,
            scopes: scopes.clone(),
            created_at: now,
            expires_at,
            revoked_at: None,
        };
        (secret, token)
    }
}
