//! What the events slice asks of the others.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use hub_directory::{Directory, OrganizationId, PersonId};
use hub_events::{
    ClientCheck, Events, EventsOptions, EventsParts, GrantStanding, KnownNames, KnownPerson, MailRoad,
    SetSigner, SystemNames,
};
use hub_oauth::OAuth;
use kit::{Result, SecretString, Uuid};
use kit_sql::Database;
use serde_json::Value;

use crate::options::HubOptions;

/// How the Hub tells the world, as its operator chooses.
#[derive(Clone, Debug, Default)]
pub struct EventSettings {
    /// Whether webhooks and streams may lead to this machine and its network, and without TLS. For development only.
    pub allow_private_targets: bool,
    /// The mail server: `smtp://HOST:25`, `smtps://USER:PASSWORD@HOST:465`. Without one letters become files.
    pub smtp_url: Option<SecretString>,
    /// The address that mail comes from: `Hub <hub@example.com>`.
    pub mail_from: Option<String>,
}

pub(crate) fn open(
    options: &HubOptions,
    database: &Database,
    directory: &Directory,
    oauth: &OAuth,
) -> Result<Events> {
    let settings = &options.events;
    let mail = match &settings.smtp_url {
        Some(url) => MailRoad::Server(url.clone()),
        None => MailRoad::Folder(options.data_folder.join("mail")),
    };
    let mail_from = settings
        .mail_from
        .clone()
        .unwrap_or_else(|| format!("Trunkline Hub <no-reply@{}>", mail_host(options)));
    let grants: Arc<OfOAuth> = Arc::new(OfOAuth(oauth.clone()));
    Events::new(EventsParts {
        database: database.clone(),
        clock: Arc::clone(&options.clock),
        randomness: Arc::clone(&options.randomness),
        public_url: options.public_url.clone(),
        recorder: directory.recorder().clone(),
        grants: grants.clone(),
        signer: grants.clone(),
        clients: grants,
        names: Arc::new(OfDirectory(directory.clone())),
        options: EventsOptions {
            allow_private_targets: settings.allow_private_targets,
            patience: Duration::from_secs(10),
            lookup: Arc::new(SystemNames),
            mail,
            mail_from,
        },
    })
}

/// A host name that an address can end with; a number is none.
fn mail_host(options: &HubOptions) -> String {
    let host = options.public_url.host_and_port();
    let host = host.split(':').next().unwrap_or_default();
    if host.parse::<std::net::IpAddr>().is_ok() || !host.contains('.') {
        "trunkline.invalid".to_owned()
    } else {
        host.to_owned()
    }
}

struct OfOAuth(OAuth);

#[async_trait]
impl GrantStanding for OfOAuth {
    async fn lives(&self, grant_id: Uuid) -> Result<bool> {
        self.0.grant_lives(grant_id).await
    }
}

#[async_trait]
impl SetSigner for OfOAuth {
    async fn sign(&self, claims: &Value) -> Result<String> {
        self.0.sign_statement("secevent+jwt", claims).await
    }
}

#[async_trait]
impl ClientCheck for OfOAuth {
    async fn is_secret_of(&self, client_id: &str, secret: &SecretString) -> Result<bool> {
        self.0.is_secret_of(client_id, secret).await
    }
}

struct OfDirectory(Directory);

#[async_trait]
impl KnownNames for OfDirectory {
    async fn person(&self, person_id: PersonId) -> Result<Option<KnownPerson>> {
        let account = self.0.account(person_id).await?;
        Ok(account.map(|account| KnownPerson {
            organization_id: account.organization_id,
            name: account.display_name,
            email: account.email,
            administers: !account.roles.is_empty(),
        }))
    }

    async fn organization(&self, organization_id: OrganizationId) -> Result<Option<String>> {
        let organization = self.0.organization(organization_id).await?;
        Ok(organization.map(|organization| organization.display_name))
    }
}
