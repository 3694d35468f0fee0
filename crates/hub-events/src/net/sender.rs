use std::error::Error as StdError;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use kit::{Error, Result};
use reqwest::redirect;
use url::{Host, Url};

use super::names::{GuardedNames, NotPublic};
use super::{NameLookup, is_public};

/// How much of a refusal is read: enough to say why.
const REFUSAL_BYTES: usize = 2_048;

/// Posts to targets that strangers named.
#[derive(Clone)]
pub(crate) struct Sender {
    http: reqwest::Client,
    allows_private: bool,
}

/// A receiver that answered.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) status: u16,
    /// The beginning of what it said, where it refused.
    pub(crate) refusal: String,
}

/// A receiver that did not answer, or was not asked.
#[derive(Debug)]
pub(crate) struct SendFailure(pub(crate) String);

impl Sender {
    pub(crate) fn new(names: Arc<dyn NameLookup>, allows_private: bool, patience: Duration) -> Result<Self> {
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            // A proxy would look names up by itself.
            .no_proxy()
            .dns_resolver(Arc::new(GuardedNames {
                names,
                allows_private,
            }))
            .connect_timeout(patience / 2)
            .timeout(patience)
            .pool_max_idle_per_host(2)
            .pool_idle_timeout(Duration::from_secs(30))
            .user_agent(concat!("Trunkline/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(Error::internal)?;
        Ok(Self { http, allows_private })
    }

    /// One request. Its answer is read as far as it says something: never a body that does not end.
    pub(crate) async fn post(
        &self,
        target: &Url,
        headers: HeaderMap,
        body: String,
    ) -> Result<Sent, SendFailure> {
        self.check_literal(target)?;
        let sent = self
            .http
            .post(target.clone())
            .headers(headers)
            .body(body)
            .send()
            .await;
        let mut answer = sent.map_err(|error| why(&error))?;
        let status = answer.status().as_u16();
        let mut refusal = Vec::new();
        while !(200..300).contains(&status) && refusal.len() < REFUSAL_BYTES {
            match answer.chunk().await {
                Ok(Some(chunk)) => refusal.extend_from_slice(&chunk),
                // It answered; what is missing is only its reason.
                Ok(None) | Err(_) => break,
            }
        }
        refusal.truncate(REFUSAL_BYTES);
        Ok(Sent {
            status,
            refusal: String::from_utf8_lossy(&refusal).into_owned(),
        })
    }

    /// An address that stands in the URL itself is not looked up, so it is checked here.
    fn check_literal(&self, target: &Url) -> Result<(), SendFailure> {
        match literal(target) {
            Some(address) if !self.allows_private && !is_public(address) => {
                Err(SendFailure(format!("{}.", NotPublic(address))))
            }
            _ => Ok(()),
        }
    }
}

/// The address that stands in a URL instead of a name.
pub(super) fn literal(target: &Url) -> Option<IpAddr> {
    match target.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(_) => None,
    }
}

fn why(error: &reqwest::Error) -> SendFailure {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(private) = inner.downcast_ref::<NotPublic>() {
            return SendFailure(format!("{private}."));
        }
        cause = inner.source();
    }
    let sentence = if error.is_timeout() {
        "The receiver did not answer in time."
    } else if error.is_connect() {
        "The receiver cannot be reached."
    } else {
        "The connection to the receiver broke off."
    };
    SendFailure(sentence.to_owned())
}
