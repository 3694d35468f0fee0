//! How long a receiver that fails is tried again.

use std::time::Duration;

use kit::Timestamp;

/// One delivery is tried so often at the most.
pub(crate) const MOST_TRIES: i64 = 9;

/// A receiver that failed as often in a row is given up …
const MOST_FAILURES: i64 = 100;
/// … or one that failed all the time for so long, and more than a few times.
const LONGEST_FAILING: Duration = Duration::from_secs(24 * 3600);
const SOME_FAILURES: i64 = 5;

/// How long to wait after the failure with this number (1, 2, 3 …).
pub(crate) fn pause_after(failures: i64) -> Duration {
    const SECONDS: [u64; 8] = [5, 30, 120, 600, 1_800, 7_200, 21_600, 43_200];
    let at = usize::try_from(failures.saturating_sub(1)).unwrap_or_default();
    Duration::from_secs(SECONDS[at.min(SECONDS.len() - 1)])
}

/// Whether a receiver that has failed so often in a row, since then, is given up.
pub(crate) fn is_hopeless(failures: i64, failing_since: Timestamp, now: Timestamp) -> bool {
    failures >= MOST_FAILURES || (failures >= SOME_FAILURES && now.since(failing_since) >= LONGEST_FAILING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_a_day_of_failures_is_enough() {
        let pauses: Vec<_> = (1..12).map(pause_after).collect();
        assert!(pauses.is_sorted());
        let start = Timestamp::from_millis(0);
        let mut now = start;
        let mut failures = 0;
        while !is_hopeless(failures, start, now) {
            failures += 1;
            now = now.plus(pause_after(failures));
        }
        assert!(
            failures <= MOST_TRIES,
            "{failures} tries in {:?}",
            now.since(start)
        );
        assert!(is_hopeless(100, start, start.plus(Duration::from_secs(60))));
        assert!(!is_hopeless(4, start, start.plus(Duration::from_secs(999_999))));
    }
}
