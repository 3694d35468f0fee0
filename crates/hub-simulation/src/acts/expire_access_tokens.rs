use kit::Result;

use crate::Simulation;

impl Simulation {
    /// Lets every living access token expire now and leaves the refresh tokens alone; says how many. As if
    /// their 14 days had passed for them, and for nothing else.
    pub async fn expire_access_tokens(&self) -> Result<u64> {
        self.parts().oauth.expire_access_tokens().await
    }
}
