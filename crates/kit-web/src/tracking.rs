use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use kit::SharedRandomness;

tokio::task_local! {
    static CURRENT: TrackingId;
    static ORIGIN: RequestOrigin;
}

/// From where the request came that is being answered; empty outside of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestOrigin {
    /// The network address of the peer.
    pub address: String,
    /// What the program calls itself, cut to 300 characters.
    pub user_agent: String,
}

impl RequestOrigin {
    fn of(request: &Request) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let user_agent = request
            .headers()
            .get(http::header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        Self {
            address: peer
                .map(|ConnectInfo(peer)| peer.ip().to_string())
                .unwrap_or_default(),
            user_agent: user_agent.chars().take(300).collect(),
        }
    }
}

/// From where the request came that is being answered.
pub fn current_origin() -> RequestOrigin {
    ORIGIN.try_with(Clone::clone).unwrap_or_default()
}

/// The id that ties a request, its answer and its log lines together (header `TrackingID`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackingId(String);

impl TrackingId {
    /// The text, as the header carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the caller sent, if it is usable, or a fresh `ROUTERGW_<uuid>` as the Webex gateway makes them.
    fn of(request: &Request, randomness: &SharedRandomness) -> Self {
        let sent = request
            .headers()
            .get("trackingid")
            .and_then(|value| value.to_str().ok());
        match sent {
            Some(text) if is_usable(text) => Self(text.to_owned()),
            _ => Self(format!("ROUTERGW_{}", randomness.uuid())),
        }
    }
}

/// Only what can stand in a header and a log line without being mistaken for something else.
fn is_usable(text: &str) -> bool {
    (1..=120).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte))
}

/// The tracking id of the request that is being answered, or `ROUTERGW_none` outside of one.
pub fn current_tracking_id() -> String {
    CURRENT
        .try_with(|id| id.0.clone())
        .unwrap_or_else(|_| "ROUTERGW_none".to_owned())
}

pub(crate) async fn track(randomness: SharedRandomness, request: Request, next: Next) -> Response {
    let id = TrackingId::of(&request, &randomness);
    let header = HeaderValue::from_str(&id.0);
    let origin = RequestOrigin::of(&request);
    let answering = CURRENT.scope(id.clone(), async move {
        let method = request.method().clone();
        // The query is left out on purpose: it can carry codes and states.
        let path = request.uri().path().to_owned();
        let response = next.run(request).await;
        tracing::info!(tracking_id = %id.0, %method, path, status = response.status().as_u16(), "answered");
        response
    });
    let mut response = ORIGIN.scope(origin, answering).await;
    if let Ok(header) = header {
        response.headers_mut().insert("trackingid", header);
    }
    response
}
