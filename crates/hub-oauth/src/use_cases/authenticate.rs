use std::collections::HashMap;
use std::time::Duration;

use hub_directory::{Caller, CallerOrigin};
use hub_identity::token_hash;
use kit::{Result, Timestamp};

use super::standing::{Holding, Standing, Verdict};
use crate::OAuth;
use crate::batches::each;
use crate::model::grant::Grant;
use crate::model::token_text;
use crate::store::access_tokens::{self, AccessToken, Presented};
use crate::store::grants;

/// How precisely the last use of a grant is known; a write for every read would cost more than the read.
const LAST_USE_GRAIN: Duration = Duration::from_secs(5 * 60);

/// An access token that somebody presented, and whether it is alive.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub(crate) token: AccessToken,
    pub(crate) grant: Grant,
    pub(crate) verdict: Verdict,
}

impl OAuth {
    /// The person behind a bearer token, if the token is alive. Why it is not is not told.
    pub async fn authenticate(&self, bearer: &str) -> Result<Option<Caller>> {
        if !token_text::has_the_shape(bearer) {
            return Ok(None);
        }
        let hash = token_hash(bearer);
        let Some(bearer) = self.bearer(&hash).await? else {
            return Ok(None);
        };
        let Bearer {
            token,
            grant,
            verdict,
        } = bearer;
        let account = match verdict {
            Ok(Standing {
                account,
                epochs_now: _,
            }) => account,
            Err(death) => {
                tracing::debug!(grant = %grant.id, ?death, "a dead access token was presented");
                return Ok(None);
            }
        };
        self.note_use(&grant, self.now()).await;
        Ok(Some(Caller {
            person_id: account.person_id,
            organization_id: account.organization_id,
            roles: account.roles,
            scopes: token.scopes,
            origin: CallerOrigin::Token {
                client_id: grant.client_id,
                token_hash: hash,
                grant_id: grant.id.uuid(),
            },
            shares_presence: account.shares_presence,
        }))
    }

    /// The access token with this hash, dead or alive, as it stands at this moment.
    pub(super) async fn bearer(&self, hash: &str) -> Result<Option<Bearer>> {
        let oauth = self.clone();
        let read = move |hashes: Vec<String>| {
            let oauth = oauth.clone();
            async move { each(hashes, async |hashes| oauth.bearers_of(&hashes).await).await }
        };
        self.bearers().ask(hash.to_owned(), read).await
    }

    async fn bearers_of(&self, hashes: &[String]) -> Result<HashMap<String, Bearer>> {
        let now = self.now();
        let (hashes, presented): (Vec<String>, Vec<Presented>) =
            access_tokens::find_many(self.database(), hashes)
                .await?
                .into_iter()
                .unzip();
        let holdings: Vec<Holding> = presented
            .iter()
            .map(|presented| holding_of(presented, now))
            .collect();
        let verdicts = self.standings(&holdings).await?;
        let bearers = presented
            .into_iter()
            .zip(verdicts)
            .map(|(presented, verdict)| Bearer {
                token: presented.token,
                grant: presented.grant,
                verdict,
            });
        Ok(hashes.into_iter().zip(bearers).collect())
    }

    async fn note_use(&self, grant: &Grant, now: Timestamp) {
        let noted_before = now.minus(LAST_USE_GRAIN);
        if grant.last_used_at.is_some_and(|last| last >= noted_before) {
            return;
        }
        if let Err(error) = grants::touch(self.database(), grant.id, now, noted_before).await {
            // The request itself is in order; only a page will show an older moment.
            tracing::warn!(
                chain = error.chain(),
                "the last use of a grant could not be noted"
            );
        }
    }
}

fn holding_of(presented: &Presented, now: Timestamp) -> Holding {
    let Presented { token, grant, client } = presented;
    Holding {
        is_expired: now >= token.expires_at,
        is_revoked: grant.revoked_at.is_some() || token.revoked_at.is_some(),
        ..Holding::of_grant(grant, *client, now)
    }
}
