use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use kit::{Error, SharedClock, Timestamp};

/// So many requests in any stretch of time of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How many.
    pub requests: NonZeroU32,
    /// In how long.
    pub window: Duration,
}

impl Quota {
    /// `requests` in `seconds`; at least one in at least one second.
    pub const fn per_seconds(requests: u32, seconds: u64) -> Self {
        let requests = match NonZeroU32::new(requests) {
            Some(requests) => requests,
            None => NonZeroU32::MIN,
        };
        let seconds = if seconds == 0 { 1 } else { seconds };
        Self {
            requests,
            window: Duration::from_secs(seconds),
        }
    }
}

/// As configuration writes it: `300/60s`.
impl fmt::Display for Quota {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}s", self.requests, self.window.as_secs())
    }
}

/// How much one quota may ask of the memory, and how long an operator may make people wait.
const MOST_REQUESTS: u32 = 100_000;
const LONGEST_WINDOW: u64 = 24 * 3600;

impl FromStr for Quota {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts = text
            .trim()
            .strip_suffix('s')
            .and_then(|text| text.split_once('/'));
        let numbers = parts.and_then(|(requests, seconds)| {
            Some((
                requests.trim().parse::<u32>().ok()?,
                seconds.trim().parse::<u64>().ok()?,
            ))
        });
        match numbers {
            Some((requests @ 1..=MOST_REQUESTS, seconds @ 1..=LONGEST_WINDOW)) => {
                Ok(Self::per_seconds(requests, seconds))
            }
            _ => Err(Error::invalid(format!(
                "“{text}” is not a limit; write requests and seconds like 300/60s (at most {MOST_REQUESTS} requests, at most {LONGEST_WINDOW} seconds)."
            ))),
        }
    }
}

/// Counts requests by key and refuses those above a quota.
///
/// It remembers the moments of the last requests of each key (a sliding window), so the promise is exact: no stretch of
/// the quota's length ever holds more requests than the quota, and who waits as long as they are told is served. The
/// leaky bucket of the usual crates lets nearly twice as many through after a pause, and halving its rate would refuse
/// clients that keep to the quota.
///
/// Memory is bounded: keys that have not been seen for a window are forgotten when room is needed, then the one that
/// has been silent for longest.
pub struct RateLimiter<K> {
    quota: Quota,
    clock: SharedClock,
    most_keys: usize,
    requests: Mutex<HashMap<K, VecDeque<Timestamp>>>,
}

/// How many keys one limiter remembers.
const MOST_KEYS: usize = 4096;

impl<K: Eq + Hash + Clone> RateLimiter<K> {
    /// A limiter that has seen nobody yet.
    pub fn new(quota: Quota, clock: SharedClock) -> Self {
        Self {
            quota,
            clock,
            most_keys: MOST_KEYS,
            requests: Mutex::default(),
        }
    }

    /// The same with room for this many keys.
    #[must_use]
    pub fn remembering(mut self, most_keys: NonZeroU32) -> Self {
        self.most_keys = usize::try_from(most_keys.get()).unwrap_or(MOST_KEYS);
        self
    }

    /// What it allows.
    pub fn quota(&self) -> Quota {
        self.quota
    }

    /// How many keys it remembers now.
    pub fn keys(&self) -> usize {
        self.lock().len()
    }

    /// Counts a request of this key, or says how long to wait; a refused request does not count.
    pub fn take(&self, key: &K) -> Result<(), Duration> {
        let mut requests = self.lock();
        // Read under the lock, so that the moments of a key stand in order.
        let now = self.clock.now();
        if !requests.contains_key(key) && requests.len() >= self.most_keys {
            self.make_room(&mut requests, now);
        }
        let moments = requests.entry(key.clone()).or_default();
        moments.retain(|moment| self.counts(*moment, now));
        let allowed = usize::try_from(self.quota.requests.get()).unwrap_or(usize::MAX);
        match moments.front() {
            Some(oldest) if moments.len() >= allowed => Err(oldest.plus(self.quota.window).since(now)),
            _ => {
                moments.push_back(now);
                Ok(())
            }
        }
    }

    /// Whether a request of that moment is still within the window. One from the future was counted before somebody set
    /// the machine's clock back: it must not lock its key out for as long.
    fn counts(&self, moment: Timestamp, now: Timestamp) -> bool {
        moment <= now && now.since(moment) < self.quota.window
    }

    fn make_room(&self, requests: &mut HashMap<K, VecDeque<Timestamp>>, now: Timestamp) {
        requests.retain(|_, moments| moments.back().is_some_and(|last| self.counts(*last, now)));
        if requests.len() >= self.most_keys {
            let silent_for_longest = requests
                .iter()
                .min_by_key(|(_, moments)| moments.back().copied())
                .map(|(key, _)| key.clone());
            if let Some(key) = silent_for_longest {
                requests.remove(&key);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, VecDeque<Timestamp>>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K> fmt::Debug for RateLimiter<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RateLimiter")
            .field("quota", &self.quota.to_string())
            .finish_non_exhaustive()
    }
}
