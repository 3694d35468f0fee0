//! The Hub, composed: slices wired to each other, sessions and bearer tokens turned into callers, the shell and its
//! navigation, the seed.

mod options;

use std::future::Future;
use std::path::PathBuf;

use axum::Router;
use kit::Result;

pub use options::{DEFAULT_BLOCKED_CLIENT, FirstStart, HubOptions, SeededOrganization, SeededPerson};

/// How big a seeded organization is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// 60 people.
    Small,
    /// 5,000 people.
    Medium,
    /// 100,000 people.
    Large,
}

/// A running Hub; cheap to clone.
#[derive(Clone)]
pub struct Hub {}

impl Hub {
    /// Opens the database, brings its tables up to date, registers the catalogue and seeds what is asked for.
    pub async fn open(_options: HubOptions) -> Result<Self> {
        Err(kit::Error::unavailable("The Hub is not composed yet."))
    }

    /// What this start seeded, with the passwords; `None` where everything was there already.
    pub fn first_start(&self) -> Option<&FirstStart> {
        None
    }

    /// The file with the ids and secrets of the five integrations (mode 0600), for the Suite of the same machine.
    pub fn clients_file(&self) -> PathBuf {
        PathBuf::new()
    }

    /// A personal access token of 12 hours for the person with this e-mail address.
    pub async fn issue_personal_token(&self, _email: &str) -> Result<kit::SecretString> {
        Err(kit::Error::unavailable("The Hub is not composed yet."))
    }

    /// Everything that the Hub serves.
    pub fn router(&self) -> Router {
        Router::new()
    }

    /// Serves on `listener` and runs the reconcilers until `shutdown` ends; lets running requests finish.
    pub async fn serve(self, _listener: tokio::net::TcpListener, _shutdown: impl Future<Output = ()> + Send + 'static) -> Result<()> {
        Ok(())
    }
}
