use std::time::Duration;

use hub_events::{Initiator, SecurityEventKind};
use kit::Result;

use super::standing::Holding;
use crate::OAuth;
use crate::store::{access_tokens, codes, grants, pending};

/// How long what is dead is kept: a code that comes again must be known again, and a diagnosis may want to look.
const KEPT: Duration = Duration::from_secs(24 * 3600);
const GRANTS_KEPT: Duration = Duration::from_secs(90 * 24 * 3600);

/// How many expired grants are announced in one transaction.
const AT_ONCE: i64 = 200;

impl OAuth {
    /// Removes what has been dead for a while; says how many rows. Nothing depends on it.
    pub async fn sweep(&self) -> Result<u64> {
        let now = self.now();
        self.announce_expired_refresh_tokens().await?;
        let mut removed = pending::sweep(self.database(), now).await?;
        removed += codes::sweep(self.database(), now.minus(KEPT)).await?;
        removed += access_tokens::sweep(self.database(), now.minus(KEPT)).await?;
        removed += grants::sweep(self.database(), now.minus(GRANTS_KEPT)).await?;
        Ok(removed)
    }

    /// Tells once of every grant whose refresh token nobody used until it expired. What died before by something else is
    /// passed over: its news was another.
    pub async fn announce_expired_refresh_tokens(&self) -> Result<()> {
        loop {
            let now = self.now();
            let mut transaction = self.database().begin().await?;
            let ids = grants::take_expired(&mut transaction, now, AT_ONCE).await?;
            if ids.is_empty() {
                return Ok(());
            }
            let found = grants::with_clients(&mut transaction, &ids).await?;
            let holdings: Vec<Holding> = found
                .iter()
                .map(|one| Holding {
                    is_expired: false,
                    ..Holding::of_grant(&one.grant, one.client, now)
                })
                .collect();
            let verdicts = self.standings(&holdings).await?;
            for (one, verdict) in found.iter().zip(verdicts) {
                if verdict.is_err() {
                    continue;
                }
                self.announce_about_grant(
                    &mut transaction,
                    &one.grant,
                    SecurityEventKind::RefreshExpired,
                    Initiator::Policy,
                    "The refresh token was not used until it expired.",
                )
                .await?;
            }
            transaction.commit().await?;
        }
    }
}
