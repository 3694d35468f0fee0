//! Chance that can be repeated: every decision of the generator comes from here.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use uuid::Uuid;

/// A stream of decisions that is fully given by a seed number and a label.
///
/// Different labels of one seed give independent streams, so that a new decision in one part
/// (say, another presence) does not change what another part (say, the ids) draws. The arithmetic
/// that turns random bits into decisions is written here and not taken from a library of
/// distributions: their results may change between releases, and a seeded organization must not.
pub(super) struct Dice {
    bits: ChaCha8Rng,
}

impl Dice {
    pub(super) fn new(seed: u64, label: &str) -> Self {
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        for (position, byte) in label.bytes().enumerate() {
            // Labels are at most 24 bytes long, so each byte has a place of its own; a longer one wraps.
            key[8 + position % 24] ^= byte;
        }
        Self {
            bits: ChaCha8Rng::from_seed(key),
        }
    }

    /// A number from 0 to `bound - 1`; 0 for a bound of 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        // A multiplication instead of a remainder: no division, and a bias below 2^-32 for our bounds.
        let high = u64::from(self.bits.next_u32()) * (bound as u64);
        (high >> 32) as usize
    }

    /// A number of milliseconds from 0 to `bound - 1`; 0 for a bound that is not positive.
    pub(super) fn milliseconds_below(&mut self, bound: i64) -> i64 {
        let wide = u128::from(self.bits.next_u64()) * u128::from(bound.max(0).unsigned_abs());
        i64::try_from(wide >> 64).unwrap_or(0)
    }

    /// True in so many of a thousand cases.
    pub(super) fn per_mille(&mut self, cases: usize) -> bool {
        self.below(1000) < cases
    }

    /// One of the entries, or nothing of an empty list.
    pub(super) fn pick<'a, T>(&mut self, entries: &'a [T]) -> Option<&'a T> {
        entries.get(self.below(entries.len()))
    }

    /// The index of one of the weights, chosen in proportion to them.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = usize> + Clone) -> usize {
        let mut rest = self.below(weights.clone().sum());
        for (index, weight) in weights.enumerate() {
            if rest < weight {
                return index;
            }
            rest -= weight;
        }
        0
    }

    /// A well-formed random UUID (version 4, RFC 9562 variant).
    pub(super) fn uuid(&mut self) -> Uuid {
        let mut bytes = [0_u8; 16];
        self.bits.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}
