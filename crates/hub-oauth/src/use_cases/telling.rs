//! What this slice tells the world, inside the transaction of the cause.

use hub_directory::{Account, OrganizationId};
use hub_events::{
    Actor, AuditCategory, AuditEntry, Initiator, SecurityEvent, SecurityEventKind, Subject, Target,
};
use kit::Result;
use kit_sql::Transaction;
use webex::{PublicId, ResourceKind, application_id};

use crate::model::grant::Grant;
use crate::store::grants;
use crate::{Client, OAuth};

/// A person as the audit names them.
pub(super) fn actor_of(account: &Account) -> Actor {
    Actor::Person {
        id: account.person_id,
        organization_id: account.organization_id,
        name: account.display_name.clone(),
        email: account.email.clone(),
        roles: account.roles.iter().map(|role| role.name().to_owned()).collect(),
    }
}

/// An authorization as the audit names it.
pub(super) fn authorization_target(grant: &Grant, client: &str) -> Target {
    Target {
        kind: "AUTHORIZATION",
        id: PublicId::of_uuid(ResourceKind::Authorization, grant.id.uuid()).to_string(),
        name: client.to_owned(),
    }
}

/// An integration as the audit names it.
pub(super) fn application_target(client: &Client) -> Target {
    Target {
        kind: "APPLICATION",
        id: application_id(&client.client_id),
        name: client.name.clone(),
    }
}

/// A line about authorizations, without a setting.
pub(super) fn line(
    organization_id: OrganizationId,
    actor: Actor,
    description: &str,
    action_text: String,
    target: Target,
) -> AuditEntry {
    AuditEntry {
        organization_id,
        actor,
        category: AuditCategory::Integrations,
        description: description.to_owned(),
        action_text,
        target: Some(target),
        setting: None,
        previous_value: None,
        new_value: None,
    }
}

impl OAuth {
    /// Tells every organization whose people gave the client something that is not over.
    pub(super) async fn announce_about_client(
        &self,
        transaction: &mut Transaction,
        client_id: &str,
        kind: SecurityEventKind,
        initiator: Initiator,
        reason: &str,
    ) -> Result<()> {
        for organization_id in
            grants::organizations_of_client(&mut *transaction, client_id, self.now()).await?
        {
            let event = SecurityEvent {
                organization_id,
                subject: Subject::Client {
                    client_id: client_id.to_owned(),
                },
                kind,
                initiator,
                reason: reason.to_owned(),
            };
            self.directory().recorder().announce(transaction, &event).await?;
        }
        Ok(())
    }

    /// Tells what happened to one grant.
    pub(super) async fn announce_about_grant(
        &self,
        transaction: &mut Transaction,
        grant: &Grant,
        kind: SecurityEventKind,
        initiator: Initiator,
        reason: &str,
    ) -> Result<()> {
        let event = SecurityEvent {
            organization_id: grant.organization_id,
            subject: Subject::Grant {
                grant_id: grant.id.uuid(),
                person_id: grant.person_id,
                client_id: grant.client_id.clone(),
            },
            kind,
            initiator,
            reason: reason.to_owned(),
        };
        self.directory().recorder().announce(transaction, &event).await
    }

    /// What people call a client, also one that was deleted.
    pub(super) async fn name_of_client(&self, client_id: &str) -> Result<String> {
        let found = self.client(client_id).await?;
        Ok(found.map_or_else(|| client_id.to_owned(), |client| client.name))
    }
}
