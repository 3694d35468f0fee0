use std::collections::HashMap;

use hub_directory::PersonId;
use kit::Result;

use crate::Identity;
use crate::store::epochs;

/// Two numbers that only grow. Whatever acts for a person keeps the numbers of its birth: it is dead when
/// `everything` has moved (password, deactivation, deletion), or when it holds an administrator's scope and
/// `administrative` has moved (loss of the Full Admin role). Nothing moves them back, so nothing is resurrected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Epochs {
    /// Moves when everything that the person gave or holds must die.
    pub everything: i64,
    /// Moves when what rests on being a Full Admin must die.
    pub administrative: i64,
}

impl Epochs {
    /// Whether something that was born at `self`, administrative or not, is alive at `now`.
    pub fn still_hold(self, now: Self, is_administrative: bool) -> bool {
        self.everything == now.everything && (!is_administrative || self.administrative == now.administrative)
    }
}

impl Identity {
    /// The numbers of a person at this moment.
    pub async fn epochs(&self, person: PersonId) -> Result<Epochs> {
        epochs::read(self.database(), person).await
    }

    /// The numbers of many people; who is not in the answer has the first ones.
    pub async fn epochs_of(&self, people: &[PersonId]) -> Result<HashMap<PersonId, Epochs>> {
        epochs::read_many(self.database(), people).await
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_died_never_lives_again(moves in prop::collection::vec(any::<bool>(), 1..30), administrative in any::<bool>()) {
            let birth = Epochs::default();
            let mut now = birth;
            let mut dead = false;
            for everything in moves {
                if everything { now.everything += 1 } else { now.administrative += 1 }
                dead |= everything || administrative;
                prop_assert_eq!(birth.still_hold(now, administrative), !dead);
            }
        }
    }
}
