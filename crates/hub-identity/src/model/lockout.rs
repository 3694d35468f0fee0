use std::net::IpAddr;
use std::time::Duration;

use kit::Timestamp;

/// How many wrong passwords are answered before the first wait.
pub(crate) const FREE_TRIES: i64 = 5;
/// Tries that lie further back than this are forgotten.
pub(crate) const MEMORY: Duration = Duration::from_secs(24 * 3600);
const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// The wrong tries for one account from one source. Counted for the pair, so that nobody can lock an account out
/// from somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tries {
    pub(crate) count: i64,
    pub(crate) last_at: Timestamp,
    pub(crate) blocked_until: Timestamp,
}

/// What counts as one source: an address, and of IPv6 the 64 bits that a connection owns whole: whoever has one of its
/// addresses has them all, and must not get five tries on each.
pub(crate) fn source_key(source: &str) -> String {
    match source.parse() {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => source.to_owned(),
    }
}

/// Counts a try before its password is checked (so that many at once cannot all slip through), or says how long
/// to wait. A right password wipes the count.
pub(crate) fn count_a_try(before: Option<Tries>, now: Timestamp) -> Result<Tries, Duration> {
    let remembered = before.filter(|tries| now.since(tries.last_at) < MEMORY);
    if let Some(tries) = remembered
        && tries.blocked_until > now
    {
        return Err(tries.blocked_until.since(now));
    }
    let count = remembered.map_or(0, |tries| tries.count).saturating_add(1);
    Ok(Tries {
        count,
        last_at: now,
        blocked_until: now.plus(wait_after(count)),
    })
}

/// 30 seconds after the fifth wrong try, twice as long after each further one, an hour at the most.
fn wait_after(count: i64) -> Duration {
    if count < FREE_TRIES {
        return Duration::ZERO;
    }
    let doublings = u32::try_from(count - FREE_TRIES).unwrap_or(u32::MAX).min(16);
    FIRST_WAIT
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    #[test]
    fn five_tries_are_free_and_then_the_wait_doubles_up_to_an_hour() {
        let mut now = START;
        let mut tries = None;
        for _ in 0..FREE_TRIES {
            tries = Some(count_a_try(tries, now).unwrap());
        }
        let mut waits = Vec::new();
        for _ in 0..10 {
            let wait = count_a_try(tries, now).unwrap_err();
            waits.push(wait.as_secs());
            now = now.plus(wait);
            tries = Some(count_a_try(tries, now).unwrap());
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    }

    #[test]
    fn the_addresses_of_one_ipv6_network_are_one_source() {
        assert_eq!(
            source_key("2001:db8:1:2::5"),
            source_key("2001:db8:1:2:ffff:1:2:3")
        );
        assert_ne!(source_key("2001:db8:1:2::5"), source_key("2001:db8:1:3::5"));
        assert_eq!(source_key("192.0.2.1"), "192.0.2.1");
        assert_eq!(source_key("unknown"), "unknown");
    }

    #[test]
    fn a_day_without_tries_forgets_them() {
        let old = Tries {
            count: 40,
            last_at: START,
            blocked_until: START.plus(LONGEST_WAIT),
        };
        let tries = count_a_try(Some(old), START.plus(MEMORY)).unwrap();
        assert_eq!(tries.count, 1);
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_an_hour_and_nothing_overflows(count in 0..i64::MAX, elapsed in 0_u64..100_000) {
            let before = Tries { count, last_at: START, blocked_until: START };
            let now = START.plus(Duration::from_secs(elapsed));
            let tries = count_a_try(Some(before), now).unwrap();
            prop_assert!(tries.blocked_until.since(now) <= LONGEST_WAIT);
        }
    }
}
