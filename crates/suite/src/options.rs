use std::path::PathBuf;
use std::time::Duration;

use kit::{SecretString, SharedClock, SharedRandomness, ShiftableClock};
use kit_web::PublicUrl;

/// Everything that the Suite needs to know from outside. Only the program reads the environment and files of options.
#[derive(Clone)]
pub struct SuiteOptions {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Where people reach the Suite; links and the redirect URI come from it.
    pub public_url: PublicUrl,
    /// Further `host:port` texts under which it may be addressed (a load balancer's, a health check's).
    pub further_hosts: Vec<String>,
    /// The folder for key files; it must exist.
    pub data_folder: PathBuf,
    /// The key that seals tokens, as 64 hexadecimal digits; without it a file of the data folder holds one.
    pub vault_key: Option<SecretString>,
    /// The Webex side.
    pub provider: ProviderOptions,
    /// How often each customer's people are synchronized by themselves.
    pub synch_period: Duration,
    /// Time. Where the Suite is simulated, the clock of `simulation` is taken instead.
    pub clock: SharedClock,
    /// The clock that can be moved, with its API. Only on loopback: whoever reaches it lets every authorization expire.
    pub simulation: Option<ShiftableClock>,
    pub randomness: SharedRandomness,
}

/// The Webex side: the real one, or a Hub.
#[derive(Clone, Debug)]
pub struct ProviderOptions {
    /// The origin of the public API: `https://webexapis.com`.
    pub api_url: String,
    /// The origin of call records, where it is another: `https://analytics-calling.webexapis.com`.
    pub call_records_url: Option<String>,
    /// The issuer that authorization responses and id tokens must name, where the platform names one.
    pub issuer: Option<String>,
    /// One for each integration that is registered there.
    pub clients: Vec<ProviderClient>,
    /// Where the platform sends the browser back; by default `<public_url>/authorizations/callback`.
    pub redirect_uri: Option<String>,
}

/// An integration as it is registered with the platform.
#[derive(Clone, Debug)]
pub struct ProviderClient {
    /// `users-synch`, `presence`, `call-control`, `call-analytics`, `single-sign-on`.
    pub integration: String,
    pub client_id: String,
    pub client_secret: SecretString,
}
