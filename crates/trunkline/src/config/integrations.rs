//! The five integrations as they are registered with the platform.

use std::collections::BTreeMap;
use std::path::Path;

use kit::SecretString;
use serde::{Deserialize, Serialize};
use suite::ProviderClient;

use crate::failure::{Failure, Result};

/// `[integrations.users_synch]` and its four siblings.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct IntegrationsConfig {
    users_synch: Option<ClientConfig>,
    presence: Option<ClientConfig>,
    call_control: Option<ClientConfig>,
    call_analytics: Option<ClientConfig>,
    single_sign_on: Option<ClientConfig>,
}

/// An integration's id and secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientConfig {
    client_id: String,
    #[serde(deserialize_with = "secret")]
    client_secret: SecretString,
}

// Secrets come in and never go out: the demonstration names the Hub's file instead.
impl Serialize for ClientConfig {
    fn serialize<S: serde::Serializer>(&self, _: S) -> std::result::Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("client secrets are not written out"))
    }
}

fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

impl IntegrationsConfig {
    pub(super) fn is_empty(&self) -> bool {
        self.named().iter().all(|(_, client)| client.is_none())
    }

    fn named(&self) -> [(&'static str, Option<&ClientConfig>); 5] {
        let Self { users_synch, presence, call_control, call_analytics, single_sign_on } = self;
        [
            ("users-synch", users_synch.as_ref()),
            ("presence", presence.as_ref()),
            ("call-control", call_control.as_ref()),
            ("call-analytics", call_analytics.as_ref()),
            ("single-sign-on", single_sign_on.as_ref()),
        ]
    }

    /// What is configured here wins over what a Hub wrote into its file.
    pub(super) fn clients(&self, file: Option<&Path>) -> Result<Vec<ProviderClient>> {
        let mut clients: BTreeMap<String, ProviderClient> = BTreeMap::new();
        if let Some(file) = file {
            for client in read_hub_file(file)? {
                clients.insert(client.integration.clone(), client);
            }
        }
        for (integration, configured) in self.named() {
            if let Some(ClientConfig { client_id, client_secret }) = configured {
                let client = ProviderClient {
                    integration: integration.to_owned(),
                    client_id: client_id.trim().to_owned(),
                    client_secret: client_secret.clone(),
                };
                clients.insert(integration.to_owned(), client);
            }
        }
        Ok(clients.into_values().collect())
    }
}

/// The file that a Hub writes for the Suite of the same machine.
#[derive(Deserialize)]
struct HubFile {
    clients: Vec<HubClient>,
}

#[derive(Deserialize)]
struct HubClient {
    integration: String,
    client_id: String,
    #[serde(deserialize_with = "secret")]
    client_secret: SecretString,
}

/// The five integrations of a Hub, from the file that it wrote.
pub(crate) fn read_hub_file(file: &Path) -> Result<Vec<ProviderClient>> {
    let cannot = |error: &dyn std::fmt::Display| Failure::usage(format!("The clients file {} cannot be read: {error}.", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| cannot(&error))?;
    let HubFile { clients } = serde_json::from_str(&text).map_err(|error| cannot(&error))?;
    let client = |HubClient { integration, client_id, client_secret }| ProviderClient { integration, client_id, client_secret };
    Ok(clients.into_iter().map(client).collect())
}
