use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::is_public;

/// Which addresses a name has.
#[async_trait]
pub trait NameLookup: Send + Sync {
    /// All of them.
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// The names that this machine knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemNames;

#[async_trait]
impl NameLookup for SystemNames {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((name, 0))
            .await?
            .map(|address| address.ip())
            .collect())
    }
}

/// A target that this Hub does not dial.
#[derive(Debug)]
pub(crate) struct NotPublic(pub(crate) IpAddr);

impl fmt::Display for NotPublic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} is not a public address, and this Hub delivers to public addresses only",
            self.0
        )
    }
}

impl std::error::Error for NotPublic {}

/// Looks names up for the HTTP client, which dials exactly what comes out of here: between the look and the call no other
/// answer can slip in.
pub(crate) struct GuardedNames {
    pub(crate) names: Arc<dyn NameLookup>,
    pub(crate) allows_private: bool,
}

impl Resolve for GuardedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, allows_private) = (Arc::clone(&self.names), self.allows_private);
        Box::pin(async move {
            let addresses = names.addresses(name.as_str()).await?;
            if !allows_private && let Some(private) = addresses.iter().find(|address| !is_public(**address)) {
                return Err(NotPublic(*private).into());
            }
            // The port of the URL takes the place of this one.
            Ok(Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
