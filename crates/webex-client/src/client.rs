use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{Method, header};
use kit::{ExposeSecret as _, SecretString, SharedClock};
use reqwest::Response;
use serde::de::DeserializeOwned;
use url::{Host, Url};

use crate::answer::{self, Answer};
use crate::error::{ClientError, ErrorKind};
use crate::origins::Origins;
use crate::tokens::TokenSource;

/// How often and how long a client waits before it gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How many times in one call a 429 is waited for.
    pub rate_limit_waits: u32,
    /// The longest wait that is accepted; where the platform asks for more the call fails and says so.
    pub longest_wait: Duration,
    /// How many times a `GET` is tried again after a 5xx or a broken connection.
    pub retries: u32,
    /// The wait before the first of these; each further one is twice as long.
    pub first_backoff: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            rate_limit_waits: 10,
            longest_wait: Duration::from_secs(600),
            retries: 4,
            first_backoff: Duration::from_millis(500),
        }
    }
}

/// Speaks to the platform for one authorization; cheap to clone.
#[derive(Clone)]
pub struct WebexClient(Arc<Inner>);

struct Inner {
    origins: Origins,
    tokens: Arc<dyn TokenSource>,
    http: reqwest::Client,
    clock: SharedClock,
    patience: Patience,
    tracking_prefix: String,
    next_call: AtomicU64,
}

/// An HTTP client as this crate wants it: no redirects, no cookies, bounded times, compressed bodies.
pub fn http_client() -> kit::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(300))
        .pool_idle_timeout(Duration::from_secs(60))
        .user_agent(concat!("Trunkline/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(kit::Error::internal)
}

impl WebexClient {
    /// A client for these addresses that gets its tokens there. `http` must not follow redirects: see [`http_client`].
    pub fn new(
        origins: Origins,
        tokens: Arc<dyn TokenSource>,
        http: reqwest::Client,
        clock: SharedClock,
    ) -> Self {
        let tracking_prefix = format!("TRUNKLINE_{:x}", clock.now().as_millis());
        Self(Arc::new(Inner {
            origins,
            tokens,
            http,
            clock,
            patience: Patience::default(),
            tracking_prefix,
            next_call: AtomicU64::new(1),
        }))
    }

    /// Waits more, or less.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        self.rebuilt(|inner| inner.patience = patience)
    }

    /// Begins every tracking id with this (letters, digits, `_` and `-`).
    #[must_use]
    pub fn with_tracking_prefix(self, prefix: &str) -> Self {
        let prefix: String = prefix
            .chars()
            .filter(|character| character.is_ascii_alphanumeric() || "_-".contains(*character))
            .take(80)
            .collect();
        self.rebuilt(|inner| inner.tracking_prefix = prefix)
    }

    fn rebuilt(self, change: impl FnOnce(&mut Inner)) -> Self {
        let old = &self.0;
        let mut inner = Inner {
            origins: old.origins.clone(),
            tokens: Arc::clone(&old.tokens),
            http: old.http.clone(),
            clock: Arc::clone(&old.clock),
            patience: old.patience,
            tracking_prefix: old.tracking_prefix.clone(),
            next_call: AtomicU64::new(1),
        };
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// The addresses that this client speaks to.
    pub fn origins(&self) -> &Origins {
        &self.0.origins
    }

    /// Reads one object: `GET` below the API base, segments encoded one by one.
    pub async fn get<T: DeserializeOwned>(
        &self,
        segments: &[&str],
        query: &[(&str, String)],
    ) -> Result<T, ClientError> {
        let url = with_query(Origins::endpoint(&self.0.origins.api, segments), query);
        self.call(Method::GET, url, None).await?.json()
    }

    /// Sends one request with a JSON body and reads a JSON answer. Not retried after a 5xx: it may have been done.
    pub async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        segments: &[&str],
        body: &serde_json::Value,
    ) -> Result<T, ClientError> {
        let url = Origins::endpoint(&self.0.origins.api, segments);
        self.call(method, url, Some(body)).await?.json()
    }

    /// One call with all its patience: waits for 429, retries a `GET`, renews the token once.
    pub(crate) async fn call(
        &self,
        method: Method,
        url: Url,
        body: Option<&serde_json::Value>,
    ) -> Result<Answer, ClientError> {
        self.0.origins.check(&url)?;
        let mut token = self.0.tokens.access_token().await?;
        let mut spent = Spent::default();
        loop {
            let outcome = self.attempt(&method, &url, body, &token).await;
            let error = match outcome.as_ref().map(Answer::failure) {
                Ok(None) => return outcome,
                Ok(Some(error)) => error,
                Err(error) => error.clone(),
            };
            if error.kind == ErrorKind::Unauthorized && !spent.renewed {
                spent.renewed = true;
                token = self
                    .0
                    .tokens
                    .refreshed_after(&token)
                    .await
                    .map_err(|renewal| ClientError::from(renewal).tracked(error.tracking_id))?;
                continue;
            }
            match self.wait_after(&method, &error, &mut spent) {
                Some(wait) => {
                    tracing::debug!(%method, path = url.path(), wait_ms = wait.as_millis(), error = %error, "waiting before the next try");
                    self.0.clock.sleep(wait).await;
                }
                None => return Err(error),
            }
        }
    }

    fn wait_after(&self, method: &Method, error: &ClientError, spent: &mut Spent) -> Option<Duration> {
        let patience = &self.0.patience;
        match &error.kind {
            ErrorKind::RateLimited { retry_after } => {
                // Without the header five seconds, as the Python SDK does; zero would be a busy loop.
                let wait = if retry_after.is_zero() {
                    Duration::from_secs(5)
                } else {
                    *retry_after
                };
                spent.rate_limit_waits += 1;
                (spent.rate_limit_waits <= patience.rate_limit_waits && wait <= patience.longest_wait)
                    .then_some(wait)
            }
            ErrorKind::Unavailable { .. } | ErrorKind::Transport if *method == Method::GET => {
                spent.retries += 1;
                let doubled = patience
                    .first_backoff
                    .saturating_mul(1 << (spent.retries - 1).min(10));
                (spent.retries <= patience.retries).then_some(doubled.min(patience.longest_wait))
            }
            _ => None,
        }
    }

    async fn attempt(
        &self,
        method: &Method,
        url: &Url,
        body: Option<&serde_json::Value>,
        token: &SecretString,
    ) -> Result<Answer, ClientError> {
        let response = self.request(method, url, body, token).await?;
        let sent_to = response.url().origin();
        if sent_to != url.origin() {
            return Err(ClientError::protocol(
                "The HTTP client followed a redirect to another address; it must be built without redirects.",
            ));
        }
        answer::read_default(response).await
    }

    async fn request(
        &self,
        method: &Method,
        url: &Url,
        body: Option<&serde_json::Value>,
        token: &SecretString,
    ) -> Result<Response, ClientError> {
        let number = self.0.next_call.fetch_add(1, Ordering::Relaxed);
        let mut request = self
            .0
            .http
            .request(method.clone(), url.clone())
            .header("TrackingID", format!("{}_{number}", self.0.tracking_prefix))
            .header(header::ACCEPT, "application/json")
            .bearer_auth(token.expose_secret());
        if is_this_machine(url) {
            // Between two processes of one machine compression costs more than it saves.
            request = request.header(header::ACCEPT_ENCODING, "identity");
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.map_err(ClientError::transport)
    }
}

#[derive(Default)]
struct Spent {
    renewed: bool,
    rate_limit_waits: u32,
    retries: u32,
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

pub(crate) fn with_query(mut url: Url, query: &[(&str, String)]) -> Url {
    if !query.is_empty() {
        url.query_pairs_mut()
            .extend_pairs(query.iter().map(|(name, value)| (*name, value.as_str())));
    }
    url
}
