use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kit::{Error, Result};
use tokio::sync::oneshot;

/// Jobs that come at the same time are done together: what comes while one batch is under way makes the next.
///
/// Nothing is kept from one batch to the next, so an answer is never older than its question; that is why no event has to
/// be told to anybody, on this node or another one. A job alone is done at once.
pub(crate) struct Batches<J, A> {
    state: Mutex<State<J, A>>,
    most_at_work: usize,
}

struct State<J, A> {
    waiting: Vec<(J, oneshot::Sender<Result<A>>)>,
    at_work: usize,
}

/// Small enough that a batch does not make anybody wait, large enough that its cost is shared.
const LARGEST_BATCH: usize = 64;

impl<J, A> Batches<J, A>
where
    J: Send + 'static,
    A: Send + 'static,
{
    /// For reading: while one batch is on its way to the database and back, the next one may be under way too.
    pub(crate) fn of_readers() -> Arc<Self> {
        Self::at_work(2)
    }

    /// For a database with one writer: whoever waits for it goes along with the others who do.
    pub(crate) fn of_one_writer() -> Arc<Self> {
        Self::at_work(1)
    }

    fn at_work(most_at_work: usize) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                waiting: Vec::new(),
                at_work: 0,
            }),
            most_at_work,
        })
    }

    /// What comes of `job`, which `work` does together with others; it answers in their order.
    pub(crate) async fn ask<F, R>(self: &Arc<Self>, job: J, work: F) -> Result<A>
    where
        F: Fn(Vec<J>) -> R + Send + 'static,
        R: Future<Output = Result<Vec<A>>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let begins = {
            let mut state = self.lock();
            state.waiting.push((job, answer));
            let begins = state.at_work < self.most_at_work;
            state.at_work += usize::from(begins);
            begins
        };
        if begins {
            // A task of its own: whoever came first may go away, the others still want to know.
            tokio::spawn(Arc::clone(self).work_off(work));
        }
        answered
            .await
            .unwrap_or_else(|_| Err(Error::unavailable("The Hub is being stopped.")))
    }

    async fn work_off<F, R>(self: Arc<Self>, work: F)
    where
        F: Fn(Vec<J>) -> R + Send + 'static,
        R: Future<Output = Result<Vec<A>>> + Send + 'static,
    {
        loop {
            let batch = {
                let mut state = self.lock();
                if state.waiting.is_empty() {
                    state.at_work -= 1;
                    return;
                }
                let taken = state.waiting.len().min(LARGEST_BATCH);
                let rest = state.waiting.split_off(taken);
                mem::replace(&mut state.waiting, rest)
            };
            let (jobs, answers): (Vec<J>, Vec<_>) = batch.into_iter().unzip();
            // Who asked may be gone: nobody minds that an answer is not taken.
            match work(jobs).await {
                Ok(found) => {
                    for (answer, told) in answers.into_iter().zip(found) {
                        let _ = answer.send(Ok(told));
                    }
                }
                Err(error) => {
                    for answer in answers {
                        let _ = answer.send(Err(copied(&error)));
                    }
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<J, A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answers to `keys` in their order, each key looked up once. `read` leaves out what is not there.
pub(crate) async fn each<K, V, R>(
    keys: Vec<K>,
    read: impl FnOnce(Vec<K>) -> R + Send,
) -> Result<Vec<Option<V>>>
where
    K: Clone + Eq + Hash + Send,
    V: Clone,
    R: Future<Output = Result<HashMap<K, V>>> + Send,
{
    let mut once: Vec<K> = Vec::with_capacity(keys.len());
    for key in &keys {
        if !once.contains(key) {
            once.push(key.clone());
        }
    }
    let found = read(once).await?;
    Ok(keys.iter().map(|key| found.get(key).cloned()).collect())
}

/// One failure is everybody's who waited for the batch.
fn copied(error: &Error) -> Error {
    Error::new(error.kind().clone(), error.public()).because(error.chain())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn what_waits_while_a_batch_is_read_makes_the_next_one() {
        let batches: Arc<Batches<u32, Option<u32>>> = Batches::of_readers();
        let (gate, reads) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut asked = Vec::new();
        for key in 0..40 {
            let (batches, gate, reads) = (Arc::clone(&batches), Arc::clone(&gate), Arc::clone(&reads));
            asked.push(tokio::spawn(async move {
                let read = move |keys: Vec<u32>| {
                    let (gate, reads) = (Arc::clone(&gate), Arc::clone(&reads));
                    async move {
                        reads.fetch_add(1, Ordering::SeqCst);
                        gate.acquire().await.unwrap().forget();
                        each(keys, |keys: Vec<u32>| async move {
                            Ok(keys
                                .into_iter()
                                .filter(|key| key % 2 == 0)
                                .map(|key| (key, key * 10))
                                .collect())
                        })
                        .await
                    }
                };
                batches.ask(key % 20, read).await.unwrap()
            }));
        }
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        gate.add_permits(100);
        for (key, answer) in (0..40_u32).zip(asked) {
            let key = key % 20;
            assert_eq!(answer.await.unwrap(), (key % 2 == 0).then_some(key * 10));
        }
        assert!(reads.load(Ordering::SeqCst) <= 4, "{reads:?}");
        assert_eq!(batches.lock().at_work, 0);
    }

    #[tokio::test]
    async fn a_failure_is_told_to_everybody_who_waited_and_the_next_question_is_asked_again() {
        let batches: Arc<Batches<u32, Option<u32>>> = Batches::of_readers();
        let fails = |_: Vec<u32>| async { Err(Error::unavailable("The database does not answer.")) };
        let error = batches.ask(1, fails).await.unwrap_err();
        assert_eq!(error.public(), "The database does not answer.");
        let works = |keys: Vec<u32>| async { Ok(keys.into_iter().map(Some).collect()) };
        assert_eq!(batches.ask(1, works).await.unwrap(), Some(1));
    }
}
