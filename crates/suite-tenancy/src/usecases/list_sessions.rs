use kit::Result;

use crate::store::sessions;
use crate::{Actor, Session, Tenancy};

impl Tenancy {
    /// The actor's own sessions, the last used first.
    pub async fn sessions(&self, actor: &Actor) -> Result<Vec<Session>> {
        sessions::list(&self.parts().database, actor.principal_id, self.now()).await
    }
}
