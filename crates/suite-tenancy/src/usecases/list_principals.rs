use kit::Result;

use crate::store::principals;
use crate::{Action, Actor, Principal, Tenancy};

impl Tenancy {
    /// The users of the Suite, by address.
    pub async fn principals(&self, actor: &Actor) -> Result<Vec<Principal>> {
        actor.require(Action::ManagePrincipals, None)?;
        principals::list(&self.parts().database).await
    }
}
