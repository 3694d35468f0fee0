//! Configuration in layers: flags win over the environment, the environment over the TOML file, the file over
//! defaults. A key that nobody knows is refused with the nearest known name.

mod hub;
mod integrations;
mod rate_limits;
mod suite;
mod unknown;

use std::path::PathBuf;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use hub::{HubConfig, HubFlags, SeedSize};
pub(crate) use integrations::read_hub_file as clients_of_hub;
pub(crate) use suite::{SuiteConfig, SuiteFlags};

use crate::failure::{Failure, Result};

/// The sources of one product's configuration.
pub(crate) struct Layers<'a, Flags> {
    /// `TRUNKLINE_HUB_` or `TRUNKLINE_SUITE_`.
    pub(crate) prefix: &'static str,
    /// `--config`.
    pub(crate) file: Option<&'a PathBuf>,
    pub(crate) flags: &'a Flags,
}

impl<Flags: Serialize> Layers<'_, Flags> {
    /// Reads all layers into one value.
    pub(crate) fn read<Config: DeserializeOwned + Serialize + Default>(&self) -> Result<Config> {
        let mut figment = Figment::from(Serialized::defaults(Config::default()));
        if let Some(file) = self.file()? {
            // `Toml::file` would take a missing file for an empty one.
            figment = figment.merge(Toml::file_exact(file));
        }
        let environment = Env::prefixed(self.prefix).ignore(&["config"]).split("__");
        let figment = figment.merge(environment).merge(Serialized::defaults(self.flags));
        figment
            .extract()
            .map_err(|error| Failure::usage(unknown::in_words(error, &figment, self.prefix)))
    }

    fn file(&self) -> Result<Option<PathBuf>> {
        let named_by_environment = Env::var(&format!("{}CONFIG", self.prefix)).map(PathBuf::from);
        let Some(file) = self.file.cloned().or(named_by_environment) else {
            return Ok(None);
        };
        if file.is_file() {
            return Ok(Some(file));
        }
        Err(Failure::usage(format!(
            "The configuration file {} does not exist.",
            file.display()
        )))
    }
}

/// Where the database is, when nobody says: a SQLite file in the data folder.
fn default_database(data: &std::path::Path, name: &str) -> String {
    format!("sqlite:{}", data.join(name).display())
}

#[cfg(test)]
mod tests;
