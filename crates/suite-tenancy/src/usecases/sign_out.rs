use kit::{Error, Result};

use crate::store::sessions;
use crate::usecases::token_hash;
use crate::{Actor, SessionId, Tenancy};

impl Tenancy {
    /// Ends the session of this token; whoever holds a token may end it.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        sessions::delete_by_token(&self.parts().database, &token_hash(token)).await
    }

    /// Ends one of the actor's own sessions.
    pub async fn sign_out_session(&self, actor: &Actor, id: SessionId) -> Result<()> {
        if sessions::delete(&self.parts().database, actor.principal_id, id).await? == 0 {
            return Err(Error::not_found("This session has ended already."));
        }
        Ok(())
    }

    /// Ends every session of the actor but the present one; says how many.
    pub async fn sign_out_everywhere_else(&self, actor: &Actor) -> Result<u64> {
        sessions::delete_others(&self.parts().database, actor.principal_id, actor.session_id).await
    }
}
