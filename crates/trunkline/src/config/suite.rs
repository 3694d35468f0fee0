//! The Suite's options.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use kit::{SecretString, ShiftableClock, SystemClock, SystemRandomness};
use kit_web::PublicUrl;
use serde::{Deserialize, Serialize};
use suite::{ProviderOptions, SuiteOptions};

use super::integrations::IntegrationsConfig;
use super::{Layers, default_database};
use crate::failure::{Failure, Result};
use crate::logs::LogFormat;

/// The Suite's options as flags; each is also a key of the TOML file and an environment variable. Client ids and
/// secrets have no flags: other users of the machine can read a command line.
#[derive(Args, Clone, Debug, Default, Serialize)]
pub(crate) struct SuiteFlags {
    /// Address and port to listen on [env: TRUNKLINE_SUITE_LISTEN] [default: 127.0.0.1:8090]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) listen: Option<SocketAddr>,
    /// Where people reach it; links and the redirect URI come from it [env: TRUNKLINE_SUITE_PUBLIC_URL] [default: http://localhost and the port]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) public_url: Option<String>,
    /// A further host:port under which it may be addressed, repeatable [env: TRUNKLINE_SUITE_FURTHER_HOSTS]
    #[arg(long = "further-host", global = true, value_name = "HOST:PORT")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) further_hosts: Vec<String>,
    /// sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME; a password belongs into the file or the environment [env: TRUNKLINE_SUITE_DATABASE] [default: suite.sqlite3 in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) database: Option<String>,
    /// Folder for key files and, by default, the database [env: TRUNKLINE_SUITE_DATA] [default: ./data]
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data: Option<PathBuf>,
    /// The ids and secrets that a Hub wrote for the Suite [env: TRUNKLINE_SUITE_CLIENTS_FILE] [default: clients.json in the data folder, where it exists]
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) clients_file: Option<PathBuf>,
    /// How often each customer's people are synchronized by themselves [env: TRUNKLINE_SUITE_SYNCH_EVERY_MINUTES] [default: 360]
    #[arg(long, global = true, value_name = "MINUTES")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) synch_every_minutes: Option<u64>,
    /// Let this machine move its clock; loopback only [env: TRUNKLINE_SUITE_SIMULATE] [default: off]
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) simulate: bool,
    /// What to log: a level, or levels by part such as info,suite_directory=debug [env: TRUNKLINE_SUITE_LOG] [default: info]
    #[arg(long, global = true, value_name = "FILTER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log: Option<String>,
    /// How to write log lines [env: TRUNKLINE_SUITE_LOG_FORMAT] [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log_format: Option<LogFormat>,
    #[command(flatten)]
    #[serde(skip_serializing_if = "WebexFlags::is_empty")]
    pub(crate) webex: WebexFlags,
}

/// Which Webex the Suite talks to.
#[derive(Args, Clone, Debug, Default, Serialize)]
pub(crate) struct WebexFlags {
    #[arg(
        long = "webex-api-url",
        global = true,
        value_name = "URL",
        help = "Origin of the public API: https://webexapis.com, or a Hub [env: TRUNKLINE_SUITE_WEBEX__API_URL] \
                [default: http://127.0.0.1:8080]"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) api_url: Option<String>,
}

impl WebexFlags {
    fn is_empty(&self) -> bool {
        self.api_url.is_none()
    }
}

/// The Suite's options, all layers read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuiteConfig {
    pub(crate) listen: SocketAddr,
    pub(crate) public_url: Option<String>,
    pub(crate) further_hosts: Vec<String>,
    pub(crate) database: Option<String>,
    pub(crate) data: PathBuf,
    pub(crate) clients_file: Option<PathBuf>,
    #[serde(default, skip_serializing, deserialize_with = "optional_secret")]
    pub(crate) vault_key: Option<SecretString>,
    pub(crate) synch_every_minutes: u64,
    pub(crate) simulate: bool,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    pub(crate) webex: WebexConfig,
    #[serde(default, skip_serializing_if = "IntegrationsConfig::is_empty")]
    pub(crate) integrations: IntegrationsConfig,
}

/// The Webex side: the real one, or a Hub.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebexConfig {
    pub(crate) api_url: String,
    pub(crate) call_records_url: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) redirect_uri: Option<String>,
}

impl Default for SuiteConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8090)),
            public_url: None,
            further_hosts: Vec::new(),
            database: None,
            data: PathBuf::from("./data"),
            clients_file: None,
            vault_key: None,
            synch_every_minutes: 360,
            simulate: false,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            webex: WebexConfig {
                api_url: "http://127.0.0.1:8080".to_owned(),
                call_records_url: None,
                issuer: None,
                redirect_uri: None,
            },
            integrations: IntegrationsConfig::default(),
        }
    }
}

fn optional_secret<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<SecretString>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| text.map(SecretString::from))
}

impl SuiteConfig {
    pub(crate) fn read(file: Option<&PathBuf>, flags: &SuiteFlags) -> Result<Self> {
        Layers {
            prefix: "TRUNKLINE_SUITE_",
            file,
            flags,
        }
        .read()
    }

    pub(crate) fn public_url(&self) -> Result<PublicUrl> {
        // On loopback the Suite takes another host name than the Hub: a browser keeps their cookies apart by it.
        let text = self.public_url.clone().unwrap_or_else(|| {
            if self.listen.ip().is_loopback() {
                format!("http://localhost:{}", self.listen.port())
            } else {
                format!("http://{}", self.listen)
            }
        });
        Ok(PublicUrl::parse(&text)?)
    }

    /// The log filter, or a quieter one for commands that end by themselves.
    pub(crate) fn log_or(&self, quieter: &str) -> String {
        if self.log == Self::default().log {
            quieter.to_owned()
        } else {
            self.log.clone()
        }
    }

    /// What the composition asks for.
    pub(crate) fn options(&self) -> Result<SuiteOptions> {
        if self.synch_every_minutes == 0 {
            return Err(Failure::usage("“synch_every_minutes” must be 1 or more."));
        }
        let WebexConfig {
            api_url,
            call_records_url,
            issuer,
            redirect_uri,
        } = self.webex.clone();
        if self.simulate {
            let listen = [("--listen", self.listen)];
            kit_simulation::require_loopback(&listen, &self.public_url()?, &self.further_hosts)?;
        }
        let clients_file = self.clients_file()?;
        let clients = self.integrations.clients(clients_file.as_deref())?;
        // Only a Hub writes such a file, and a Hub names itself as the issuer.
        let issuer = issuer.or_else(|| clients_file.map(|_| api_url.trim_end_matches('/').to_owned()));
        Ok(SuiteOptions {
            database_url: self
                .database
                .clone()
                .unwrap_or_else(|| default_database(&self.data, "suite.sqlite3")),
            public_url: self.public_url()?,
            further_hosts: self.further_hosts.clone(),
            data_folder: self.data.clone(),
            vault_key: self.vault_key.clone(),
            provider: ProviderOptions {
                api_url,
                call_records_url,
                issuer,
                clients,
                redirect_uri,
            },
            synch_period: Duration::from_secs(self.synch_every_minutes * 60),
            clock: Arc::new(SystemClock),
            simulation: self.simulate.then(ShiftableClock::over_the_machine),
            randomness: Arc::new(SystemRandomness),
        })
    }

    /// A file that was named must be there; the one in the data folder may be.
    fn clients_file(&self) -> Result<Option<PathBuf>> {
        match &self.clients_file {
            Some(named) if named.is_file() => Ok(Some(named.clone())),
            Some(named) => Err(Failure::usage(format!(
                "The clients file {} does not exist. A Hub writes it at its first start.",
                named.display()
            ))),
            None => Ok(Some(self.data.join("clients.json")).filter(|file| file.is_file())),
        }
    }
}
