use hub_directory::public_api::{ADMINISTRATORS, NOT_FOUND, require};
use hub_directory::{Account, Caller, OrganizationId, PersonId};
use hub_events::{Actor, AuditCategory, AuditEntry, Target};
use kit::{Error, Result};
use webex::{PublicId, ResourceKind};

use crate::store::partnerships::{self, Administrator};
use crate::{PartnerRole, Partners};

/// What changing who administers whom takes.
pub(crate) const ORGANIZATIONS_WRITE: &[&str] = &["spark-admin:organizations_write"];

impl Partners {
    /// Lets somebody of the partner administer a customer.
    pub(crate) async fn assign(
        &self,
        caller: &Caller,
        person: PersonId,
        customer: OrganizationId,
    ) -> Result<()> {
        let account = self.assignable(caller, person, customer).await?;
        let mut transaction = self.database().begin().await?;
        let before = partnerships::administrator_of((&mut transaction).into(), person).await?;
        match before {
            Some(Administrator { role, .. }) if !role.is_assigned() => {
                return Err(Error::conflict(format!(
                    "{} is a {} and looks after every customer already.",
                    account.display_name,
                    role.name()
                )));
            }
            Some(_) => {}
            None => {
                let administrator = Administrator {
                    person_id: person,
                    partner_id: caller.organization_id,
                    role: PartnerRole::Administrator,
                };
                partnerships::put_administrator(&mut transaction, &administrator).await?;
            }
        }
        if partnerships::assign(&mut transaction, person, customer).await? {
            let entry = self.entry(caller, &account, customer, true).await?;
            self.directory()
                .recorder()
                .audit(&mut transaction, &entry)
                .await?;
        }
        transaction.commit().await
    }

    /// Takes a customer from somebody.
    pub(crate) async fn unassign(
        &self,
        caller: &Caller,
        person: PersonId,
        customer: OrganizationId,
    ) -> Result<()> {
        let account = self.assignable(caller, person, customer).await?;
        let mut transaction = self.database().begin().await?;
        if !partnerships::unassign(&mut transaction, person, customer).await? {
            return Err(Error::not_found(NOT_FOUND));
        }
        let entry = self.entry(caller, &account, customer, false).await?;
        self.directory()
            .recorder()
            .audit(&mut transaction, &entry)
            .await?;
        transaction.commit().await
    }

    /// Only a partner's full administrator says who administers whom, among the people of the partner.
    async fn assignable(
        &self,
        caller: &Caller,
        person: PersonId,
        customer: OrganizationId,
    ) -> Result<Account> {
        require(caller, ORGANIZATIONS_WRITE, ADMINISTRATORS)?;
        self.require_customer(caller, customer).await?;
        if self.role_of(caller).await? != Some(PartnerRole::FullAdministrator) {
            return Err(Error::forbidden(
                "Only a partner full administrator says who administers which customer. Nothing was changed.",
            ));
        }
        let account = self.directory().account(person).await?;
        account
            .filter(|account| account.organization_id == caller.organization_id)
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }

    async fn entry(
        &self,
        caller: &Caller,
        account: &Account,
        customer: OrganizationId,
        assigned: bool,
    ) -> Result<AuditEntry> {
        let actor = self.directory().account(caller.person_id).await?;
        let actor = actor.ok_or_else(|| Error::internal("a caller without an account"))?;
        let name = self.directory().organization(customer).await?;
        let name = name.map(|customer| customer.display_name).unwrap_or_default();
        let (verb, before, after) = if assigned {
            ("lets", None, Some(name.clone()))
        } else {
            ("no longer lets", Some(name.clone()), None)
        };
        Ok(AuditEntry {
            organization_id: caller.organization_id,
            action_text: format!(
                "{} {verb} {} administer {name}.",
                actor.display_name, account.display_name
            ),
            actor: Actor::Person {
                id: actor.person_id,
                organization_id: actor.organization_id,
                name: actor.display_name,
                email: actor.email,
                roles: actor.roles.iter().map(|role| role.name().to_owned()).collect(),
            },
            category: AuditCategory::AdministratorRoles,
            description: "Partner administrator assignment".to_owned(),
            target: Some(Target {
                kind: "PERSON",
                id: PublicId::of_uuid(ResourceKind::People, account.person_id.uuid()).to_string(),
                name: account.display_name.clone(),
            }),
            setting: Some("customer".to_owned()),
            previous_value: before,
            new_value: after,
        })
    }
}
