//! What a rate limiter promises: never more than its quota in any window, and service to whoever waits as told.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use kit::{ManualClock, Timestamp};
use kit_web::{Quota, RateLimiter};
use proptest::prelude::*;

fn limiter(requests: u32, seconds: u64) -> (RateLimiter<&'static str>, ManualClock) {
    let clock = ManualClock::at(Timestamp::from_millis(1_000_000));
    let limiter = RateLimiter::new(Quota::per_seconds(requests, seconds), Arc::new(clock.clone()));
    (limiter, clock)
}

#[tokio::test]
async fn who_waits_as_told_is_served_and_not_a_moment_earlier() {
    let (limiter, clock) = limiter(2, 60);
    assert_eq!(limiter.take(&"a"), Ok(()));
    clock.advance(Duration::from_secs(10)).await;
    assert_eq!(limiter.take(&"a"), Ok(()));
    assert_eq!(limiter.take(&"a"), Err(Duration::from_secs(50)));
    assert_eq!(limiter.take(&"b"), Ok(()), "each key has its own quota");
    clock.advance(Duration::from_millis(49_999)).await;
    assert_eq!(limiter.take(&"a"), Err(Duration::from_millis(1)));
    clock.advance(Duration::from_millis(1)).await;
    assert_eq!(limiter.take(&"a"), Ok(()));
    assert_eq!(
        limiter.take(&"a"),
        Err(Duration::from_secs(10)),
        "the refused requests did not count, the served one did"
    );
}

#[tokio::test]
async fn memory_is_bounded_and_who_asks_all_the_time_is_not_forgotten() {
    let (limiter, clock) = limiter(1, 60);
    let limiter = limiter.remembering(NonZeroU32::new(2).unwrap());
    assert_eq!(limiter.take(&"a"), Ok(()));
    clock.advance(Duration::from_secs(1)).await;
    assert_eq!(limiter.take(&"b"), Ok(()));
    assert_eq!(limiter.take(&"c"), Ok(()));
    assert_eq!(limiter.keys(), 2, "a was silent for longest and went");
    assert!(limiter.take(&"b").is_err());
    clock.advance(Duration::from_secs(60)).await;
    assert_eq!(limiter.take(&"d"), Ok(()));
    assert_eq!(limiter.keys(), 1, "b and c have nothing left to remember");
}

#[test]
fn a_clock_that_was_set_back_locks_nobody_out() {
    let clock = Arc::new(Jumping(std::sync::Mutex::new(10_000_000)));
    let limiter = RateLimiter::new(Quota::per_seconds(1, 60), clock.clone());
    assert_eq!(limiter.take(&"a"), Ok(()));
    *clock.0.lock().unwrap() = 1_000_000;
    assert_eq!(limiter.take(&"a"), Ok(()));
    assert_eq!(limiter.take(&"a"), Err(Duration::from_secs(60)));
}

struct Jumping(std::sync::Mutex<i64>);

#[async_trait::async_trait]
impl kit::Clock for Jumping {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(*self.0.lock().unwrap())
    }

    async fn sleep_until(&self, _: Timestamp) {}
}

#[test]
fn simultaneous_requests_share_one_quota() {
    let (limiter, _clock) = limiter(50, 60);
    let served: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| (0..20).filter(|_| limiter.take(&"a").is_ok()).count()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(served, 50);
}

#[test]
fn a_quota_is_written_as_requests_and_seconds() {
    let quota: Quota = "300/60s".parse().unwrap();
    assert_eq!(quota, Quota::per_seconds(300, 60));
    assert_eq!(quota.to_string(), "300/60s");
    for wrong in [
        "",
        "300",
        "300/60",
        "0/60s",
        "1/0s",
        "-1/60s",
        "1/1m",
        "1000000/60s",
        "1/999999s",
    ] {
        let error = wrong.parse::<Quota>().unwrap_err();
        assert!(error.public().contains("300/60s"), "{wrong}: {error}");
    }
}

proptest! {
    /// Whatever the rhythm, no window holds more than the quota, and a refusal names the moment from which on the
    /// next request is served.
    #[test]
    fn no_window_ever_holds_more_than_the_quota(
        requests in 1_u32..8,
        seconds in 1_u64..20,
        pauses in proptest::collection::vec(0_u64..9_000, 1..200),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let window = i64::try_from(seconds * 1000).unwrap();
        let (limiter, clock) = limiter(requests, seconds);
        let mut served: Vec<i64> = Vec::new();
        for pause in pauses {
            runtime.block_on(kit::ManualClock::advance(&clock, Duration::from_millis(pause)));
            let now = kit::Clock::now(&clock).as_millis();
            let within = served.iter().filter(|moment| now - **moment < window).count();
            match limiter.take(&"a") {
                Ok(()) => served.push(now),
                Err(wait) => {
                    prop_assert_eq!(within, requests as usize, "refused below the quota");
                    prop_assert!(wait > Duration::ZERO && wait <= Duration::from_secs(seconds));
                    let leaves = served[served.len() - requests as usize] + window;
                    prop_assert_eq!(now + i64::try_from(wait.as_millis()).unwrap(), leaves);
                }
            }
        }
        for (index, start) in served.iter().enumerate() {
            let in_window = served[index..].iter().filter(|moment| **moment - start < window).count();
            prop_assert!(in_window <= requests as usize, "{} requests from {} on", in_window, start);
        }
    }
}
