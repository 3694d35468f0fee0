//! A server on the loopback interface that answers what a test tells it to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use kit::{ExposeSecret as _, ManualClock, SecretString, Timestamp};
use serde_json::json;
use webex_client::{Origins, TokenEndpoint, TokenError, TokenSource, WebexClient, http_client};

/// What the server got: method, path and query, headers, body.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) authorization: Option<String>,
    pub(crate) tracking_id: Option<String>,
    pub(crate) body: String,
}

type ScriptedAnswer = (u16, Vec<(String, String)>, String);

#[derive(Clone, Default)]
pub(crate) struct Script {
    pub(crate) seen: Arc<Mutex<Vec<Seen>>>,
    pub(crate) answers: Arc<Mutex<VecDeque<ScriptedAnswer>>>,
}

pub(crate) struct Platform {
    pub(crate) base: String,
    pub(crate) script: Script,
    pub(crate) server: tokio::task::JoinHandle<()>,
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(script): State<Script>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(ToOwned::to_owned)
    };
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    script.seen.lock().unwrap().push(Seen {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        authorization: header("authorization"),
        tracking_id: header("trackingid"),
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let next = script.answers.lock().unwrap().pop_front();
    let (status, headers, body) = next.unwrap_or((500, vec![], "the script is at its end".to_owned()));
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(Body::from(body)).unwrap()
}

impl Platform {
    pub(crate) async fn start() -> Self {
        let script = Script::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(script.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, script, server }
    }

    pub(crate) fn will_answer(&self, status: u16, headers: &[(&str, &str)], body: impl ToString) {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.script
            .answers
            .lock()
            .unwrap()
            .push_back((status, headers, body.to_string()));
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.script.seen.lock().unwrap().clone()
    }

    pub(crate) fn client(&self, clock: &ManualClock) -> WebexClient {
        self.client_with(clock, Arc::new(Renewable::default()))
    }

    pub(crate) fn client_with(&self, clock: &ManualClock, tokens: Arc<dyn TokenSource>) -> WebexClient {
        let origins = Origins::single(&format!("{}/v1", self.base)).unwrap();
        WebexClient::new(origins, tokens, http_client().unwrap(), Arc::new(clock.clone()))
    }

    pub(crate) fn token_endpoint(&self) -> TokenEndpoint {
        let url = |path: &str| format!("{}{path}", self.base).parse().unwrap();
        TokenEndpoint::new(
            url("/v1/access_token"),
            Some(url("/revoke")),
            http_client().unwrap(),
        )
    }
}

/// Hands out `first`, and `second` once `first` was rejected.
#[derive(Default)]
pub(crate) struct Renewable {
    pub(crate) renewals: Mutex<u32>,
}

#[async_trait]
impl TokenSource for Renewable {
    async fn access_token(&self) -> Result<SecretString, TokenError> {
        Ok("first-secret".into())
    }

    async fn refreshed_after(&self, rejected: &SecretString) -> Result<SecretString, TokenError> {
        assert_eq!(rejected.expose_secret(), "first-secret");
        *self.renewals.lock().unwrap() += 1;
        Ok("second-secret".into())
    }
}

pub(crate) fn clock() -> ManualClock {
    ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap())
}

pub(crate) fn person(id: &str) -> serde_json::Value {
    json!({ "id": id, "emails": [format!("{id}@contoso.example")], "displayName": id, "orgId": "o" })
}

pub(crate) fn people(ids: &[&str]) -> serde_json::Value {
    json!({ "notFoundIds": null, "items": ids.iter().map(|id| person(id)).collect::<Vec<_>>() })
}

/// Runs `call` while moving the clock on whenever somebody waits; says how much time passed on it.
pub(crate) async fn with_time_passing<T: Send + 'static>(
    clock: &ManualClock,
    call: impl Future<Output = T> + Send + 'static,
) -> (T, Duration) {
    let began = kit::Clock::now(clock);
    let running = tokio::spawn(call);
    while !running.is_finished() {
        if clock.sleepers() > 0 {
            clock.advance(Duration::from_millis(500)).await;
        }
        tokio::task::yield_now().await;
    }
    (running.await.unwrap(), kit::Clock::now(clock).since(began))
}

pub(crate) const JSON: (&str, &str) = ("content-type", "application/json");
