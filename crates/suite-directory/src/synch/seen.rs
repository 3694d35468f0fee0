use std::collections::HashSet;

use aws_lc_rs::digest;
use kit::Uuid;

/// Everybody whom a run was answered: 16 bytes for each of them, so that a hundred thousand take a few megabytes, and
/// nothing is written for who did not change.
#[derive(Debug, Default)]
pub(crate) struct Seen(HashSet<u128>);

impl Seen {
    /// Says whether the person is here for the first time.
    pub(crate) fn insert(&mut self, id: &str) -> bool {
        self.0.insert(key(id))
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        self.0.contains(&key(id))
    }
}

/// A UUID is its own key; of whatever else the platform may use, half of its SHA-256.
fn key(id: &str) -> u128 {
    if let Ok(uuid) = Uuid::parse_str(id) {
        return uuid.as_u128();
    }
    let digest = digest::digest(&digest::SHA256, id.as_bytes());
    digest
        .as_ref()
        .iter()
        .take(16)
        .fold(0, |key, byte| key << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn everybody_is_seen_once_whatever_their_id_looks_like() {
        let mut seen = Seen::default();
        for id in [
            "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "somebody",
            "somebody else",
        ] {
            assert!(!seen.contains(id));
            assert!(seen.insert(id));
            assert!(!seen.insert(id));
            assert!(seen.contains(id));
        }
    }
}
