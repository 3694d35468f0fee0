use std::collections::HashMap;

use hub_identity::token_hash;
use kit::{ExposeSecret as _, Result, SecretString, Timestamp};
use webex::ScopeSet;

use super::issue_tokens::IssuedTokens;
use super::standing::{Holding, Standing, Verdict};
use super::write_refresh::{Outcome, RefreshJob};
use crate::batches::each;
use crate::model::grant::Grant;
use crate::model::oauth_error::{ErrorCode, OAuthError, TokenFailure};
use crate::model::token_text;
use crate::store::grants::{self, Presented, WithClient};
use crate::{Client, OAuth};

/// The grant that a refresh token opens, and whether it is alive.
#[derive(Clone, Debug)]
pub(crate) struct RefreshFacts {
    pub(crate) grant: Grant,
    pub(crate) presented: Presented,
    pub(crate) verdict: Verdict,
}

/// A refresh that may go on: what it rests on and what it is going to answer.
struct Refresh<'a> {
    client: &'a Client,
    grant: &'a Grant,
    standing: &'a Standing,
    hash: &'a str,
    scopes: ScopeSet,
    refresh_expires_at: Timestamp,
    /// The same text, or its successor.
    answered: SecretString,
    rotates: bool,
}

impl OAuth {
    /// A new access token for a refresh token. The refresh token stays the same unless the client's rotate; then it is the
    /// successor, which is the same one as long as nobody has used it. Either way nothing that was issued before dies, so
    /// that any number of refreshes at once, and a retry after a lost answer, all succeed.
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
        let hash = token_hash(secret.expose_secret());
        let Some(facts) = self.refresh_facts(&hash).await? else {
            self.look_for_theft(client, &hash).await?;
            return Err(dead());
        };
        let RefreshFacts {
            grant,
            presented,
            verdict,
        } = facts;
        let now = self.now();
        let alive = grant.refresh_expires_at.filter(|expiry| now < *expiry);
        let (Some(refresh_expires_at), true) = (alive, grant.client_id == client.client_id) else {
            return Err(dead());
        };
        let standing = match verdict {
            Ok(standing) => standing,
            Err(death) => {
                tracing::info!(grant = %grant.id, ?death, "a refresh was refused");
                return Err(dead());
            }
        };
        let rotates = client.rotates_refresh_tokens || presented == Presented::Previous;
        let answered = if rotates {
            self.successor_key().await?.successor(secret)?
        } else {
            secret.clone()
        };
        let refresh = Refresh {
            client,
            grant: &grant,
            standing: &standing,
            hash: &hash,
            scopes: narrowed(&grant.scopes, scope)?,
            refresh_expires_at,
            answered,
            rotates,
        };
        match self.issue_refreshed(&refresh, now).await? {
            Some(tokens) => Ok(tokens),
            // It died since it was read, or its successor was used meanwhile.
            None => {
                self.look_for_theft(client, &hash).await?;
                Err(dead())
            }
        }
    }

    /// The grant of a refresh token with this hash, dead or alive, as it stands at this moment.
    pub(super) async fn refresh_facts(&self, hash: &str) -> Result<Option<RefreshFacts>> {
        let oauth = self.clone();
        let read = move |hashes: Vec<String>| {
            let oauth = oauth.clone();
            async move { each(hashes, async |hashes| oauth.refresh_facts_of(&hashes).await).await }
        };
        self.refreshes().ask(hash.to_owned(), read).await
    }

    async fn refresh_facts_of(&self, hashes: &[String]) -> Result<HashMap<String, RefreshFacts>> {
        let now = self.now();
        let (hashes, found): (Vec<String>, Vec<(WithClient, Presented)>) =
            grants::by_refresh_hashes(self.database(), hashes)
                .await?
                .into_iter()
                .unzip();
        let holdings: Vec<Holding> = found
            .iter()
            .map(|(with_client, _)| Holding::of_grant(&with_client.grant, with_client.client, now))
            .collect();
        let verdicts = self.standings(&holdings).await?;
        let facts = found
            .into_iter()
            .zip(verdicts)
            .map(|((with_client, presented), verdict)| RefreshFacts {
                grant: with_client.grant,
                presented,
                verdict,
            });
        Ok(hashes.into_iter().zip(facts).collect())
    }

    async fn issue_refreshed(
        &self,
        refresh: &Refresh<'_>,
        now: Timestamp,
    ) -> Result<Option<IssuedTokens>, TokenFailure> {
        let (grant, lifetimes) = (refresh.grant, refresh.client.lifetimes);
        let access_ends = now.plus(lifetimes.access);
        let refresh_ends = if lifetimes.refresh_slides {
            refresh.refresh_expires_at.max(now.plus(lifetimes.refresh))
        } else {
            refresh.refresh_expires_at
        };
        let (access_token, row) = self.new_access_token(grant, &refresh.scopes, now, access_ends);
        let job = RefreshJob {
            person: grant.person_id,
            epochs_now: refresh.standing.epochs_now,
            presented: refresh.hash.to_owned(),
            successor: refresh
                .rotates
                .then(|| token_hash(refresh.answered.expose_secret())),
            refresh_ends,
            token_hash: token_hash(access_token.expose_secret()),
            token: row,
            now,
        };
        match self.write_refresh(job).await? {
            Outcome::Dead => Ok(None),
            Outcome::Full => Err(self
                .refuse_full_account(grant.organization_id, grant.person_id, now)
                .await),
            Outcome::Done => Ok(Some(IssuedTokens {
                access_token,
                access_life: lifetimes.access,
                refresh: Some((refresh.answered.clone(), refresh_ends.since(now))),
                scopes: refresh.scopes.clone(),
                id_token: None,
            })),
        }
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
