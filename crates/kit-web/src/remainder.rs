//! Reads what a refused request has left unread.
//!
//! Whoever is refused before the body was read (no such token, no such scope, no such method) would find the connection
//! closed: HTTP/1 goes on only after the whole body, and the server hangs up where nobody reads it. A program that keeps
//! its connections, as every Webex SDK does, loses its next request to that.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::{Stream, StreamExt};
use tokio::sync::oneshot;

/// As much as any reader takes; who sends more is hung up on.
const MOST: usize = 1 << 20;
/// How long a sender may take; a body that does not come is not waited for.
const LONGEST: Duration = Duration::from_secs(1);

pub(crate) async fn read_remainder(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (back, mut returned) = oneshot::channel();
    let lent = request.map(|body| {
        Body::from_stream(Lent {
            body: Some(body.into_data_stream()),
            back: Some(back),
        })
    });
    let response = next.run(lent).await;
    if let Ok(rest) = returned.try_recv() {
        // Whether it came to its end or took too long: the answer stands.
        let _ = tokio::time::timeout(LONGEST, read(rest)).await;
    }
    response
}

async fn read(mut rest: BodyDataStream) {
    let mut length = 0;
    while let Some(Ok(chunk)) = rest.next().await {
        length += chunk.len();
        if length > MOST {
            return;
        }
    }
}

/// A body that comes back when whoever had it lets go of it before its end.
struct Lent {
    body: Option<BodyDataStream>,
    back: Option<oneshot::Sender<BodyDataStream>>,
}

impl Stream for Lent {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let polled = body.poll_next_unpin(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        polled
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(body), Some(back)) = (self.body.take(), self.back.take()) {
            // Where nobody waits any more, the request itself is over.
            let _ = back.send(body);
        }
    }
}
