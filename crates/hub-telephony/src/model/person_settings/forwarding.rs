use kit::Result;
use serde::{Deserialize, Serialize};

use super::destination::{destination, most_rings, required, rings};
use super::rights::{self, Rights};
use super::{Setting, Subject};

/// Where calls go that the person does not take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CallForwarding {
    pub(crate) call_forwarding: Ways,
    /// When the person's phones are cut off from the network.
    pub(crate) business_continuity: Way,
}

/// The three cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Ways {
    pub(crate) always: Always,
    pub(crate) busy: Way,
    pub(crate) no_answer: NoAnswer,
}

/// One case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Way {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
    /// Whether the voicemail of an internal destination takes the call.
    pub(crate) destination_voicemail_enabled: bool,
}

/// Every call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Always {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
    /// A short tone tells of each call that was sent on.
    pub(crate) ring_reminder_enabled: bool,
    pub(crate) destination_voicemail_enabled: bool,
}

/// Calls that nobody takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct NoAnswer {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
    pub(crate) number_of_rings: i64,
    /// Told, never asked for.
    #[serde(skip_deserializing, default = "most_rings")]
    pub(crate) system_max_number_of_rings: i64,
    pub(crate) destination_voicemail_enabled: bool,
}

impl Default for NoAnswer {
    fn default() -> Self {
        Self {
            enabled: false,
            destination: None,
            number_of_rings: 3,
            system_max_number_of_rings: most_rings(),
            destination_voicemail_enabled: false,
        }
    }
}

impl Setting for CallForwarding {
    const NAME: &'static str = "callForwarding";
    const READ: Rights = rights::READ;
    const WRITE: Rights = rights::WRITE;

    fn settled(mut self, subject: &Subject) -> Result<Self> {
        let Ways {
            always,
            busy,
            no_answer,
        } = &mut self.call_forwarding;
        let continuity = &mut self.business_continuity;
        let ways = [
            ("callForwarding.always", always.enabled, &mut always.destination),
            ("callForwarding.busy", busy.enabled, &mut busy.destination),
            (
                "callForwarding.noAnswer",
                no_answer.enabled,
                &mut no_answer.destination,
            ),
            (
                "businessContinuity",
                continuity.enabled,
                &mut continuity.destination,
            ),
        ];
        for (way, enabled, place) in ways {
            let field = format!("{way}.destination");
            *place = destination(&field, place.take(), subject)?;
            if enabled {
                required(&field, place.as_deref())?;
            }
        }
        rings(
            "callForwarding.noAnswer.numberOfRings",
            no_answer.number_of_rings,
            2,
        )?;
        Ok(self)
    }
}
