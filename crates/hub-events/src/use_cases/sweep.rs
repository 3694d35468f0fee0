use std::time::Duration;

use kit::Result;

use crate::Events;
use crate::model::stream::Stream;
use crate::store::{audit, letters, sets, streams, webhooks};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// One request reads one year; a little more is kept, so that nothing ends while somebody reads.
const AUDIT_KEPT: Duration = Duration::from_secs(400 * 24 * 3600);
const LETTERS_KEPT: Duration = Duration::from_secs(90 * 24 * 3600);
const SETS_KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// How long the last words of a stream wait for whoever listens.
const LAST_WORDS_KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

impl Events {
    /// Removes what is old, and what went with its grant. Says how many rows it were.
    pub async fn sweep(&self) -> Result<u64> {
        let now = self.now();
        let mut rows = audit::forget_before(self.database(), now.minus(AUDIT_KEPT)).await?;
        rows += letters::forget_before(self.database(), now.minus(LETTERS_KEPT)).await?;
        rows += sets::forget_before(self.database(), now.minus(SETS_KEPT)).await?;
        for grant in webhooks::grants(self.database()).await? {
            if !self.grants().lives(grant).await? {
                rows += webhooks::delete_of_grant(self.database(), grant).await?;
            }
        }
        rows += self.end_silent_streams().await?;
        for stream in streams::all(self.database()).await? {
            if self.is_over(&stream).await? {
                rows += streams::delete(self.database(), stream.id).await?;
            }
        }
        Ok(rows)
    }

    /// A stream that ended goes once its last words were taken.
    async fn is_over(&self, stream: &Stream) -> Result<bool> {
        let Some(ended_at) = stream.ended_at else {
            return Ok(false);
        };
        let age = self.now().since(ended_at);
        Ok(age >= LAST_WORDS_KEPT || (age >= DAY && sets::waiting(self.database(), stream.id).await? == 0))
    }
}
