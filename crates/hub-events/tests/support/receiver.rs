//! Receivers of all kinds, on this machine.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use futures::stream;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What a receiver does.
#[derive(Clone, Debug)]
pub(crate) enum Habit {
    Answers(u16),
    /// One after the other, then the last for good.
    AnswersInTurn(Vec<u16>),
    Redirects(String),
    Hangs,
    /// Status 200 and a body without end.
    NeverEnds,
    /// Waits until the test lets it go on.
    WaitsForTest,
}

#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Heard {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    inner: Arc<Inner>,
}

struct Inner {
    habit: Mutex<Habit>,
    turns: Mutex<VecDeque<u16>>,
    heard: Mutex<Vec<Heard>>,
    arrived: Notify,
    let_go: Notify,
    server: Mutex<Option<JoinHandle<()>>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(server) = self.server.lock().unwrap().take() {
            server.abort();
        }
    }
}

impl Receiver {
    pub(crate) async fn that(habit: Habit) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let turns = match &habit {
            Habit::AnswersInTurn(turns) => turns.iter().copied().collect(),
            _ => VecDeque::new(),
        };
        let inner = Arc::new(Inner {
            habit: Mutex::new(habit),
            turns: Mutex::new(turns),
            heard: Mutex::default(),
            arrived: Notify::new(),
            let_go: Notify::new(),
            server: Mutex::default(),
        });
        let receiver = Self {
            url,
            inner: inner.clone(),
        };
        // The server must not keep the receiver alive.
        let weak = Arc::downgrade(&inner);
        let router = Router::new().fallback(answer).with_state(weak);
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        *inner.server.lock().unwrap() = Some(server);
        receiver
    }

    pub(crate) fn port(&self) -> u16 {
        url::Url::parse(&self.url).unwrap().port().unwrap()
    }

    pub(crate) fn change(&self, habit: Habit) {
        *self.inner.habit.lock().unwrap() = habit;
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.inner.heard.lock().unwrap().clone()
    }

    /// The claims of every token that came.
    pub(crate) fn tokens(&self) -> Vec<Value> {
        self.heard().iter().map(Heard::json).collect()
    }

    pub(crate) async fn has_heard(&self, count: usize) {
        loop {
            let arrived = self.inner.arrived.notified();
            if self.heard().len() >= count {
                return;
            }
            arrived.await;
        }
    }

    pub(crate) fn let_go(&self) {
        self.inner.let_go.notify_waiters();
    }
}

async fn answer(State(weak): State<std::sync::Weak<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(inner) = weak.upgrade() else {
        return StatusCode::GONE.into_response();
    };
    let let_go = inner.let_go.notified();
    // Before the test can see that the request came, and change its mind.
    let habit = inner.habit.lock().unwrap().clone();
    inner.heard.lock().unwrap().push(Heard { headers, body });
    inner.arrived.notify_waiters();
    match habit {
        Habit::Answers(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Habit::AnswersInTurn(_) => {
            let mut turns = inner.turns.lock().unwrap();
            let status = if turns.len() > 1 {
                turns.pop_front().unwrap()
            } else {
                turns[0]
            };
            StatusCode::from_u16(status).unwrap().into_response()
        }
        Habit::Redirects(to) => Redirect::temporary(&to).into_response(),
        Habit::Hangs => std::future::pending().await,
        Habit::NeverEnds => {
            let zeros = stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[0; 1024])));
            Body::from_stream(zeros).into_response()
        }
        Habit::WaitsForTest => {
            let_go.await;
            StatusCode::OK.into_response()
        }
    }
}
