use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use http::Method;
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use url::Url;

use crate::answer::Answer;
use crate::client::WebexClient;
use crate::error::ClientError;

/// Pages that are read ahead of the one that is being worked on: the platform prepares the next page while we
/// parse and store this one, and memory stays bounded.
const READ_AHEAD: usize = 2;

/// A list that follows `Link: rel="next"` to its end, as a stream of typed pages. After the first error the
/// stream ends; what came before it is an incomplete list.
pub struct Pages<P> {
    answers: mpsc::Receiver<Result<Answer, ClientError>>,
    reader: JoinHandle<()>,
    page: PhantomData<fn() -> P>,
}

impl<P> Pages<P> {
    /// Begins to read at `first`. Must be called inside a Tokio runtime.
    pub(crate) fn read(client: WebexClient, first: Url) -> Self {
        let (sender, answers) = mpsc::channel(READ_AHEAD);
        let reader = tokio::spawn(async move { read_all(client, first, sender).await });
        Self { answers, reader, page: PhantomData }
    }
}

impl<P> Drop for Pages<P> {
    fn drop(&mut self) {
        // Nobody wants the rest: a request that is under way is given up.
        self.reader.abort();
    }
}

impl<P: DeserializeOwned> Stream for Pages<P> {
    type Item = Result<P, ClientError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.answers.poll_recv(context).map(|received| {
            let page = received?.and_then(|answer| answer.json());
            if page.is_err() {
                self.answers.close();
                // What was read ahead belongs behind the error, where nothing may come.
                while self.answers.try_recv().is_ok() {}
            }
            Some(page)
        })
    }
}

async fn read_all(client: WebexClient, first: Url, sender: mpsc::Sender<Result<Answer, ClientError>>) {
    let mut next = Some(first);
    while let Some(url) = next.take() {
        let answer = client.call(Method::GET, url.clone(), None).await;
        let following = match answer.as_ref().map(Answer::next) {
            Ok(Ok(following)) => following,
            Ok(Err(error)) => {
                let _ = sender.send(Err(error)).await;
                return;
            }
            Err(_) => None,
        };
        if sender.send(answer).await.is_err() {
            return;
        }
        if following.as_ref() == Some(&url) {
            let error = ClientError::protocol("The platform's link to the next page leads to the same page again; the list was not read to its end.");
            let _ = sender.send(Err(error)).await;
            return;
        }
        next = following;
    }
}
