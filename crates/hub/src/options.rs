use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use hub_directory::Size;
use hub_gateway::GatewayOptions;
use kit::{SecretString, SharedClock, SharedRandomness, ShiftableClock};
use kit_web::PublicUrl;

use crate::{EventSettings, RateLimits};

/// What a Hub needs to know before it opens. Everything arrives here; nothing is read from the environment.
#[derive(Clone)]
pub struct HubOptions {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Where it listens; [`Hub::serve`](crate::Hub::serve) takes the bound listener, this is for messages only.
    pub listen: SocketAddr,
    /// Where people and programs reach it: links and the issuer come from it.
    pub public_url: PublicUrl,
    /// Further `host:port` texts under which it may be addressed.
    pub further_hosts: Vec<String>,
    /// Where files beside the database are written (`clients.json`).
    pub data_folder: PathBuf,
    /// Which invented organization to make, if it is not there yet.
    pub seed_size: Option<Size>,
    /// The same number gives the same organization.
    pub seed_number: u64,
    /// Passwords to use for seeded people, by e-mail address; the others get random ones.
    pub seed_passwords: BTreeMap<String, SecretString>,
    /// Where the Suite is called back. An empty list leaves what is registered as it is.
    pub suite_redirect_uris: Vec<String>,
    /// Which integration a newly seeded organization blocks: [`DEFAULT_BLOCKED_CLIENT`] shows every newcomer the
    /// page that a blocked integration answers with. `None` blocks none of the five.
    pub blocked_client: Option<String>,
    /// How much one token may ask of the public API.
    pub rate_limits: RateLimits,
    /// How the Hub tells the world: webhooks, security events, mail.
    pub events: EventSettings,
    /// The gateway for unmodified SDKs; `None` leaves it off.
    pub gateway: Option<GatewayOptions>,
    /// Randomness for ids, tokens and passwords.
    pub randomness: SharedRandomness,
    /// Time. Where the Hub is simulated, the clock of [`HubOptions::simulation`] is taken instead.
    pub clock: SharedClock,
    /// The clock that can be moved; with it come the console and the API of the simulation. Only on loopback: whoever
    /// reaches such a Hub acts as anyone.
    pub simulation: Option<ShiftableClock>,
}

/// The integration that a newly seeded organization blocks unless told otherwise: presence retrieval.
pub const DEFAULT_BLOCKED_CLIENT: &str = "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120";

/// What only the start that seeds knows: the passwords are stored as hashes, so this is the one time to show them.
#[derive(Clone, Debug)]
pub struct FirstStart {
    /// The organizations that were made, the one of the demonstration first.
    pub organizations: Vec<SeededOrganization>,
    /// The people who can sign in.
    pub people: Vec<SeededPerson>,
}

/// An organization that this start made.
#[derive(Clone, Debug)]
pub struct SeededOrganization {
    /// Its raw id.
    pub id: kit::Uuid,
    /// Its name.
    pub name: String,
    /// How many people it has.
    pub people: usize,
}

/// Somebody who can sign in.
#[derive(Clone)]
pub struct SeededPerson {
    /// Display name.
    pub name: String,
    /// E-mail address, which is the user name.
    pub email: String,
    /// The password.
    pub password: SecretString,
    /// The names of their administrator roles.
    pub roles: Vec<String>,
    /// Their organization's name.
    pub organization: String,
    /// What sets them apart (“may not sign in: deactivated”); empty for most.
    pub note: String,
}

impl fmt::Debug for SeededPerson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} <{}> {:?}", self.name, self.email, self.roles)
    }
}
