use std::collections::BTreeMap;

use hub_directory::Caller;
use hub_oauth::Client;
use kit::{Error, Result};
use webex::ScopeSet;

use super::rights::require_see_catalogue;
use super::show_application::client_id_of;
use crate::Developer;
use crate::model::{Application, ServiceAppAuthorization};
use crate::store::{applications, authorizations};

/// A Service App as an organization's administrators see it.
#[derive(Clone, Debug)]
pub struct CatalogueEntry {
    /// What its developer registered.
    pub application: Application,
    /// The same at the authorization server.
    pub client: Client,
    /// The organization of the developer.
    pub developer_organization: String,
    /// Whether it may act here, since when and by whose word.
    pub authorization: Option<ServiceAppAuthorization>,
}

impl CatalogueEntry {
    /// What it asks for beyond what was authorized.
    pub fn further_scopes(&self) -> ScopeSet {
        self.authorization
            .as_ref()
            .map(|authorization| self.client.scopes.without(&authorization.scopes))
            .unwrap_or_default()
    }

    /// Who makes it, as far as somebody said.
    pub fn developer(&self) -> &str {
        if self.client.vendor.is_empty() {
            &self.developer_organization
        } else {
            &self.client.vendor
        }
    }
}

impl Developer {
    /// The Service Apps that the caller's organization can authorize or has, by name.
    pub async fn list_service_apps(&self, caller: &Caller) -> Result<Vec<CatalogueEntry>> {
        require_see_catalogue(caller)?;
        let organization = caller.organization_id;
        let mut authorized: BTreeMap<String, ServiceAppAuthorization> =
            authorizations::of_organization(self.database(), organization)
                .await?
                .into_iter()
                .map(|authorization| (authorization.client_id.clone(), authorization))
                .collect();
        let mut entries = Vec::new();
        for application in applications::shown_in(self.database(), organization).await? {
            let authorization = authorized.remove(&application.client_id);
            if let Some(entry) = self.entry(application, authorization).await? {
                entries.push(entry);
            }
        }
        entries.sort_by_cached_key(|entry| {
            (
                kit::search_key(&entry.client.name),
                entry.client.client_id.clone(),
            )
        });
        Ok(entries)
    }

    /// One of them.
    pub async fn service_app(&self, caller: &Caller, id: &str) -> Result<CatalogueEntry> {
        require_see_catalogue(caller)?;
        let nothing = || Error::not_found("There is no such Service App in your organization's catalogue.");
        let client_id = client_id_of(id);
        let authorization = authorizations::find(self.database(), &client_id, caller.organization_id).await?;
        let found = applications::find(self.database(), &client_id).await?;
        let application = found
            .filter(|application| authorization.is_some() || application.is_shown_in(caller.organization_id));
        let entry = match application {
            Some(application) => self.entry(application, authorization).await?,
            None => None,
        };
        entry.ok_or_else(nothing)
    }

    async fn entry(
        &self,
        application: Application,
        authorization: Option<ServiceAppAuthorization>,
    ) -> Result<Option<CatalogueEntry>> {
        let Some(client) = self.oauth().client(&application.client_id).await? else {
            return Ok(None);
        };
        let organization = self.directory().organization(application.organization_id).await?;
        Ok(Some(CatalogueEntry {
            application,
            client,
            developer_organization: organization
                .map(|organization| organization.display_name)
                .unwrap_or_default(),
            authorization,
        }))
    }
}
