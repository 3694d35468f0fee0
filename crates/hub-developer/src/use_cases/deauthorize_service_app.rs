use hub_directory::{Caller, OrganizationId};
use hub_events::{AuditCategory, Initiator, SecurityEvent, SecurityEventKind, Subject};
use hub_oauth::Client;
use kit::{Error, Result};
use kit_sql::Transaction;

use super::authorize_service_app::News;
use super::record::Line;
use super::show_application::client_id_of;
use crate::Developer;
use crate::model::{Application, ServiceAppAuthorization};
use crate::store::{applications, authorizations};

/// What ends, and why.
pub(super) struct Ending<'a> {
    pub(super) application: &'a Application,
    pub(super) client: &'a Client,
    pub(super) authorization: &'a ServiceAppAuthorization,
    pub(super) because: Because,
}

/// Why an authorization ends.
#[derive(Clone, Copy)]
pub(super) enum Because {
    /// A Full Admin wants it.
    TakenBack,
    /// The application goes, everywhere.
    Deleted,
}

impl Because {
    fn action(self, name: &str) -> String {
        match self {
            Self::TakenBack => format!("took back the authorization of the Service App {name}"),
            Self::Deleted => format!("deleted the Service App {name}, which was authorized here"),
        }
    }

    fn event(self, client: &Client, organization_id: OrganizationId) -> SecurityEvent {
        let name = &client.name;
        let (kind, initiator, reason) = match self {
            Self::TakenBack => (
                SecurityEventKind::IntegrationRevoked,
                Initiator::Admin,
                format!("An administrator took back the authorization of the Service App “{name}”."),
            ),
            Self::Deleted => (
                SecurityEventKind::IntegrationDeleted,
                Initiator::System,
                format!("The Service App “{name}” was deleted by its developer."),
            ),
        };
        SecurityEvent {
            organization_id,
            subject: Subject::Client {
                client_id: client.client_id.clone(),
            },
            kind,
            initiator,
            reason,
        }
    }
}

impl Developer {
    /// A Full Admin takes back what a Service App may do in their organization: its tokens there die at once, and
    /// authorizing it again does not bring them back.
    pub async fn deauthorize_service_app(&self, caller: &Caller, id: &str) -> Result<()> {
        self.require_decide(caller).await?;
        let client_id = client_id_of(id);
        let nothing = || Error::not_found("This Service App is not authorized in your organization.");
        let mut transaction = self.database().begin().await?;
        let found = applications::find_locked(&mut transaction, &client_id).await?;
        let application = found.ok_or_else(nothing)?;
        let authorization =
            authorizations::find(&mut transaction, &client_id, caller.organization_id).await?;
        let authorization = authorization.ok_or_else(nothing)?;
        let client = self.oauth().client(&client_id).await?.ok_or_else(nothing)?;
        let ending = Ending {
            application: &application,
            client: &client,
            authorization: &authorization,
            because: Because::TakenBack,
        };
        self.end_authorization(&mut transaction, caller, ending).await?;
        transaction.commit().await
    }

    /// Ends it, whoever wants it ended; the caller has checked that they may.
    pub(super) async fn end_authorization(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        ending: Ending<'_>,
    ) -> Result<()> {
        let Ending {
            application,
            client,
            authorization,
            because,
        } = ending;
        let (organization, client_id) = (authorization.organization_id, client.client_id.as_str());
        authorizations::delete(transaction, client_id, organization).await?;
        self.directory()
            .remove_machine(transaction, authorization.machine_id)
            .await?;
        self.oauth()
            .revoke_client_within(transaction, organization, client_id)
            .await?;
        let line = Line {
            organization_id: organization,
            category: AuditCategory::ServiceApps,
            client_id,
            name: &client.name,
            description: "Service App deauthorized",
            action: because.action(&client.name),
            setting: None,
            previous: Some(authorization.scopes.to_string()),
            new: None,
        };
        self.record(transaction, caller, line).await?;
        let event = because.event(client, organization);
        self.directory().recorder().announce(transaction, &event).await?;
        let in_customer = Caller {
            organization_id: organization,
            ..caller.clone()
        };
        self.tell_developer(transaction, &in_customer, application, client, News::Deauthorized)
            .await
    }
}
