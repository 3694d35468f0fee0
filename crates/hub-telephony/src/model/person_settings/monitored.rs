use hub_numbers::OwnerKind;
use kit::{Error, Result, Uuid};
use serde::{Deserialize, Serialize};
use webex::PublicId;

use super::destination::dialled;
use super::rights::{self, Rights};
use super::{Setting, Subject};
use crate::model::text::{one_line, quoted};
use crate::model::words::words;

/// What belongs to the list as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Monitoring {
    /// Whether a parked call makes itself heard.
    pub(crate) call_park_notification_enabled: bool,
}

impl Setting for Monitoring {
    const NAME: &'static str = "monitoring";
    const READ: Rights = rights::ADMIN_READ;
    const WRITE: Rights = rights::ADMIN_WRITE;

    fn settled(self, _subject: &Subject) -> Result<Self> {
        Ok(self)
    }
}

words! {
    /// As what it stands on the person's phone.
    MonitoredKind {
        /// A line that shows whether somebody is on a call.
        Member = "MEMBER",
        /// A key that dials.
        SpeedDial = "SPEED_DIAL",
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MonitoredElement {
    pub(crate) kind: MonitoredKind,
    /// Somebody or something with calling.
    pub(crate) target: Option<(OwnerKind, Uuid)>,
    /// Of a speed dial that leads out of the organization.
    pub(crate) phone_number: Option<String>,
    pub(crate) label: Option<String>,
}

/// How many lines there can be.
pub(crate) const MOST_MONITORED: usize = 50;

/// Who can be monitored.
pub(crate) const MONITORED: [OwnerKind; 3] =
    [OwnerKind::Person, OwnerKind::Workspace, OwnerKind::VirtualLine];

/// One line as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ElementDraft {
    /// `MEMBER` where it is missing.
    pub(crate) kind: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) phone_number: Option<String>,
    pub(crate) label: Option<String>,
}

impl ElementDraft {
    /// What the line says; whether its target exists is another question.
    pub(crate) fn read(self) -> Result<MonitoredElement> {
        let kind = match self.kind.as_deref() {
            None => MonitoredKind::Member,
            Some("CALL_PARK_EXTENSION") => {
                return Err(Error::invalid(
                    "monitoredElements: there are no call park extensions in this organization.",
                ));
            }
            Some(word) => MonitoredKind::parse("monitoredElements: type", word)?,
        };
        let label = one_line("monitoredElements: lineKeyLabel", self.label, MOST_LETTERS)?;
        let target = self.id.as_deref().map(target).transpose()?;
        let phone_number = match (kind, target) {
            (_, Some(_)) => None,
            (MonitoredKind::Member, None) => {
                return Err(Error::invalid("monitoredElements: a member is missing its id."));
            }
            (MonitoredKind::SpeedDial, None) => {
                let number = dialled("monitoredElements: phoneNumber", self.phone_number)?;
                Some(number.ok_or_else(|| {
                    Error::invalid("monitoredElements: a speed dial needs an id or a phoneNumber.")
                })?)
            }
        };
        Ok(MonitoredElement {
            kind,
            target,
            phone_number,
            label,
        })
    }
}

/// Whom the id names, by the kind that stands in it.
fn target(id: &str) -> Result<(OwnerKind, Uuid)> {
    let found = MONITORED
        .into_iter()
        .find_map(|kind| Some((kind, PublicId::parse_uuid(kind.resource(), id).ok()?)));
    found.ok_or_else(|| unknown(id))
}

/// The sentence for an id that leads nowhere.
pub(crate) fn unknown(id: &str) -> Error {
    Error::invalid(format!(
        "monitoredElements: {} is no person, workspace or virtual line with calling in this organization.",
        quoted(id)
    ))
}

/// Refuses a list that is too long, or that names somebody twice.
pub(crate) fn require_list(elements: &[MonitoredElement]) -> Result<()> {
    if elements.len() > MOST_MONITORED {
        return Err(Error::invalid(format!(
            "monitoredElements has {} elements; {MOST_MONITORED} are the most.",
            elements.len()
        )));
    }
    for (position, element) in elements.iter().enumerate() {
        let Some((kind, id)) = element.target else {
            continue;
        };
        let again = elements[..position]
            .iter()
            .any(|earlier| earlier.kind == element.kind && earlier.target == element.target);
        if again {
            return Err(Error::invalid(format!(
                "monitoredElements names {} twice.",
                kind.public_id(id)
            )));
        }
    }
    Ok(())
}

const MOST_LETTERS: usize = 50;
