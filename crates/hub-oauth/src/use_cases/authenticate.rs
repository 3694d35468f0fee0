use std::time::Duration;

use hub_directory::{Caller, CallerOrigin};
use hub_identity::token_hash;
use kit::{Result, Timestamp};

use super::standing::{Holding, Standing};
use crate::OAuth;
use crate::model::grant::Grant;
use crate::model::token_text;
use crate::store::{access_tokens, grants};

/// How precisely the last use of a grant is known; a write for every read would cost more than the read.
const LAST_USE_GRAIN: Duration = Duration::from_secs(5 * 60);

impl OAuth {
    /// The person behind a bearer token, if the token is alive. Why it is not is not told.
    pub async fn authenticate(&self, bearer: &str) -> Result<Option<Caller>> {
        if !token_text::has_the_shape(bearer) {
            return Ok(None);
        }
        let hash = token_hash(bearer);
        let Some(presented) = access_tokens::find(self.database(), &hash).await? else {
            return Ok(None);
        };
        let (token, grant, now) = (presented.token, presented.grant, self.now());
        let holding = Holding {
            is_expired: now >= token.expires_at,
            is_revoked: grant.revoked_at.is_some() || token.revoked_at.is_some(),
            ..holding_of(&grant, presented.client_enabled, presented.client_built_in, now)
        };
        let account = match self.standing(&holding).await? {
            Ok(Standing {
                account,
                epochs_now: _,
            }) => account,
            Err(death) => {
                tracing::debug!(grant = %grant.id, ?death, "a dead access token was presented");
                return Ok(None);
            }
        };
        self.note_use(&grant, now).await;
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

/// A grant as [`OAuth::standing`] examines it, with the expiry of the grant as a whole.
pub(super) fn holding_of(
    grant: &Grant,
    client_enabled: bool,
    client_built_in: bool,
    now: Timestamp,
) -> Holding<'_> {
    Holding {
        person: grant.person_id,
        organization: grant.organization_id,
        client_id: &grant.client_id,
        client_enabled,
        client_built_in,
        is_administrative: grant.scopes.is_administrative(),
        epochs: grant.epochs,
        granted_at: grant.granted_at,
        is_revoked: grant.revoked_at.is_some(),
        is_expired: now >= grant.ends_at,
    }
}
