//! The Hub's options.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use hub::HubOptions;
use hub_gateway::{GatewayOptions, Limits};
use kit::{SecretString, ShiftableClock, SystemClock, SystemRandomness};
use kit_web::PublicUrl;
use serde::{Deserialize, Serialize};

use super::rate_limits::{LimitsConfig, RateLimitSwitch};
use super::{Layers, default_database};
use crate::failure::Result;
use crate::logs::LogFormat;

/// How big a seeded organization is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SeedSize {
    /// Some 60 people.
    Small,
    /// 5,000 people.
    Medium,
    /// 100,000 people.
    Large,
}

impl From<SeedSize> for hub::Size {
    fn from(size: SeedSize) -> Self {
        match size {
            SeedSize::Small => Self::Small,
            SeedSize::Medium => Self::Medium,
            SeedSize::Large => Self::Large,
        }
    }
}

/// The Hub's options as flags; each is also a key of the TOML file and an environment variable.
#[derive(Args, Clone, Debug, Default, Serialize)]
pub(crate) struct HubFlags {
    /// Address and port to listen on [env: TRUNKLINE_HUB_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) listen: Option<SocketAddr>,
    /// Where people and programs reach it; links and the issuer come from it [env: TRUNKLINE_HUB_PUBLIC_URL] [default: http:// and the listen address]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) public_url: Option<String>,
    /// A further host:port under which it may be addressed, repeatable [env: TRUNKLINE_HUB_FURTHER_HOSTS]
    #[arg(global = true, long = "further-host", value_name = "HOST:PORT")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) further_hosts: Vec<String>,
    /// sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME; a password belongs into the file or the environment [env: TRUNKLINE_HUB_DATABASE] [default: hub.sqlite3 in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) database: Option<String>,
    /// Folder for the files beside the database [env: TRUNKLINE_HUB_DATA] [default: ./data]
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data: Option<PathBuf>,
    /// Switch the gateway for unmodified Webex SDKs on, at this address and port [env: TRUNKLINE_HUB_GATEWAY] [default: off]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gateway: Option<SocketAddr>,
    /// Where the Suite is called back, repeatable [env: TRUNKLINE_HUB_SUITE_REDIRECT_URIS]
    #[arg(global = true, long = "suite-redirect-uri", value_name = "URL")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) suite_redirect_uris: Vec<String>,
    /// Whether a token that asks too often is refused with 429, as in production [env: TRUNKLINE_HUB_RATE_LIMITS] [default: on]
    #[arg(long, global = true, value_name = "on|off", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rate_limits: Option<RateLimitSwitch>,
    /// Let webhooks and event streams lead to this machine and its network, also without TLS [env: TRUNKLINE_HUB_ALLOW_PRIVATE_WEBHOOK_TARGETS] [default: off]
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) allow_private_webhook_targets: bool,
    /// The mail server: smtp://HOST:25 or smtps://USER:PASSWORD@HOST:465; a password belongs into the file or the environment [env: TRUNKLINE_HUB_SMTP_URL] [default: letters become files in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) smtp_url: Option<String>,
    /// The address that mail comes from: "Hub <hub@example.com>" [env: TRUNKLINE_HUB_MAIL_FROM]
    #[arg(long, global = true, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mail_from: Option<String>,
    /// Let this machine move its clock and act as anyone; loopback only [env: TRUNKLINE_HUB_SIMULATE] [default: off]
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) simulate: bool,
    /// What to log: a level, or levels by part such as info,hub_oauth=debug [env: TRUNKLINE_HUB_LOG] [default: info]
    #[arg(long, global = true, value_name = "FILTER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log: Option<String>,
    /// How to write log lines [env: TRUNKLINE_HUB_LOG_FORMAT] [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log_format: Option<LogFormat>,
}

/// The Hub's options, all layers read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HubConfig {
    pub(crate) listen: SocketAddr,
    pub(crate) public_url: Option<String>,
    pub(crate) further_hosts: Vec<String>,
    pub(crate) database: Option<String>,
    pub(crate) data: PathBuf,
    pub(crate) gateway: Option<SocketAddr>,
    pub(crate) suite_redirect_uris: Vec<String>,
    pub(crate) seed_size: Option<SeedSize>,
    pub(crate) seed_number: u64,
    pub(crate) blocked_client: Option<String>,
    pub(crate) rate_limits: RateLimitSwitch,
    pub(crate) allow_private_webhook_targets: bool,
    pub(crate) smtp_url: Option<String>,
    pub(crate) mail_from: Option<String>,
    pub(crate) simulate: bool,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    // A table: in a file it stands behind the plain keys.
    pub(crate) limits: LimitsConfig,
}

impl Default for HubConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            further_hosts: Vec::new(),
            database: None,
            data: PathBuf::from("./data"),
            gateway: None,
            suite_redirect_uris: Vec::new(),
            seed_size: None,
            seed_number: 1,
            blocked_client: Some(hub::DEFAULT_BLOCKED_CLIENT.to_owned()),
            rate_limits: RateLimitSwitch::On,
            allow_private_webhook_targets: false,
            smtp_url: None,
            mail_from: None,
            simulate: false,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            limits: LimitsConfig::default(),
        }
    }
}

impl HubConfig {
    pub(crate) fn read(file: Option<&PathBuf>, flags: &HubFlags) -> Result<Self> {
        Layers {
            prefix: "TRUNKLINE_HUB_",
            file,
            flags,
        }
        .read()
    }

    pub(crate) fn public_url(&self) -> Result<PublicUrl> {
        let text = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen));
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

    /// The gateway keeps the machine's time whatever the Hub simulates: clients compare certificates with their clocks.
    fn gateway_options(&self) -> Result<Option<GatewayOptions>> {
        let public_url = self.public_url()?;
        Ok(self.gateway.map(|listen| GatewayOptions {
            listen,
            folder: self.data.clone(),
            public_url,
            limits: Limits::default(),
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
        }))
    }

    /// What the composition asks for.
    pub(crate) fn options(&self) -> Result<HubOptions> {
        Ok(HubOptions {
            database_url: self
                .database
                .clone()
                .unwrap_or_else(|| default_database(&self.data, "hub.sqlite3")),
            listen: self.listen,
            public_url: self.public_url()?,
            further_hosts: self.further_hosts.clone(),
            data_folder: self.data.clone(),
            seed_size: self.seed_size.map(Into::into),
            seed_number: self.seed_number,
            seed_passwords: BTreeMap::<String, SecretString>::new(),
            suite_redirect_uris: self.suite_redirect_uris.clone(),
            blocked_client: self.blocked_client.clone().filter(|client| !client.is_empty()),
            gateway: self.gateway_options()?,
            rate_limits: self.limits.options(self.rate_limits),
            events: hub::EventSettings {
                allow_private_targets: self.allow_private_webhook_targets,
                smtp_url: self
                    .smtp_url
                    .clone()
                    .filter(|url| !url.is_empty())
                    .map(SecretString::from),
                mail_from: self.mail_from.clone().filter(|from| !from.is_empty()),
            },
            randomness: Arc::new(SystemRandomness),
            clock: Arc::new(SystemClock),
            simulation: self.simulate.then(ShiftableClock::over_the_machine),
        })
    }
}
