use hub_directory::Caller;
use kit::Result;

use super::deauthorize_service_app::{Because, Ending};
use super::record::Line;
use super::rights::no_such_application;
use super::show_application::client_id_of;
use crate::Developer;
use crate::model::ApplicationKind;
use crate::store::{applications, authorizations};

/// What a deletion ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    /// In how many organizations somebody uses the integration, or the Service App may act.
    pub(crate) organizations: usize,
    /// How many people authorized the integration.
    pub(crate) people: u64,
}

impl Developer {
    /// What deleting the application would end at this moment; for whoever may delete it.
    pub(crate) async fn what_deletion_ends(&self, caller: &Caller, id: &str) -> Result<Ends> {
        let found = applications::find(self.database(), &client_id_of(id)).await?;
        let application = self.require_manage(caller, found).await?;
        let client_id = &application.client_id;
        let authorized = authorizations::of_application(self.database(), client_id).await?;
        if !authorized.is_empty() {
            return Ok(Ends {
                organizations: authorized.len(),
                people: 0,
            });
        }
        let mut ends = Ends::default();
        for organization in self.directory().organizations().await? {
            let people = self.oauth().people_using(organization.id, client_id).await?;
            if !people.is_empty() {
                ends.organizations += 1;
                ends.people += people.len() as u64;
            }
        }
        Ok(ends)
    }

    /// Deletes an application. Whatever was given to it is dead, in every organization; its id does not come back.
    pub async fn delete_application(&self, caller: &Caller, id: &str) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        let found = applications::find_locked(&mut transaction, &client_id_of(id)).await?;
        let application = self.require_manage(caller, found).await?;
        let client_id = application.client_id.as_str();
        let client = self.oauth().client(client_id).await?;
        let client = client.ok_or_else(no_such_application)?;
        // While the application is still there: its news are told to whoever registered it.
        for authorization in authorizations::of_application(&mut transaction, client_id).await? {
            let ending = Ending {
                application: &application,
                client: &client,
                authorization: &authorization,
                because: Because::Deleted,
            };
            self.end_authorization(&mut transaction, caller, ending).await?;
        }
        self.oauth()
            .delete_client_within(&mut transaction, client_id)
            .await?;
        applications::delete(&mut transaction, client_id).await?;
        let kind = ApplicationKind::of_client(client.kind).words();
        let line = Line {
            previous: Some(format!("Permissions: {}", client.scopes)),
            ..Line::of_developer(
                application.organization_id,
                client_id,
                &client.name,
                "Application deleted",
                format!("deleted the {kind} {}", client.name),
            )
        };
        self.record(&mut transaction, caller, line).await?;
        transaction.commit().await
    }
}
