use std::collections::BTreeSet;

use hub_directory::PersonId;

use super::Rule;

/// Who may use an integration. Closed under everything that is done with it, so that no decision needs a special case.
///
/// The wire and the database write it as an action with a list of people: to allow with a list means only they, to deny
/// with a list means all but they, and an empty list means everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// These people and nobody else.
    Only(BTreeSet<PersonId>),
    /// Everybody but these people.
    AllBut(BTreeSet<PersonId>),
}

impl Default for Audience {
    /// An organization that never decided allows everything.
    fn default() -> Self {
        Self::everybody()
    }
}

impl From<Rule> for Audience {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Allow => Self::everybody(),
            Rule::Block => Self::nobody(),
        }
    }
}

impl Audience {
    /// Everybody.
    pub const fn everybody() -> Self {
        Self::AllBut(BTreeSet::new())
    }

    /// Nobody.
    pub const fn nobody() -> Self {
        Self::Only(BTreeSet::new())
    }

    /// What an action with a list of people says. An empty list is everybody.
    pub fn of(rule: Rule, people: BTreeSet<PersonId>) -> Self {
        match rule {
            _ if people.is_empty() => Self::from(rule),
            Rule::Allow => Self::Only(people),
            Rule::Block => Self::AllBut(people),
        }
    }

    /// The action and the list that say it.
    pub fn written(&self) -> (Rule, &BTreeSet<PersonId>) {
        match self {
            Self::Only(people) if people.is_empty() => (Rule::Block, people),
            Self::AllBut(people) if people.is_empty() => (Rule::Allow, people),
            Self::Only(people) => (Rule::Allow, people),
            Self::AllBut(people) => (Rule::Block, people),
        }
    }

    /// The people whom it names, one way or the other.
    pub const fn named(&self) -> &BTreeSet<PersonId> {
        match self {
            Self::Only(people) | Self::AllBut(people) => people,
        }
    }

    /// Whether this person belongs to it.
    pub fn permits(&self, person: PersonId) -> bool {
        match self {
            Self::Only(people) => people.contains(&person),
            Self::AllBut(people) => !people.contains(&person),
        }
    }

    /// Whether nobody belongs to it.
    pub fn is_nobody(&self) -> bool {
        *self == Self::nobody()
    }

    /// Whether everybody belongs to it.
    pub fn is_everybody(&self) -> bool {
        *self == Self::everybody()
    }

    /// The same, and this person.
    #[must_use]
    pub fn with(mut self, person: PersonId) -> Self {
        match &mut self {
            Self::Only(people) => people.insert(person),
            Self::AllBut(people) => people.remove(&person),
        };
        self
    }

    /// The same without this person. Whoever was the only one leaves nobody behind, and not everybody.
    #[must_use]
    pub fn without(mut self, person: PersonId) -> Self {
        match &mut self {
            Self::Only(people) => people.remove(&person),
            Self::AllBut(people) => people.insert(person),
        };
        self
    }

    /// Those who belong to this one and not to `other`: whom a change from this one to the other shuts out.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Only(ours), Self::Only(theirs)) => Self::Only(ours - theirs),
            (Self::Only(ours), Self::AllBut(missing)) => Self::Only(ours & missing),
            (Self::AllBut(missing), Self::Only(theirs)) => Self::AllBut(missing | theirs),
            (Self::AllBut(ours), Self::AllBut(theirs)) => Self::Only(theirs - ours),
        }
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
        (any::<bool>(), prop::collection::btree_set(0u128..6, 0..5)).prop_map(|(only, people)| {
            let people = people.into_iter().map(person).collect();
            if only {
                Audience::Only(people)
            } else {
                Audience::AllBut(people)
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(audience in an_audience()) {
            let (rule, people) = audience.written();
            prop_assert_eq!(Audience::of(rule, people.clone()), audience);
        }

        #[test]
        fn a_difference_holds_exactly_those_who_lose(before in an_audience(), after in an_audience(), number in 0u128..8) {
            let who = person(number);
            prop_assert_eq!(before.minus(&after).permits(who), before.permits(who) && !after.permits(who));
            prop_assert_eq!(before.minus(&after).is_nobody() && after.minus(&before).is_nobody(), before == after);
        }

        #[test]
        fn with_and_without_touch_one_person(audience in an_audience(), number in 0u128..8, other in 0u128..8) {
            let (who, other) = (person(number), person(other));
            prop_assert!(audience.clone().with(who).permits(who));
            prop_assert!(!audience.clone().without(who).permits(who));
            if who != other {
                prop_assert_eq!(audience.clone().with(who).permits(other), audience.permits(other));
                prop_assert_eq!(audience.clone().without(who).permits(other), audience.permits(other));
            }
        }
    }

    #[test]
    fn an_action_with_a_list_means_what_the_public_api_says() {
        let ada = BTreeSet::from([person(1)]);
        assert!(Audience::of(Rule::Allow, ada.clone()).permits(person(1)));
        assert!(!Audience::of(Rule::Allow, ada.clone()).permits(person(2)));
        assert!(!Audience::of(Rule::Block, ada.clone()).permits(person(1)));
        assert!(Audience::of(Rule::Block, ada).permits(person(2)));
        assert!(Audience::of(Rule::Allow, BTreeSet::new()).is_everybody());
        assert!(Audience::of(Rule::Block, BTreeSet::new()).is_nobody());
    }

    #[test]
    fn the_last_of_those_who_are_allowed_leaves_nobody_behind() {
        let only_ada = Audience::Only(BTreeSet::from([person(1)]));
        assert!(only_ada.without(person(1)).is_nobody());
    }
}
