use std::time::Duration;

use kit::Result;
use webex_client::TokenError;

use crate::Authorizations;
use crate::store::{attempts, grants};

const PERIOD: Duration = Duration::from_secs(15 * 60);
/// Attempts are shown on the card for a while, and mean nothing later.
const KEEP_ATTEMPTS: Duration = Duration::from_secs(30 * 24 * 3600);

impl Authorizations {
    /// Renews what is due even where nobody uses it: a refresh token that is left alone ends. Answers how many were
    /// renewed. Idempotent; any number of processes may call it.
    pub async fn keep_fresh(&self) -> Result<usize> {
        let now = self.now();
        let mut renewed = 0;
        for grant in grants::due(&self.parts().database, now, 500).await? {
            let Some(stored) =
                grants::find(&self.parts().database, grant.customer, grant.integration).await?
            else {
                continue;
            };
            if !stored.grant.renewal_is_due(now) {
                continue;
            }
            match self.renew(&stored).await {
                Ok(_) => renewed += 1,
                Err(TokenError::Dead(reason) | TokenError::Unavailable(reason)) => {
                    tracing::warn!(grant = %grant.id, customer = %grant.customer, integration = grant.integration.word(), reason, "not renewed");
                }
            }
        }
        self.forget_unconfirmed().await?;
        attempts::remove_old(&self.parts().database, now.minus(KEEP_ATTEMPTS)).await?;
        Ok(renewed)
    }

    /// Does so again and again; the composition runs it beside the server and drops it at the end.
    pub async fn keep_fresh_forever(self) {
        loop {
            if let Err(error) = self.keep_fresh().await {
                tracing::error!(chain = error.chain(), "authorizations could not be kept fresh");
            }
            self.parts().clock.sleep(PERIOD).await;
        }
    }
}
