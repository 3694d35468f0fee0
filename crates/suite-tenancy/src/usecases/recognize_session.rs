use kit::Result;

use crate::model::SEEN_EVERY;
use crate::store::{principals, sessions};
use crate::usecases::token_hash;
use crate::{Actor, Tenancy};

impl Tenancy {
    /// Who holds this session token, with the roles of this moment; `None` when it has ended or never was.
    pub async fn session(&self, token: &str) -> Result<Option<Actor>> {
        let database = &self.parts().database;
        let now = self.now();
        let Some(found) = sessions::find(database, &token_hash(token), now).await? else {
            return Ok(None);
        };
        if now.since(found.last_seen_at) > SEEN_EVERY {
            sessions::stamp_seen(database, found.session_id, now).await?;
        }
        let assignments = principals::assignments(database, found.principal_id).await?;
        Ok(Some(Actor {
            principal_id: found.principal_id,
            name: found.name,
            email: found.email,
            session_id: Some(found.session_id),
            assignments,
        }))
    }
}
