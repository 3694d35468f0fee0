use hub_directory::Person;
use hub_numbers::Held;
use kit::{Error, Result};

/// Somebody who can be called: whose settings they are.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) person: Person,
    pub(crate) held: Held,
}

/// What Webex says of somebody without calling.
const NO_CALLING: i64 = 4410;

impl Subject {
    /// Refuses somebody who holds no number and no extension.
    pub(crate) fn new(person: Person, held: Option<Held>) -> Result<Self> {
        match held {
            Some(held) => Ok(Self { person, held }),
            None => Err(Error::not_found(format!(
                "{} has no calling, so there are no call settings. Give this person a calling licence, a location and a number or an extension first.",
                person.display_name
            ))
            .with_code(NO_CALLING)),
        }
    }

    /// Whether calls to this number come back to the same person.
    pub(crate) fn answers(&self, dialled: &str) -> bool {
        let held = &self.held;
        let own = [&held.number, &held.extension, &held.esn];
        own.into_iter()
            .flatten()
            .chain(&held.alternates)
            .any(|number| number == dialled)
    }
}
