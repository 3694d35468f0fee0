use kit::{Error, Result};

use crate::store::{principals, sessions};
use crate::{Action, Actor, AuditEntry, PrincipalId, PrincipalState, Tenancy};

impl Tenancy {
    /// Disables or enables a user. Disabling ends their sessions at once; the last active administrator stays.
    pub async fn set_principal_state(
        &self,
        actor: &Actor,
        id: PrincipalId,
        state: PrincipalState,
    ) -> Result<()> {
        actor.require(Action::ManagePrincipals, None)?;
        if actor.principal_id == id {
            return Err(Error::conflict(
                "You cannot disable yourself. Ask another administrator.",
            ));
        }
        let mut transaction = self.parts().database.begin().await?;
        // Two administrators who disable each other at the same moment must not both succeed.
        principals::lock_administrators(&mut transaction).await?;
        if principals::set_state(&mut transaction, id, state).await? == 0 {
            return Err(Error::not_found("There is no such user."));
        }
        if principals::active_administrators(&mut transaction).await? == 0 {
            return Err(Error::conflict(
                "This is the last active administrator; somebody must be able to let people in.",
            ));
        }
        let Some(principal) = principals::find(&mut transaction, id).await? else {
            return Err(Error::not_found("There is no such user."));
        };
        let (verb, detail) = match state {
            PrincipalState::Active => ("principal.enabled", "They can sign in again.".to_owned()),
            PrincipalState::Disabled => {
                let ended = sessions::delete_others(&mut transaction, id, None).await?;
                ("principal.disabled", format!("{ended} sessions ended."))
            }
        };
        let entry = AuditEntry {
            actor,
            customer: None,
            verb,
            subject: principal.email,
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await
    }
}
