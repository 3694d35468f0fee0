use std::time::Duration;

use kit::{Result, Timestamp};
use suite_tenancy::{Actor, AuditEntry};
use webex_client::{TokenError, TokenFailure, TokenGrant};

use super::speak::gone;
use crate::Authorizations;
use crate::model::{Grant, GrantState, renewal_due_at};
use crate::store::grants;
use crate::store::grants::{Lease, Renewed, StoredGrant};

/// Whether a person asks, who wants to know now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Usual,
    OnceMore,
}

/// How often somebody who waits for another process's renewal looks.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// A lease ends long before.
const LONGEST_WAIT: u32 = 900;

/// What the platform's refusal means. It does not say more, and neither do we.
const WHY_IT_DIED: &str = "The platform refused to renew it and does not say why. Usual causes: the person who authorized changed their password, was deactivated or deleted, or is no Full Administrator any more; or somebody withdrew or blocked the integration in Control Hub. A new authorization is needed.";

impl Authorizations {
    /// Renews the tokens once, however many tasks and processes want it at the same time. Answers with the tokens that
    /// are in force then, whoever renewed them.
    pub(crate) async fn renew(&self, seen: &StoredGrant) -> Result<StoredGrant, TokenError> {
        self.renew_as(seen, Wish::Usual).await
    }

    /// The same for a person who asks for it: a grant that was refused before is tried once more.
    pub(crate) async fn renew_once_more(&self, seen: &StoredGrant) -> Result<StoredGrant, TokenError> {
        self.renew_as(seen, Wish::OnceMore).await
    }

    async fn renew_as(&self, seen: &StoredGrant, wish: Wish) -> Result<StoredGrant, TokenError> {
        let queue = self.renewal_queue(seen.grant.id);
        let _turn = queue.lock().await;
        for _ in 0..LONGEST_WAIT {
            let present = self.present(seen).await?;
            let grant = &present.grant;
            if grant.id != seen.grant.id || grant.generation != seen.grant.generation {
                return Ok(present);
            }
            let now = self.now();
            if grant.state.is_dead() && wish == Wish::Usual {
                return Err(TokenError::Dead(gone(grant)));
            }
            if grant.retry_at > now && wish == Wish::Usual {
                let reason = grant.state.reason().unwrap_or("The platform did not answer.");
                return Err(TokenError::Unavailable(format!(
                    "{reason} It is tried again at {}.",
                    grant.retry_at
                )));
            }
            let lease = grants::take_lease(&self.parts().database, grant.id, grant.generation, now)
                .await
                .map_err(unavailable)?;
            match lease {
                Some(lease) => return self.renew_with(&present, lease).await,
                None => self.parts().clock.sleep(LOOK_AGAIN).await,
            }
        }
        Err(TokenError::Unavailable(
            "Another process renews this authorization and does not come to an end. Try again.".to_owned(),
        ))
    }

    async fn present(&self, seen: &StoredGrant) -> Result<StoredGrant, TokenError> {
        let found = grants::find(
            &self.parts().database,
            seen.grant.customer,
            seen.grant.integration,
        )
        .await
        .map_err(unavailable)?;
        found.ok_or_else(|| TokenError::Dead("The authorization was removed meanwhile.".to_owned()))
    }

    async fn renew_with(&self, stored: &StoredGrant, lease: Lease) -> Result<StoredGrant, TokenError> {
        let grant = &stored.grant;
        let outcome = self.ask_for_new_tokens(stored).await.map_err(unavailable)?;
        let now = self.now();
        let kept = match outcome {
            Ok(tokens) => self.keep_renewed(stored, lease, &tokens, now).await,
            Err(state) => {
                // A dead one that gets no answer is as dead as before: nothing was learned.
                let state = if grant.state.is_dead() && !state.is_dead() {
                    grant.state.clone()
                } else {
                    state.going_on_from(&grant.state)
                };
                let retry_at = now.plus(pause_after(grant.failures));
                let kept = self.keep_not_renewed(grant, lease, &state, now, retry_at).await;
                if matches!(kept, Ok(true)) {
                    let reason = state.reason().unwrap_or_default().to_owned();
                    return Err(if state.is_dead() {
                        TokenError::Dead(gone(&Grant {
                            state,
                            ..grant.clone()
                        }))
                    } else {
                        TokenError::Unavailable(reason)
                    });
                }
                kept
            }
        };
        if !kept.map_err(unavailable)? {
            tracing::warn!(grant = %grant.id, "a renewal came after its lease was over; what others brought counts");
        }
        self.present(stored).await
    }

    /// New tokens, or the state that the refusal means.
    async fn ask_for_new_tokens(&self, stored: &StoredGrant) -> Result<Result<TokenGrant, GrantState>> {
        let (grant, since) = (&stored.grant, self.now());
        let client = match self.parts().provider.credentials(grant.integration) {
            Ok(client) if client.client_id == grant.client_id => client,
            Ok(_) => {
                let reason = "It was authorized with another client id than the one that is configured now. Authorize again, or put the former registration back.";
                return Ok(Err(GrantState::Misconfigured {
                    reason: reason.to_owned(),
                    since,
                }));
            }
            Err(error) => {
                return Ok(Err(GrantState::Misconfigured {
                    reason: error.public().to_owned(),
                    since,
                }));
            }
        };
        let Some(sealed) = &stored.refresh_token else {
            let reason = "Its token has ended, and the platform gave none to renew it with. A new authorization is needed.";
            let is_over = !grant.access_token_lives(since);
            let reason = reason.to_owned();
            return Ok(Err(if is_over {
                GrantState::Dead { reason, since }
            } else {
                GrantState::Degraded { reason, since }
            }));
        };
        let refresh_token = self.open_token(grant, "refresh_token", sealed)?;
        let answer = self.parts().token_endpoint.refresh(&client, &refresh_token).await;
        Ok(answer.map_err(|failure| match failure {
            TokenFailure::Transport(_) => GrantState::Failing { reason: format!("The renewal got no answer that counts. {failure}"), since },
            TokenFailure::Refused(_) => GrantState::Dead { reason: format!("{WHY_IT_DIED} ({failure})"), since },
            TokenFailure::InvalidClient(_) => {
                GrantState::Misconfigured { reason: format!("The platform does not accept our client id or secret. Compare them with the registration. {failure}"), since }
            }
            TokenFailure::TokenLimit(_) => GrantState::TokenLimit {
                reason: format!("The account that authorized has as many tokens as it may have (750). That person ends sessions on their profile page, or support revokes them. {failure}"),
                since,
            },
        }))
    }

    async fn keep_renewed(
        &self,
        stored: &StoredGrant,
        lease: Lease,
        tokens: &TokenGrant,
        now: Timestamp,
    ) -> Result<bool> {
        let grant = &stored.grant;
        let seconds = |count: u64| now.plus(Duration::from_secs(count));
        let access_expires_at = seconds(tokens.expires_in);
        let (refresh_token, refresh_expires_at) = match &tokens.refresh_token {
            Some(token) => (
                Some(self.seal_token(grant, "refresh_token", token)?),
                tokens.refresh_token_expires_in.map(seconds),
            ),
            // The platform does not rotate: the old one stays, with its end, unless the answer names another.
            None => (
                stored.refresh_token.clone(),
                tokens
                    .refresh_token_expires_in
                    .map(seconds)
                    .or(grant.refresh_expires_at),
            ),
        };
        let renewed = Renewed {
            access_token: self.seal_token(grant, "access_token", &tokens.access_token)?,
            access_expires_at,
            refresh_token,
            refresh_expires_at,
            refresh_due_at: renewal_due_at(now, access_expires_at),
            // What a check found missing is not mended by a new token.
            state: if matches!(grant.state, GrantState::Degraded { .. }) {
                grant.state.clone()
            } else {
                GrantState::Active
            },
        };
        grants::renewed(&self.parts().database, lease, now, &renewed).await
    }

    async fn keep_not_renewed(
        &self,
        grant: &Grant,
        lease: Lease,
        state: &GrantState,
        now: Timestamp,
        retry_at: Timestamp,
    ) -> Result<bool> {
        let mut transaction = self.parts().database.begin().await?;
        let kept = grants::not_renewed(&mut transaction, lease, state, now, retry_at).await?;
        if kept && state.is_dead() && !grant.state.is_dead() {
            let actor = Actor::system("Renewal of authorizations");
            let entry = AuditEntry {
                actor: &actor,
                customer: Some(grant.customer),
                verb: "authorization.died",
                subject: grant.integration.integration().name.to_owned(),
                detail: state.reason().unwrap_or_default().to_owned(),
            };
            self.parts().tenancy.record(&mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(kept)
    }
}

/// Half a minute, doubled each time, a quarter of an hour at the most: an outage of days costs nothing.
fn pause_after(failures: i64) -> Duration {
    let doublings = u32::try_from(failures.clamp(0, 5)).unwrap_or(5);
    Duration::from_secs(30 * (1 << doublings)).min(Duration::from_secs(15 * 60))
}

fn unavailable(error: kit::Error) -> TokenError {
    tracing::error!(chain = error.chain(), "an authorization could not be renewed");
    TokenError::Unavailable(error.public().to_owned())
}
