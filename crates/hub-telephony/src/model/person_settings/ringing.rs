use std::collections::BTreeMap;

use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::rights::{self, Rights};
use super::{Setting, Subject};

/// How alternate numbers ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Ringing {
    /// Whether the number that was called can be heard.
    pub(crate) distinctive_ring_enabled: bool,
    /// By number.
    pub(crate) ring_patterns: BTreeMap<String, RingPattern>,
}

impl Default for Ringing {
    fn default() -> Self {
        Self {
            distinctive_ring_enabled: true,
            ring_patterns: BTreeMap::new(),
        }
    }
}

/// Long and short rings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RingPattern {
    #[default]
    Normal,
    LongLong,
    ShortShortLong,
    ShortLongShort,
}

/// What becomes of an alternate number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AlternateAction {
    Add,
    Delete,
}

/// One line of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AlternateChange {
    pub(crate) action: AlternateAction,
    /// E.164.
    pub(crate) number: String,
    pub(crate) pattern: Option<RingPattern>,
}

/// The directory keeps two.
const MOST_ALTERNATES: usize = 2;

impl Ringing {
    /// Applies the lines to the alternate numbers and to how they ring.
    pub(crate) fn apply(
        &mut self,
        alternates: &mut Vec<String>,
        changes: Vec<AlternateChange>,
    ) -> Result<()> {
        for AlternateChange {
            action,
            number,
            pattern,
        } in changes
        {
            let position = alternates.iter().position(|present| *present == number);
            match (action, position) {
                (AlternateAction::Add, None) => alternates.push(number.clone()),
                // The way to change how a number rings.
                (AlternateAction::Add, Some(_)) if pattern.is_some() => {}
                (AlternateAction::Add, Some(_)) => {
                    return Err(Error::invalid(format!(
                        "phoneNumbers: {number} is an alternate number of this person already."
                    )));
                }
                (AlternateAction::Delete, Some(position)) => {
                    alternates.remove(position);
                    self.ring_patterns.remove(&number);
                    continue;
                }
                (AlternateAction::Delete, None) => {
                    return Err(Error::invalid(format!(
                        "phoneNumbers: {number} is no alternate number of this person."
                    )));
                }
            }
            if let Some(pattern) = pattern {
                self.ring_patterns.insert(number, pattern);
            }
        }
        if alternates.len() > MOST_ALTERNATES {
            return Err(Error::invalid(format!(
                "phoneNumbers: a person has at most {MOST_ALTERNATES} alternate numbers here. Delete one first."
            )));
        }
        Ok(())
    }
}

impl Setting for Ringing {
    const NAME: &'static str = "numbers";
    const READ: Rights = rights::ADMIN_READ;
    const WRITE: Rights = rights::NUMBERS_WRITE;

    fn settled(self, _subject: &Subject) -> Result<Self> {
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(action: AlternateAction, number: &str, pattern: Option<RingPattern>) -> AlternateChange {
        AlternateChange {
            action,
            number: number.to_owned(),
            pattern,
        }
    }

    #[test]
    fn lines_apply_in_their_order() {
        use AlternateAction::{Add, Delete};
        let (mut ringing, mut held) = (
            Ringing::default(),
            vec!["+16175550121".to_owned(), "+16175550122".to_owned()],
        );
        ringing
            .apply(
                &mut held,
                vec![
                    line(Delete, "+16175550121", None),
                    line(Add, "+16175550123", Some(RingPattern::LongLong)),
                    line(Add, "+16175550122", Some(RingPattern::ShortShortLong)),
                ],
            )
            .unwrap();
        assert_eq!(held, ["+16175550122", "+16175550123"]);
        assert_eq!(ringing.ring_patterns.len(), 2);
        ringing
            .apply(&mut held, vec![line(Delete, "+16175550123", None)])
            .unwrap();
        assert_eq!(
            ringing.ring_patterns.get("+16175550122"),
            Some(&RingPattern::ShortShortLong)
        );
        assert_eq!(ringing.ring_patterns.len(), 1);
    }
}
