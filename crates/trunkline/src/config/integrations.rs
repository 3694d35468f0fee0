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
        let Self {
            users_synch,
            presence,
            call_control,
            call_analytics,
            single_sign_on,
        } = self;
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
            if let Some(ClientConfig {
                client_id,
                client_secret,
            }) = configured
            {
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

/// The ids under which a Hub knows the five integrations. They are the Hub's: the real Webex knows others.
const KNOWN_TO_A_HUB: [(&str, &str); 5] = [
    (
        "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c",
        "users-synch",
    ),
    (
        "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120",
        "presence",
    ),
    (
        "C143958d8c8645673914400fbf4b06fa022da2a7caeac67b5eb48d062709cf24e",
        "call-control",
    ),
    (
        "C2b09ee9cb8a3ae94ae0e6417d7dcf7e33351ae00bbb22fb9937a79796a8371b5",
        "call-analytics",
    ),
    (
        "C287f727f93d20644fd10a5bd2d3c8b6796497bd21bd28d92e588f470ceb546c4",
        "single-sign-on",
    ),
];

/// An entry of the file that a Hub writes for the Suite of the same machine. Further keys are the Hub's affair.
#[derive(Deserialize)]
struct HubClient {
    client_id: String,
    #[serde(deserialize_with = "secret")]
    client_secret: SecretString,
}

/// The five integrations of a Hub, from the file that it wrote, in the order of the product.
pub(crate) fn read_hub_file(file: &Path) -> Result<Vec<ProviderClient>> {
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::usage(format!(
            "The clients file {} cannot be read: {error}.",
            file.display()
        ))
    };
    let text = std::fs::read_to_string(file).map_err(|error| cannot(&error))?;
    let mut written: Vec<HubClient> = serde_json::from_str(&text).map_err(|error| cannot(&error))?;
    let mut clients = Vec::new();
    for (client_id, integration) in KNOWN_TO_A_HUB {
        if let Some(index) = written.iter().position(|client| client.client_id == client_id) {
            let HubClient {
                client_id,
                client_secret,
            } = written.swap_remove(index);
            clients.push(ProviderClient {
                integration: integration.to_owned(),
                client_id,
                client_secret,
            });
        }
    }
    Ok(clients)
}
