//! Somebody who listens for webhooks.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::Value;

#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    heard: Arc<Mutex<Vec<Value>>>,
}

impl Receiver {
    pub(crate) async fn listen() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            url: format!("http://{}/hook", listener.local_addr().unwrap()),
            heard: Arc::default(),
        };
        let router = Router::new()
            .route("/hook", post(take))
            .with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        receiver
    }

    pub(crate) fn forget(&self) {
        self.heard.lock().unwrap().clear();
    }

    pub(crate) fn heard(&self) -> usize {
        self.heard.lock().unwrap().len()
    }
}

async fn take(State(receiver): State<Receiver>, Json(body): Json<Value>) {
    receiver.heard.lock().unwrap().push(body);
}
