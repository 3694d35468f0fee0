use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::oneshot;

use crate::Timestamp;

/// Time as a capability: what moment it is, and waiting for one.
#[async_trait]
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Returns when `moment` has come; at once when it is past.
    async fn sleep_until(&self, moment: Timestamp);

    /// Returns after `duration`.
    async fn sleep(&self, duration: Duration) {
        self.sleep_until(self.now().plus(duration)).await;
    }
}

/// A clock that can be handed around.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        let since_epoch = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that waits on the machine's clock"
    )]
    async fn sleep_until(&self, moment: Timestamp) {
        tokio::time::sleep(moment.since(self.now())).await;
    }
}

/// A clock for tests and simulations: it stands still until somebody moves it, forward only, and wakes
/// sleepers in the order in which they fall due.
#[derive(Clone, Debug)]
pub struct ManualClock {
    state: Arc<Mutex<ManualState>>,
}

#[derive(Debug)]
struct ManualState {
    now: Timestamp,
    next_sleeper: u64,
    sleepers: BTreeMap<(Timestamp, u64), oneshot::Sender<()>>,
}

impl ManualClock {
    /// A clock that shows `now`.
    pub fn at(now: Timestamp) -> Self {
        let state = ManualState {
            now,
            next_sleeper: 0,
            sleepers: BTreeMap::new(),
        };
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// Moves the clock forward by `duration`, waking who falls due on the way, in order.
    pub async fn advance(&self, duration: Duration) {
        let target = self.now().plus(duration);
        while let Some((due, sleeper)) = self.take_sleeper_due_by(target) {
            self.show(due);
            // A sleeper that was dropped needs no wake-up.
            let _ = sleeper.send(());
            tokio::task::yield_now().await;
        }
        self.show(target);
    }

    /// How many tasks wait on this clock; a test waits for this instead of for a duration.
    pub fn sleepers(&self) -> usize {
        let mut state = self.lock();
        state.sleepers.retain(|_, sleeper| !sleeper.is_closed());
        state.sleepers.len()
    }

    fn take_sleeper_due_by(&self, target: Timestamp) -> Option<(Timestamp, oneshot::Sender<()>)> {
        let mut state = self.lock();
        let first = *state.sleepers.keys().next()?;
        if first.0 > target {
            return None;
        }
        state.sleepers.remove(&first).map(|sleeper| (first.0, sleeper))
    }

    fn show(&self, moment: Timestamp) {
        let mut state = self.lock();
        state.now = state.now.max(moment);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, ManualState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.lock().now
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let woken = {
            let mut state = self.lock();
            if state.now >= moment {
                return;
            }
            let (wake, woken) = oneshot::channel();
            let key = (moment, state.next_sleeper);
            state.next_sleeper += 1;
            state.sleepers.insert(key, wake);
            woken
        };
        // The sender lives in the clock; if the clock is gone nobody can wake us and nobody waits for it.
        let _ = woken.await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sleepers_wake_in_order_and_see_their_own_moment() {
        let clock = ManualClock::at(Timestamp::from_millis(0));
        let seen = Arc::new(Mutex::new(Vec::new()));
        for seconds in [30_u64, 10, 20] {
            let (clock, seen) = (clock.clone(), Arc::clone(&seen));
            tokio::spawn(async move {
                clock.sleep(Duration::from_secs(seconds)).await;
                seen.lock().unwrap().push((seconds, clock.now().as_millis()));
            });
        }
        while clock.sleepers() < 3 {
            tokio::task::yield_now().await;
        }
        clock.advance(Duration::from_secs(25)).await;
        while seen.lock().unwrap().len() < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(*seen.lock().unwrap(), vec![(10, 10_000), (20, 20_000)]);
        assert_eq!(clock.sleepers(), 1);
        assert_eq!(clock.now().as_millis(), 25_000);
    }
}
