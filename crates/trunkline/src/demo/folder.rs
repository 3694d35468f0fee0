//! The folder that keeps a demonstration.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::facts::{ClientFacts, Facts};
use super::ports::Addresses;
use crate::config::{self, HubConfig, SuiteConfig};
use crate::failure::{Failure, Result};
use crate::private_file;

/// The folder, held by one demonstration at a time.
pub(super) struct Folder {
    path: PathBuf,
    /// Two Hubs on one database would not know of each other.
    _lock: File,
}

impl Folder {
    /// Makes it where it is missing, and makes sure that nobody else uses it.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| {
            Failure::failed(format!(
                "The data folder {} cannot be used: {error}.",
                path.display()
            ))
        };
        private_file::make_folder(path).map_err(cannot)?;
        // Whole, so that its files can be named from any working directory.
        let path = path.canonicalize().map_err(cannot)?;
        private_file::make_folder(&path.join("logs")).map_err(cannot)?;
        let lock = File::create(path.join("demo.lock")).map_err(cannot)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Failure::failed(format!(
                "A demonstration with the data folder {} is running already. End it, or choose another folder with --data.",
                path.display()
            ))),
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn facts_file(&self) -> PathBuf {
        self.path.join("demo.json")
    }

    pub(super) fn logs(&self) -> PathBuf {
        self.path.join("logs")
    }

    pub(super) fn hub_config(&self) -> PathBuf {
        self.path.join("hub.toml")
    }

    pub(super) fn certificate_file(&self) -> PathBuf {
        hub_gateway::certificate_file(&self.path)
    }

    pub(super) fn suite_config(&self) -> PathBuf {
        self.path.join("suite.toml")
    }

    pub(super) fn first_start_file(&self, product: &str) -> PathBuf {
        self.path.join(format!("{product}-first-start.json"))
    }

    /// The log of this start; the one of the start before is kept beside it.
    pub(super) fn fresh_log(&self, product: &str) -> Result<PathBuf> {
        let log = self.logs().join(format!("{product}.log"));
        match fs::rename(&log, self.logs().join(format!("{product}.before.log"))) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(log),
        }
    }

    /// Written at every start, so that changed ports are followed everywhere.
    pub(super) fn write_hub_config(&self, addresses: &Addresses, facts: &Facts) -> Result<PathBuf> {
        let config = HubConfig {
            listen: addresses.hub_listen(),
            public_url: Some(addresses.hub_url()),
            data: self.path.clone(),
            gateway: addresses.gateway_listen(),
            suite_redirect_uris: vec![addresses.suite_redirect_uri()],
            seed_size: Some(facts.seed.size),
            seed_number: facts.seed.number,
            allow_private_webhook_targets: true,
            simulate: facts.simulated,
            ..HubConfig::default()
        };
        write_toml(self.hub_config(), &config)
    }

    pub(super) fn write_suite_config(&self, addresses: &Addresses, facts: &Facts) -> Result<PathBuf> {
        let mut config = SuiteConfig {
            listen: addresses.suite_listen(),
            public_url: Some(addresses.suite_url()),
            data: self.path.clone(),
            clients_file: Some(self.clients_file()),
            simulate: facts.simulated,
            ..SuiteConfig::default()
        };
        config.webex.api_url = addresses.hub_url();
        config.webex.issuer = Some(addresses.hub_url());
        config.webex.redirect_uri = Some(addresses.suite_redirect_uri());
        write_toml(self.suite_config(), &config)
    }

    fn clients_file(&self) -> PathBuf {
        self.path.join("clients.json")
    }

    /// The five integrations without their secrets.
    pub(super) fn clients(&self) -> Result<Vec<ClientFacts>> {
        let clients = config::clients_of_hub(&self.clients_file())?;
        Ok(clients
            .into_iter()
            .map(|client| ClientFacts {
                blocked: client.client_id == hub::DEFAULT_BLOCKED_CLIENT,
                integration: client.integration,
                client_id: client.client_id,
            })
            .collect())
    }
}

fn write_toml<T: Serialize>(path: PathBuf, config: &T) -> Result<PathBuf> {
    let text = toml::to_string_pretty(config).map_err(kit::Error::internal)?;
    private_file::write(
        &path,
        &format!("# Written by `trunkline demo` at every start; changes here do not last.\n\n{text}"),
    )?;
    Ok(path)
}
