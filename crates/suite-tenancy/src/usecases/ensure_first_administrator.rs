use kit::{Result, SecretString};

use crate::store::principals;
use crate::{
    Actor, AuditEntry, Principal, PrincipalId, PrincipalState, Role, RoleAssignment, RoleAssignmentId,
    Tenancy,
};

/// The local administrator that the first start makes. The password exists here and nowhere else.
#[derive(Debug)]
pub struct FirstAdministrator {
    pub email: String,
    pub password: SecretString,
}

const EMAIL: &str = "administrator@localhost";

impl Tenancy {
    /// Makes the local administrator where the Suite has no user at all; `None` where it has.
    pub async fn ensure_first_administrator(&self) -> Result<Option<FirstAdministrator>> {
        if !principals::is_empty(&self.parts().database).await? {
            return Ok(None);
        }
        let password = SecretString::from(self.parts().randomness.alphanumeric(20));
        let hash = self.parts().passwords.hash(&password).await?;
        let now = self.now();
        let assignment = RoleAssignment {
            role: Role::Administrator,
            customer: None,
        };
        let principal = Principal {
            id: PrincipalId::random(&*self.parts().randomness),
            email: EMAIL.to_owned(),
            name: "Administrator".to_owned(),
            state: PrincipalState::Active,
            created_at: now,
            last_sign_in_at: None,
            assignments: vec![assignment],
        };
        let mut transaction = self.parts().database.begin().await?;
        if !principals::is_empty(&mut transaction).await? {
            return Ok(None);
        }
        principals::insert(&mut transaction, &principal, &hash).await?;
        let id = RoleAssignmentId::random(&*self.parts().randomness);
        principals::assign(&mut transaction, id, principal.id, assignment, now).await?;
        let actor = Actor::system("First start");
        let detail = "Administrator, everywhere. The password was printed once.".to_owned();
        let entry = AuditEntry {
            actor: &actor,
            customer: None,
            verb: "principal.added",
            subject: EMAIL.to_owned(),
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(Some(FirstAdministrator {
            email: EMAIL.to_owned(),
            password,
        }))
    }
}
