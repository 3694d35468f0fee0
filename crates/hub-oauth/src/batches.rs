use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kit::{Error, Result};
use tokio::sync::oneshot;

/// Questions that are asked at the same time are answered together: what waits while one batch is read makes the next.
///
/// Nothing is kept from one batch to the next, so an answer is never older than its question; that is why no event has to
/// be told to anybody, on this node or another one. A question alone is answered at once.
pub(crate) struct Batches<K, V> {
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    waiting: Vec<(K, oneshot::Sender<Result<Option<V>>>)>,
    readers: usize,
}

/// While one batch is on its way to the database and back, the next one may be under way too.
const MOST_READERS: usize = 2;
/// Small enough that a batch does not make anybody wait, large enough that its cost is shared.
const LARGEST_BATCH: usize = 64;

impl<K, V> Default for Batches<K, V> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                waiting: Vec::new(),
                readers: 0,
            }),
        }
    }
}

impl<K, V> Batches<K, V>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + 'static,
{
    /// The answer to `key`, which `read` finds together with others. `read` leaves out what is not there.
    pub(crate) async fn ask<F, R>(self: &Arc<Self>, key: K, read: F) -> Result<Option<V>>
    where
        F: Fn(Vec<K>) -> R + Send + 'static,
        R: Future<Output = Result<HashMap<K, V>>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let begins = {
            let mut state = self.lock();
            state.waiting.push((key, answer));
            let begins = state.readers < MOST_READERS;
            state.readers += usize::from(begins);
            begins
        };
        if begins {
            // A task of its own: whoever asked first may go away, the others still want to know.
            tokio::spawn(Arc::clone(self).read_all(read));
        }
        answered
            .await
            .unwrap_or_else(|_| Err(Error::unavailable("The Hub is being stopped.")))
    }

    async fn read_all<F, R>(self: Arc<Self>, read: F)
    where
        F: Fn(Vec<K>) -> R + Send + 'static,
        R: Future<Output = Result<HashMap<K, V>>> + Send + 'static,
    {
        loop {
            let batch = {
                let mut state = self.lock();
                if state.waiting.is_empty() {
                    state.readers -= 1;
                    return;
                }
                let later = state.waiting.len().min(LARGEST_BATCH);
                let rest = state.waiting.split_off(later);
                mem::replace(&mut state.waiting, rest)
            };
            let mut keys: Vec<K> = Vec::with_capacity(batch.len());
            for (key, _) in &batch {
                if !keys.contains(key) {
                    keys.push(key.clone());
                }
            }
            let found = read(keys).await;
            for (key, answer) in batch {
                let told = match &found {
                    Ok(found) => Ok(found.get(&key).cloned()),
                    Err(error) => Err(copied(error)),
                };
                // Who asked may be gone.
                let _ = answer.send(told);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<K, V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
        let batches: Arc<Batches<u32, u32>> = Arc::default();
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
                        Ok(keys
                            .into_iter()
                            .filter(|key| key % 2 == 0)
                            .map(|key| (key, key * 10))
                            .collect())
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
        assert_eq!(batches.lock().readers, 0);
    }

    #[tokio::test]
    async fn a_failure_is_told_to_everybody_who_waited_and_the_next_question_is_asked_again() {
        let batches: Arc<Batches<u32, u32>> = Arc::default();
        let fails = |_: Vec<u32>| async { Err(Error::unavailable("The database does not answer.")) };
        let error = batches.ask(1, fails).await.unwrap_err();
        assert_eq!(error.public(), "The database does not answer.");
        let works = |keys: Vec<u32>| async { Ok(keys.into_iter().map(|key| (key, key)).collect()) };
        assert_eq!(batches.ask(1, works).await.unwrap(), Some(1));
    }
}
