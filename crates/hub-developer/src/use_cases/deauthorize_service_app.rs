use hub_directory::Caller;
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
        self.end_authorization(&mut transaction, caller, &application, &client, &authorization)
            .await?;
        transaction.commit().await
    }

    /// Ends it, whoever wants it ended; the caller has checked that they may.
    pub(super) async fn end_authorization(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        application: &Application,
        client: &Client,
        authorization: &ServiceAppAuthorization,
    ) -> Result<()> {
        let organization = authorization.organization_id;
        authorizations::delete(transaction, &client.client_id, organization).await?;
        self.directory()
            .remove_machine(transaction, authorization.machine_id)
            .await?;
        self.oauth()
            .revoke_client_within(transaction, organization, &client.client_id)
            .await?;
        let line = Line {
            organization_id: organization,
            category: AuditCategory::ServiceApps,
            client_id: &client.client_id,
            name: &client.name,
            description: "Service App deauthorized",
            action: format!("took back the authorization of the Service App {}", client.name),
            setting: None,
            previous: Some(authorization.scopes.to_string()),
            new: None,
        };
        self.record(transaction, caller, line).await?;
        let event = SecurityEvent {
            organization_id: organization,
            subject: Subject::Client {
                client_id: client.client_id.clone(),
            },
            kind: SecurityEventKind::IntegrationRevoked,
            initiator: if caller.organization_id == organization {
                Initiator::Admin
            } else {
                Initiator::System
            },
            reason: format!(
                "The authorization of the Service App “{}” was taken back.",
                client.name
            ),
        };
        self.directory().recorder().announce(transaction, &event).await?;
        let in_customer = Caller {
            organization_id: organization,
            ..caller.clone()
        };
        self.tell_developer(transaction, &in_customer, application, client, News::Deauthorized)
            .await
    }
}
