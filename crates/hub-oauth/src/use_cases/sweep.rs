use std::time::Duration;

use kit::Result;

use crate::OAuth;
use crate::store::{access_tokens, codes, grants, pending};

/// How long what is dead is kept: a code that comes again must be known again, and a diagnosis may want to look.
const KEPT: Duration = Duration::from_secs(24 * 3600);
const GRANTS_KEPT: Duration = Duration::from_secs(90 * 24 * 3600);

impl OAuth {
    /// Removes what has been dead for a while; says how many rows. Nothing depends on it.
    pub async fn sweep(&self) -> Result<u64> {
        let now = self.now();
        let mut removed = pending::sweep(self.database(), now).await?;
        removed += codes::sweep(self.database(), now.minus(KEPT)).await?;
        removed += access_tokens::sweep(self.database(), now.minus(KEPT)).await?;
        removed += grants::sweep(self.database(), now.minus(GRANTS_KEPT)).await?;
        Ok(removed)
    }
}
