//! Telephone numbers: blocks that hand out each number once.

use std::fmt;

/// A telephone number in E.164, written with its leading `+`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeedNumber(u64);

impl SeedNumber {
    pub(super) const fn new(digits: u64) -> Self {
        Self(digits)
    }
}

impl fmt::Display for SeedNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "+{}", self.0)
    }
}

/// A run of consecutive numbers, as a carrier assigns it to a site or to a mobile contract.
pub(super) struct NumberBlock {
    first: u64,
    size: u64,
    taken: u64,
    step: u64,
}

/// Prime, and no block has a size that is a multiple of it: steps of this width visit each number once.
const SCATTERED_STEP: u64 = 7919;

impl NumberBlock {
    /// Numbers are handed out in order, as direct-dial numbers of a site are.
    pub(super) const fn in_order(first: u64, size: u64) -> Self {
        Self {
            first,
            size,
            taken: 0,
            step: 1,
        }
    }

    /// Numbers are handed out in a mixed order, as nobody's mobile number follows a colleague's.
    pub(super) const fn scattered(first: u64, size: u64) -> Self {
        Self {
            first,
            size,
            taken: 0,
            step: SCATTERED_STEP,
        }
    }

    /// The next number that nobody has, or nothing when the block is used up.
    pub(super) fn take(&mut self) -> Option<SeedNumber> {
        if self.taken == self.size {
            return None;
        }
        let position = (self.taken * self.step) % self.size;
        self.taken += 1;
        Some(SeedNumber::new(self.first + position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_block_gives_each_of_its_numbers_once_and_then_none() {
        for size in [1, 20, 99, 100, 1_000, 2_000, 20_000, 80_000] {
            for mut block in [
                NumberBlock::in_order(12_125_550_000, size),
                NumberBlock::scattered(12_125_550_000, size),
            ] {
                let numbers: HashSet<SeedNumber> = std::iter::from_fn(|| block.take()).collect();
                assert_eq!(numbers.len() as u64, size);
                assert!(
                    numbers
                        .iter()
                        .all(|number| { number.0 >= 12_125_550_000 && number.0 < 12_125_550_000 + size })
                );
                assert_eq!(block.take(), None);
            }
        }
    }

    #[test]
    fn a_number_is_written_with_its_plus() {
        assert_eq!(SeedNumber::new(16_175_550_101).to_string(), "+16175550101");
    }
}
