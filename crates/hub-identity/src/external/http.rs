//! Requests to addresses that a Full Admin configured: never to private ones unless that is allowed, without redirects,
//! bounded in size and time.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use kit::{Error, Result};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;
use url::{Host, Url};

const LARGEST_ANSWER: usize = 256 << 10;
const PATIENCE: Duration = Duration::from_secs(10);

/// Speaks to providers.
pub(crate) struct Outgoing {
    client: Client,
    private_targets: bool,
}

impl Outgoing {
    pub(crate) fn new(private_targets: bool) -> Result<Self> {
        let builder = Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .connect_timeout(PATIENCE)
            .no_proxy();
        let builder = if private_targets {
            builder
        } else {
            builder.dns_resolver(Arc::new(PublicOnly))
        };
        Ok(Self {
            client: builder.build().map_err(Error::internal)?,
            private_targets,
        })
    }

    /// Refuses an address that this Hub must not speak to.
    pub(crate) fn check(&self, url: &Url) -> Result<()> {
        let allowed = match url.scheme() {
            "https" => true,
            "http" => self.private_targets,
            _ => false,
        };
        if !allowed {
            return Err(Error::invalid(format!(
                "The address {} is not encrypted; a provider is spoken to by https.",
                shown(url)
            )));
        }
        let private = match url.host() {
            Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => is_local_name(name),
            None => true,
        };
        if private && !self.private_targets {
            return Err(private_target(url));
        }
        Ok(())
    }

    pub(crate) fn get(&self, url: &Url) -> Result<RequestBuilder> {
        self.check(url)?;
        Ok(self.client.get(url.clone()))
    }

    pub(crate) fn post(&self, url: &Url) -> Result<RequestBuilder> {
        self.check(url)?;
        Ok(self.client.post(url.clone()))
    }

    /// The status and the JSON of an answer.
    pub(crate) async fn answer<T: DeserializeOwned>(request: RequestBuilder, what: &str) -> Result<(u16, T)> {
        let cannot = |why: &str| Error::unavailable(format!("The provider's {what} {why}."));
        let mut answer = request
            .send()
            .await
            .map_err(|error| cannot("cannot be reached; nothing was changed").because(error.without_url()))?;
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = answer
            .chunk()
            .await
            .map_err(|error| cannot("ended early").because(error.without_url()))?
        {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST_ANSWER {
                return Err(cannot("is larger than it can be"));
            }
        }
        let read = serde_json::from_slice(&body).map_err(|error| {
            cannot(&format!("answered {status} and nothing that can be read")).because(error)
        })?;
        Ok((status, read))
    }
}

fn private_target(url: &Url) -> Error {
    Error::invalid(format!(
        "The address {} lies in a private network, which this Hub does not speak to. Its operator can allow that.",
        shown(url)
    ))
}

fn shown(url: &Url) -> String {
    url.as_str().chars().take(200).collect()
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// Finds names, and answers none of their private addresses: what a name points at is checked at each connection.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err("the name points at private addresses only".into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Addresses that only carry one of version 4 are as public as that.
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let segments = address.segments();
    let last_four = |at: usize| {
        let [a, b] = segments[at].to_be_bytes();
        let [c, d] = segments[at + 1].to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match segments[0] {
        0x0064 if segments[1] == 0xff9b => is_public_v4(last_four(6)),
        0x2002 => is_public_v4(last_four(1)),
        0x2001 if segments[1] == 0x0db8 || segments[1] == 0 => false,
        // Global unicast; everything else is local, special or not given out.
        first => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_refused_in_every_spelling() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        let outgoing = Outgoing::new(false).unwrap();
        for url in [
            "http://login.example",
            "https://localhost/x",
            "https://127.1/x",
            "https://0x7f000001/",
            "https://[::1]/",
            "file:///etc/passwd",
        ] {
            assert!(outgoing.check(&Url::parse(url).unwrap()).is_err(), "{url}");
        }
        assert!(
            outgoing
                .check(&Url::parse("https://login.example/").unwrap())
                .is_ok()
        );
        let open = Outgoing::new(true).unwrap();
        assert!(open.check(&Url::parse("http://127.0.0.1:9000/").unwrap()).is_ok());
    }

    #[tokio::test]
    async fn a_name_that_points_at_a_private_address_is_not_connected_to() {
        let outgoing = Outgoing::new(false).unwrap();
        let url = Url::parse("https://localhost.localdomain./").unwrap();
        let request = outgoing.get(&url).unwrap();
        assert!(
            Outgoing::answer::<serde_json::Value>(request, "discovery document")
                .await
                .is_err()
        );
    }
}
