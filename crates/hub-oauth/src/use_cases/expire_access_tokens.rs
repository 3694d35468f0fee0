use kit::Result;

use crate::OAuth;
use crate::store::access_tokens;

impl OAuth {
    /// Lets every access token that lives expire at this moment, and leaves refresh tokens as they are; says how many. For a
    /// simulated Hub: how a client behaves that meets an expired token.
    pub async fn expire_access_tokens(&self) -> Result<u64> {
        access_tokens::expire_all(self.database(), self.now()).await
    }
}
