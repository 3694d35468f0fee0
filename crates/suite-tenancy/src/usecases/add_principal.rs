use kit::{Error, Result, SecretString};

use crate::model::{email_address, person_name};
use crate::store::{customers, principals};
use crate::{
    Action, Actor, AuditEntry, Principal, PrincipalId, PrincipalState, Role, RoleAssignment,
    RoleAssignmentId, Tenancy,
};

/// A user of the Suite to be.
#[derive(Clone, Debug)]
pub struct NewPrincipal {
    pub name: String,
    pub email: String,
    pub assignment: RoleAssignment,
}

impl Tenancy {
    /// Adds a user with one role. The first password is made at random and answered once; they change it at
    /// their own page.
    pub async fn add_principal(&self, actor: &Actor, new: NewPrincipal) -> Result<(Principal, SecretString)> {
        actor.require(Action::ManagePrincipals, None)?;
        let (name, email) = (person_name(&new.name)?, email_address(&new.email)?);
        let assignment = checked(new.assignment)?;
        let parts = self.parts();
        let password = SecretString::from(parts.randomness.alphanumeric(20));
        let hash = parts.passwords.hash(&password).await?;
        let now = self.now();
        let id = PrincipalId::random(&*parts.randomness);
        let principal = Principal {
            id,
            email,
            name,
            state: PrincipalState::Active,
            created_at: now,
            last_sign_in_at: None,
            assignments: vec![assignment],
        };
        let mut transaction = parts.database.begin().await?;
        if principals::credentials(&mut transaction, &principals::email_key(&principal.email))
            .await?
            .is_some()
        {
            return Err(Error::conflict(format!(
                "There is a user with the address {} already.",
                principal.email
            )));
        }
        let reach = match assignment.customer {
            None => "everywhere".to_owned(),
            Some(customer) => match customers::find(&mut transaction, customer).await? {
                Some(customer) => format!("for {}", customer.name),
                None => {
                    return Err(Error::not_found(
                        "The customer for which the role holds does not exist.",
                    ));
                }
            },
        };
        principals::insert(&mut transaction, &principal, &hash).await?;
        let assignment_id = RoleAssignmentId::random(&*parts.randomness);
        principals::assign(&mut transaction, assignment_id, id, assignment, now).await?;
        let detail = format!("{}, {reach}.", assignment.role.name());
        let entry = AuditEntry {
            actor,
            customer: assignment.customer,
            verb: "principal.added",
            subject: principal.email.clone(),
            detail,
        };
        self.record(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok((principal, password))
    }
}

/// An administrator is one everywhere or not at all.
fn checked(assignment: RoleAssignment) -> Result<RoleAssignment> {
    if assignment.role == Role::InvitedAuthorizer {
        return Err(Error::invalid(
            "This role comes with an invitation and cannot be assigned.",
        ));
    }
    if assignment.role == Role::Administrator && assignment.customer.is_some() {
        return Err(Error::invalid(
            "The role Administrator holds everywhere. For one customer choose Customer manager.",
        ));
    }
    Ok(assignment)
}
