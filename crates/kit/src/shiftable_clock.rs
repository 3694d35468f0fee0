use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Notify, oneshot, watch};
use tokio::task;

use crate::{Clock, SharedClock, SystemClock, Timestamp};

/// How long, on the machine's clock, an advance waits for those whom it woke: a task that hangs must not hang the clock.
const PATIENCE: Duration = Duration::from_secs(5);

/// A clock that can be moved, forward only: the machine's clock and an offset, or a moment that stands still until somebody
/// moves it.
///
/// An advance runs what falls due on the way, in order: it goes to the next moment for which somebody sleeps, wakes them, and
/// goes on once they are asleep again.
#[derive(Clone)]
pub struct ShiftableClock(Arc<Inner>);

struct Inner {
    base: Base,
    state: Mutex<State>,
    /// Tells sleepers that the offset is another one.
    shifted: watch::Sender<()>,
    /// Tells an advance that somebody is asleep again.
    settled: Notify,
    /// One advance at a time.
    turn: tokio::sync::Mutex<()>,
}

enum Base {
    Flowing(SharedClock),
    Frozen(Timestamp),
}

#[derive(Default)]
struct State {
    offset: Duration,
    /// The latest moment that was shown: the clock never goes back, even where its base does.
    shown: Option<Timestamp>,
    is_moving: bool,
    next_sleeper: u64,
    sleepers: BTreeMap<(Timestamp, u64), Sleeper>,
    /// Tasks that an advance woke and that are not asleep again.
    awake: HashSet<task::Id>,
    woken_at: HashMap<task::Id, Timestamp>,
}

struct Sleeper {
    wake: oneshot::Sender<()>,
    task: Option<task::Id>,
}

/// How an advance treats those who fall due again and again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Wakes a task no more often than this, however often it falls due: who looks every minute need not look two million times
    /// in five years. Like on a machine that slept, such a task wakes late, never early. Zero wakes each every time.
    pub at_most_every: Duration,
}

/// What an advance did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The moment before.
    pub from: Timestamp,
    /// The moment after.
    pub to: Timestamp,
    /// How many sleepers woke on the way.
    pub woken: u64,
    /// How many of them were not asleep again after a while; the clock went on without waiting for them.
    pub unfinished: u64,
}

impl ShiftableClock {
    /// The machine's clock, not moved yet.
    pub fn over_the_machine() -> Self {
        Self::over(Arc::new(SystemClock))
    }

    /// Over another clock.
    pub fn over(base: SharedClock) -> Self {
        Self::new(Base::Flowing(base))
    }

    /// A clock that shows `moment` until it is moved.
    pub fn frozen_at(moment: Timestamp) -> Self {
        Self::new(Base::Frozen(moment))
    }

    fn new(base: Base) -> Self {
        Self(Arc::new(Inner {
            base,
            state: Mutex::default(),
            shifted: watch::Sender::new(()),
            settled: Notify::new(),
            turn: tokio::sync::Mutex::new(()),
        }))
    }

    /// By how much it is ahead of the clock below.
    pub fn offset(&self) -> Duration {
        self.lock().offset
    }

    /// Moves it ahead to at least this offset and wakes nobody on the way: how a start goes on where an earlier one was.
    pub fn begin_with(&self, offset: Duration) {
        let mut state = self.lock();
        state.offset = state.offset.max(offset);
        drop(state);
        self.0.shifted.send_replace(());
    }

    /// How many tasks wait on it.
    pub fn sleepers(&self) -> usize {
        let mut state = self.lock();
        state.forget_who_gave_up();
        state.sleepers.len()
    }

    /// The next moment for which somebody sleeps.
    pub fn next_due(&self) -> Option<Timestamp> {
        let mut state = self.lock();
        state.forget_who_gave_up();
        state.sleepers.keys().next().map(|(due, _)| *due)
    }

    /// Moves the clock forward by `duration`, running what falls due on the way.
    pub async fn advance(&self, duration: Duration) -> Moved {
        self.advance_to(self.now().plus(duration), Pace::default()).await
    }

    /// Moves the clock forward to `target`, running what falls due on the way; a moment that is past already moves nothing.
    pub async fn advance_to(&self, target: Timestamp, pace: Pace) -> Moved {
        let _turn = self.0.turn.lock().await;
        let moving = Moving::begin(self);
        let from = self.now();
        let (mut woken, mut unfinished) = (0, 0);
        while let Some((moment, sleeper)) = self.take_due_by(target, pace) {
            self.shift_to(moment);
            if self.wake(sleeper, moment) {
                woken += 1;
                unfinished += self.until_they_sleep().await;
            }
        }
        self.shift_to(target);
        drop(moving);
        Moved {
            from,
            to: self.now(),
            woken,
            unfinished,
        }
    }

    fn take_due_by(&self, target: Timestamp, pace: Pace) -> Option<(Timestamp, Sleeper)> {
        let mut state = self.lock();
        state.forget_who_gave_up();
        let (moment, key) = state
            .sleepers
            .iter()
            .map(|(key, sleeper)| (state.wakes_at(key.0, sleeper.task, pace), *key))
            .min()?;
        if moment > target {
            return None;
        }
        state.sleepers.remove(&key).map(|sleeper| (moment, sleeper))
    }

    fn shift_to(&self, moment: Timestamp) {
        let mut state = self.lock();
        let ahead = moment.since(self.base_now());
        state.offset = state.offset.max(ahead);
        drop(state);
        self.0.shifted.send_replace(());
    }

    /// Says whether there was anybody to wake.
    fn wake(&self, sleeper: Sleeper, at: Timestamp) -> bool {
        if let Some(task) = sleeper.task {
            let mut state = self.lock();
            state.awake.insert(task);
            state.woken_at.insert(task, at);
        }
        let woken = sleeper.wake.send(()).is_ok();
        if !woken && let Some(task) = sleeper.task {
            self.lock().awake.remove(&task);
        }
        woken
    }

    /// Waits until everybody whom this advance woke is asleep again; says for how many it did not wait any longer.
    async fn until_they_sleep(&self) -> u64 {
        let patience = SystemClock.sleep(PATIENCE);
        tokio::pin!(patience);
        // Whoever sleeps outside of a task leaves no trace; they get their turn.
        task::yield_now().await;
        loop {
            let settled = self.0.settled.notified();
            tokio::pin!(settled);
            settled.as_mut().enable();
            if self.lock().awake.is_empty() {
                return 0;
            }
            tokio::select! {
                () = settled => {}
                () = &mut patience => {
                    let mut state = self.lock();
                    let busy = u64::try_from(state.awake.len()).unwrap_or(u64::MAX);
                    state.awake.clear();
                    return busy;
                }
            }
        }
    }

    fn base_now(&self) -> Timestamp {
        match &self.0.base {
            Base::Flowing(clock) => clock.now(),
            Base::Frozen(moment) => *moment,
        }
    }

    /// Goes to sleep, unless the moment has come.
    fn lie_down(&self, moment: Timestamp) -> Option<Bed<'_>> {
        if self.now() >= moment {
            return None;
        }
        let (wake, woken) = oneshot::channel();
        let task = task::try_id();
        let mut state = self.lock();
        let key = (moment, state.next_sleeper);
        state.next_sleeper += 1;
        state.sleepers.insert(key, Sleeper { wake, task });
        if let Some(task) = task
            && state.awake.remove(&task)
        {
            self.0.settled.notify_waiters();
        }
        drop(state);
        Some(Bed {
            clock: self,
            key,
            woken,
        })
    }

    /// Waits until `moment` comes by itself; never while the clock is being moved, because then everybody wakes in turn.
    async fn comes_by_itself(&self, moment: Timestamp) {
        let mut shifted = self.0.shifted.subscribe();
        loop {
            let (offset, is_moving) = {
                let state = self.lock();
                (state.offset, state.is_moving)
            };
            let arrival = async {
                match &self.0.base {
                    Base::Flowing(clock) if !is_moving => clock.sleep_until(moment.minus(offset)).await,
                    Base::Frozen(now) if !is_moving && now.plus(offset) >= moment => {}
                    Base::Flowing(_) | Base::Frozen(_) => std::future::pending().await,
                }
            };
            tokio::select! {
                () = arrival => return,
                // The sender lives in the clock, which this borrows.
                _ = shifted.changed() => {}
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn wakes_at(&self, due: Timestamp, task: Option<task::Id>, pace: Pace) -> Timestamp {
        let woken_at = task.and_then(|task| self.woken_at.get(&task));
        woken_at.map_or(due, |before| due.max(before.plus(pace.at_most_every)))
    }

    fn forget_who_gave_up(&mut self) {
        self.sleepers.retain(|_, sleeper| !sleeper.wake.is_closed());
    }
}

/// Marks the clock as being moved; an advance that is given up in the middle ends it too.
struct Moving<'a>(&'a ShiftableClock);

impl<'a> Moving<'a> {
    fn begin(clock: &'a ShiftableClock) -> Self {
        clock.lock().is_moving = true;
        clock.0.shifted.send_replace(());
        Self(clock)
    }
}

impl Drop for Moving<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.is_moving = false;
        state.awake.clear();
        let asleep: HashSet<task::Id> = state
            .sleepers
            .values()
            .filter_map(|sleeper| sleeper.task)
            .collect();
        state.woken_at.retain(|task, _| asleep.contains(task));
        drop(state);
        self.0.0.shifted.send_replace(());
    }
}

/// Somebody's place among the sleepers, given up when they wake by other means or are dropped.
struct Bed<'a> {
    clock: &'a ShiftableClock,
    key: (Timestamp, u64),
    woken: oneshot::Receiver<()>,
}

impl Drop for Bed<'_> {
    fn drop(&mut self) {
        self.clock.lock().sleepers.remove(&self.key);
    }
}

#[async_trait]
impl Clock for ShiftableClock {
    fn now(&self) -> Timestamp {
        let base = self.base_now();
        let mut state = self.lock();
        let now = base.plus(state.offset);
        let now = state.shown.map_or(now, |shown| shown.max(now));
        state.shown = Some(now);
        now
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let Some(mut bed) = self.lie_down(moment) else {
            return;
        };
        tokio::select! {
            biased;
            // The sender lives in the clock, which this borrows.
            _ = &mut bed.woken => {}
            () = self.comes_by_itself(moment) => {}
        }
    }
}

impl fmt::Debug for ShiftableClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ShiftableClock")
            .field("offset", &self.offset())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
