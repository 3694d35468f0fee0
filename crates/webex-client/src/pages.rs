use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::Stream;
use http::Method;
use serde::de::DeserializeOwned;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinHandle;
use url::Url;

use crate::answer::Answer;
use crate::client::WebexClient;
use crate::error::ClientError;

/// Pages that are read ahead of the one that is being worked on: the platform prepares the next ones while we parse
/// and store. As many as a slow transaction lasts, so that the platform never waits for us.
const READ_AHEAD: usize = 32;

/// What is read ahead holds no more than so many KiB, whatever a page has.
const READ_AHEAD_KIB: u32 = 8 << 10;

/// No list is longer: an organization of ten million people has 100,000 pages of 100.
const MOST_PAGES: usize = 100_000;

/// A list that follows `Link: rel="next"` to its end, as a stream of typed pages. After the first error the
/// stream ends; what came before it is an incomplete list.
pub struct Pages<P> {
    answers: mpsc::Receiver<Result<Ahead, ClientError>>,
    reader: JoinHandle<()>,
    page: PhantomData<fn() -> P>,
}

/// An answer that waits to be worked on, and the room that it takes.
struct Ahead {
    answer: Answer,
    _room: OwnedSemaphorePermit,
}

impl<P> Pages<P> {
    /// Begins to read at `first`. Must be called inside a Tokio runtime.
    pub(crate) fn read(client: WebexClient, first: Url) -> Self {
        let (sender, answers) = mpsc::channel(READ_AHEAD);
        let reader = tokio::spawn(async move { read_all(client, first, sender).await });
        Self {
            answers,
            reader,
            page: PhantomData,
        }
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
            let page = received?.and_then(|ahead| ahead.answer.json());
            if page.is_err() {
                self.answers.close();
                // What was read ahead belongs behind the error, where nothing may come.
                while self.answers.try_recv().is_ok() {}
            }
            Some(page)
        })
    }
}

async fn read_all(client: WebexClient, first: Url, sender: mpsc::Sender<Result<Ahead, ClientError>>) {
    if let Err(error) = read_to_the_end(&client, first, &sender).await {
        // Who does not listen any more needs no error either.
        let _ = sender.send(Err(error)).await;
    }
}

async fn read_to_the_end(
    client: &WebexClient,
    first: Url,
    sender: &mpsc::Sender<Result<Ahead, ClientError>>,
) -> Result<(), ClientError> {
    let room = Arc::new(Semaphore::new(READ_AHEAD_KIB as usize));
    let mut seen = HashSet::new();
    let mut next = Some(first);
    while let Some(url) = next {
        if !seen.insert(hash(&url)) {
            return Err(ClientError::protocol(
                "The platform's link to the next page leads to an earlier page again; the list was not read to its end.",
            ));
        }
        if seen.len() > MOST_PAGES {
            return Err(ClientError::protocol(format!(
                "The platform's list has more than {MOST_PAGES} pages; it was not read to its end."
            )));
        }
        let answer = client.call(Method::GET, url, None).await?;
        next = answer.next()?;
        let size = u32::try_from(answer.body.len() >> 10)
            .unwrap_or(u32::MAX)
            .clamp(1, READ_AHEAD_KIB);
        let Ok(room) = Arc::clone(&room).acquire_many_owned(size).await else {
            return Ok(());
        };
        if sender.send(Ok(Ahead { answer, _room: room })).await.is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// Of a visited address only this is remembered: 8 bytes a page. Two that collide end a list with an error, never
/// with a list that is too short.
fn hash(url: &Url) -> u64 {
    let mut hasher = DefaultHasher::new();
    url.hash(&mut hasher);
    hasher.finish()
}
