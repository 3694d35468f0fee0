use hub_directory::Caller;
use hub_oauth::Client;
use kit::Result;

use super::rights::{READ, Reach, no_such_application};
use crate::Developer;
use crate::model::{Application, ApplicationKind, Logo, ServiceAppAuthorization};
use crate::store::{applications, authorizations};

/// An application as its developer sees it.
#[derive(Clone, Debug)]
pub struct OwnApplication {
    /// What this slice keeps.
    pub application: Application,
    /// What the authorization server keeps.
    pub client: Client,
    /// Whether the caller may change it.
    pub manages: bool,
    /// Whose it is, where it is somebody else's and they are still there.
    pub owner_name: Option<String>,
}

impl OwnApplication {
    /// What it is.
    pub const fn kind(&self) -> ApplicationKind {
        ApplicationKind::of_client(self.client.kind)
    }
}

impl Developer {
    /// An application by client id or application id, for its developer and the Full Admins of their organization.
    pub async fn show_application(&self, caller: &Caller, id: &str) -> Result<OwnApplication> {
        caller.require_any_scope(READ)?;
        let found = applications::find(self.database(), &client_id_of(id)).await?;
        let application = found.ok_or_else(no_such_application)?;
        match self.reach(caller, &application).await? {
            Some(reach) => self.own(caller, application, reach).await,
            None => Err(no_such_application()),
        }
    }

    pub(super) async fn own(
        &self,
        caller: &Caller,
        application: Application,
        reach: Reach,
    ) -> Result<OwnApplication> {
        let client = self.oauth().client(&application.client_id).await?;
        let client = client.ok_or_else(no_such_application)?;
        let owner_name = if application.owner_id == caller.person_id {
            None
        } else {
            let owner = self.directory().account(application.owner_id).await?;
            owner.map(|owner| owner.display_name)
        };
        Ok(OwnApplication {
            application,
            client,
            manages: reach == Reach::Manages,
            owner_name,
        })
    }

    /// Where a Service App is authorized, with the names of the organizations; for whoever may see the application.
    pub async fn authorizations_of(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Vec<(ServiceAppAuthorization, String)>> {
        let own = self.show_application(caller, id).await?;
        let found = authorizations::of_application(self.database(), &own.application.client_id).await?;
        let mut named = Vec::with_capacity(found.len());
        for authorization in found {
            let organization = self
                .directory()
                .organization(authorization.organization_id)
                .await?;
            let name = organization.map(|organization| organization.display_name);
            named.push((authorization, name.unwrap_or_default()));
        }
        Ok(named)
    }

    /// The logo of an application; it is as public as its name.
    pub async fn logo(&self, client_id: &str) -> Result<Option<Logo>> {
        applications::logo(self.database(), client_id).await
    }
}

/// Both spellings of an id are taken.
pub(crate) fn client_id_of(id: &str) -> String {
    webex::client_id_of_application(id).unwrap_or_else(|| id.to_owned())
}
