//! Applications on the wire.

use hub_oauth::Client;
use kit::{ExposeSecret as _, SecretString, Timestamp};
use serde::{Deserialize, Serialize};
use webex::{PublicId, ResourceKind, application_id};

use crate::model::{Application, ApplicationDraft, ApplicationKind};
use crate::{CatalogueEntry, OwnApplication};

/// An application as it is answered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApplicationBody {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    description: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    logo: String,
    org_id: PublicId,
    contact_email: String,
    company_name: String,
    support_url: String,
    privacy_url: String,
    /// The developer's business.
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_urls: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initiate_login_uri: Option<String>,
    scopes: Vec<String>,
    client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    is_featured: bool,
    is_native: bool,
    submission_status: &'static str,
    org_submission_status: &'static str,
    created_by: PublicId,
    created: Timestamp,
    modified: Timestamp,
}

impl ApplicationBody {
    pub(super) fn own(own: &OwnApplication, public_url: &kit_web::PublicUrl) -> Self {
        let bare = Self::of(&own.application, &own.client, public_url);
        Self {
            redirect_urls: Some(own.client.redirect_uris.clone()),
            initiate_login_uri: Some(own.client.initiate_login_uri.clone()).filter(|uri| !uri.is_empty()),
            ..bare
        }
    }

    pub(super) fn of_catalogue(entry: &CatalogueEntry, public_url: &kit_web::PublicUrl) -> Self {
        Self::of(&entry.application, &entry.client, public_url)
    }

    pub(super) fn with_secret(self, secret: Option<&SecretString>) -> Self {
        Self {
            client_secret: secret.map(|secret| secret.expose_secret().to_owned()),
            ..self
        }
    }

    fn of(application: &Application, client: &Client, public_url: &kit_web::PublicUrl) -> Self {
        let logo = if application.has_logo {
            public_url.link(&format!("/apps/logos/{}", client.client_id))
        } else {
            application.logo_url.clone()
        };
        Self {
            id: application_id(&client.client_id),
            name: client.name.clone(),
            kind: ApplicationKind::of_client(client.kind).wire(),
            description: application.description.clone(),
            logo,
            org_id: PublicId::of_uuid(ResourceKind::Organization, application.organization_id.uuid()),
            contact_email: client.contact.clone(),
            company_name: client.vendor.clone(),
            support_url: client.support_url.clone(),
            privacy_url: client.privacy_url.clone(),
            redirect_urls: None,
            initiate_login_uri: None,
            scopes: client.scopes.iter().map(ToString::to_string).collect(),
            client_id: client.client_id.clone(),
            client_secret: None,
            is_featured: false,
            is_native: false,
            submission_status: application.audience.submission_status(),
            org_submission_status: application.audience.organization_submission_status(),
            created_by: PublicId::of_uuid(ResourceKind::People, application.owner_id.uuid()),
            created: application.created_at,
            modified: application.modified_at,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(super) fn modified(&self) -> Timestamp {
        self.modified
    }

    /// Whether it answers to `type`, `submissionStatus`, `orgSubmissionStatus` and `createdBy`.
    pub(super) fn is(&self, filter: &Filter) -> bool {
        let equals = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        filter.kind.is_none_or(|kind| kind.wire() == self.kind)
            && equals(&filter.submission_status, self.submission_status)
            && equals(&filter.org_submission_status, self.org_submission_status)
            && filter
                .created_by
                .as_ref()
                .is_none_or(|person| person.to_string() == self.created_by.to_string())
    }
}

/// What a list is narrowed to.
#[derive(Default)]
pub(super) struct Filter {
    pub(super) kind: Option<ApplicationKind>,
    pub(super) submission_status: Option<String>,
    pub(super) org_submission_status: Option<String>,
    pub(super) created_by: Option<PublicId>,
}

/// What `POST` and `PUT` say. What is left out of a `PUT` stays.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ApplicationWrite {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    name: Option<String>,
    description: Option<String>,
    logo: Option<String>,
    contact_email: Option<String>,
    company_name: Option<String>,
    support_url: Option<String>,
    privacy_url: Option<String>,
    redirect_urls: Option<Vec<String>>,
    initiate_login_uri: Option<String>,
    scopes: Option<Vec<String>>,
    /// Of our own: an integration that cannot keep a secret.
    pub(super) is_public: bool,
}

impl ApplicationWrite {
    /// The draft that it makes of this one.
    pub(super) fn into_draft(self, before: ApplicationDraft) -> ApplicationDraft {
        let Self {
            kind: _,
            name,
            description,
            logo,
            contact_email,
            company_name,
            support_url,
            privacy_url,
            redirect_urls,
            initiate_login_uri,
            scopes,
            is_public: _,
        } = self;
        ApplicationDraft {
            name: name.unwrap_or(before.name),
            description: description.unwrap_or(before.description),
            vendor: company_name.unwrap_or(before.vendor),
            contact: contact_email.unwrap_or(before.contact),
            privacy_url: privacy_url.unwrap_or(before.privacy_url),
            support_url: support_url.unwrap_or(before.support_url),
            initiate_login_uri: initiate_login_uri.unwrap_or(before.initiate_login_uri),
            redirect_uris: redirect_urls.unwrap_or(before.redirect_uris),
            scopes: scopes.unwrap_or(before.scopes),
            logo_url: logo.unwrap_or(before.logo_url),
        }
    }
}
