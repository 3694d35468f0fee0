use std::collections::BTreeMap;

use hub_directory::PersonId;
use kit::{Error, Result, Timestamp};

use super::Audience;

/// What an organization decided about all integrations that it did not decide on one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// People may authorize it.
    #[default]
    Allow,
    /// Nobody may.
    Block,
}

impl Rule {
    /// The word that the database and the forms keep.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Block => "block",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Result<Self> {
        match word {
            "allow" => Ok(Self::Allow),
            "block" => Ok(Self::Block),
            _ => Err(Error::invalid("A policy is either allow or block.")),
        }
    }
}

/// What becomes of the authorizations that people gave before they were shut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// They end, for good: allowing the integration again does not bring them back.
    End,
    /// They live on; only new ones are refused.
    Spare,
}

/// What no rule overcomes, or what outlives a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Authorizations given until this moment are dead, whatever the rule.
    pub dead_until: Timestamp,
    /// Authorizations given until this moment live on while the rule refuses.
    pub spared_until: Timestamp,
}

impl Default for Bound {
    fn default() -> Self {
        let never = Timestamp::from_millis(i64::MIN);
        Self {
            dead_until: never,
            spared_until: never,
        }
    }
}

impl Bound {
    /// Whether an authorization that was given at `granted_at` still counts. One that was begun before somebody was shut
    /// out and finished afterwards is not spared.
    pub(crate) fn lets_live(&self, is_permitted: bool, granted_at: Timestamp) -> bool {
        granted_at > self.dead_until && (is_permitted || granted_at <= self.spared_until)
    }

    #[must_use]
    pub(crate) fn and(self, existing: Existing, now: Timestamp) -> Self {
        match existing {
            Existing::End => Self {
                dead_until: self.dead_until.max(now),
                ..self
            },
            Existing::Spare => Self {
                spared_until: self.spared_until.max(now),
                ..self
            },
        }
    }
}

/// Where one integration stands in one organization, for everybody there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Who may authorize it.
    pub audience: Audience,
    /// What counts for everybody without a bound of their own.
    pub bound: Bound,
    /// What counts for single people in its place.
    pub bounds: BTreeMap<PersonId, Bound>,
}

impl Standing {
    /// Whether an authorization that this person gave at `granted_at` still counts.
    pub fn lets_live(&self, person: PersonId, granted_at: Timestamp) -> bool {
        self.bounds
            .get(&person)
            .unwrap_or(&self.bound)
            .lets_live(self.audience.permits(person), granted_at)
    }

    /// What counts once `lost` are shut out at `now`: for everybody, and for single people in its place. Nothing changes
    /// for anybody else.
    pub(crate) fn shutting_out(
        self,
        lost: &Audience,
        existing: Existing,
        now: Timestamp,
    ) -> (Bound, BTreeMap<PersonId, Bound>) {
        let Self {
            audience: _,
            bound,
            mut bounds,
        } = self;
        let everybody = match lost {
            Audience::Only(people) => {
                for person in people {
                    let own = bounds.get(person).copied().unwrap_or(bound);
                    bounds.insert(*person, own.and(existing, now));
                }
                bound
            }
            Audience::AllBut(kept) => {
                for person in kept {
                    bounds.entry(*person).or_insert(bound);
                }
                for (person, own) in &mut bounds {
                    if !kept.contains(person) {
                        *own = own.and(existing, now);
                    }
                }
                bound.and(existing, now)
            }
        };
        bounds.retain(|_, own| *own != everybody);
        (everybody, bounds)
    }
}

#[cfg(test)]
mod tests {
    use kit::Uuid;
    use proptest::prelude::*;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId::new(Uuid::from_u128(number))
    }

    fn an_audience() -> impl Strategy<Value = Audience> {
        (any::<bool>(), prop::collection::btree_set(0u128..5, 0..4)).prop_map(|(only, people)| {
            let people = people.into_iter().map(person).collect();
            if only {
                Audience::Only(people)
            } else {
                Audience::AllBut(people)
            }
        })
    }

    proptest! {
        /// Against the plain model: every person has a bound of their own.
        #[test]
        fn bounds_of_changing_audiences_are_those_of_each_person(
            changes in prop::collection::vec((an_audience(), any::<bool>()), 1..8),
        ) {
            let mut standing = Standing::default();
            let mut plain = vec![Bound::default(); 7];
            for (minute, (next, ends)) in changes.into_iter().enumerate() {
                let now = at(i64::try_from(minute).unwrap() * 10);
                let existing = if ends { Existing::End } else { Existing::Spare };
                let lost = standing.audience.minus(&next);
                for (number, own) in (0u128..).zip(plain.iter_mut()) {
                    if lost.permits(person(number)) {
                        *own = own.and(existing, now);
                    }
                }
                let (bound, bounds) = standing.shutting_out(&lost, existing, now);
                standing = Standing { audience: next, bound, bounds };
                for (number, own) in (0u128..).zip(&plain) {
                    let who = person(number);
                    for granted in 0..80 {
                        prop_assert_eq!(
                            standing.lets_live(who, at(granted)),
                            own.lets_live(standing.audience.permits(who), at(granted)),
                        );
                    }
                }
            }
        }
    }

    const fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millis(milliseconds)
    }

    #[test]
    fn who_never_decided_allows_everything() {
        assert!(Bound::default().lets_live(true, at(0)));
        assert!(!Bound::default().lets_live(false, at(0)));
    }

    #[test]
    fn a_sparing_block_spares_what_was_before_it_and_nothing_after() {
        let bound = Bound::default().and(Existing::Spare, at(10));
        assert!(bound.lets_live(false, at(10)));
        assert!(!bound.lets_live(false, at(11)));
    }

    #[test]
    fn what_was_ended_stays_dead_when_the_integration_is_allowed_again() {
        let bound = Bound::default()
            .and(Existing::Spare, at(8))
            .and(Existing::End, at(10));
        assert!(!bound.lets_live(true, at(10)));
        assert!(bound.lets_live(true, at(11)));
        assert!(
            !bound.lets_live(false, at(7)),
            "what was spared once and ended later is dead"
        );
    }
}
