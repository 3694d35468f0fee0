use std::time::Duration;

/// A wait as people say it, rounded up: “30 seconds”, “2 minutes”, “1 hour”.
pub fn in_words(wait: Duration) -> String {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let (count, unit) = match seconds {
        0..=90 => (seconds.max(1), "second"),
        91..=5400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_read_naturally() {
        let words = [0, 1, 30, 60, 91, 3600, 7000].map(|seconds| in_words(Duration::from_secs(seconds)));
        assert_eq!(
            words,
            [
                "1 second",
                "1 second",
                "30 seconds",
                "60 seconds",
                "2 minutes",
                "60 minutes",
                "2 hours"
            ]
        );
    }
}
