use kit::Result;
use serde::{Deserialize, Serialize};

use super::rights::{self, Rights};
use super::{Setting, Subject};

/// Whether every call finds the person busy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct DoNotDisturb {
    pub(crate) enabled: bool,
    /// A short tone tells of each call that came.
    pub(crate) ring_splash_enabled: bool,
    /// Mobile devices ring nevertheless.
    pub(crate) webex_go_override_enabled: bool,
}

impl Setting for DoNotDisturb {
    const NAME: &'static str = "doNotDisturb";
    const READ: Rights = rights::READ;
    const WRITE: Rights = rights::WRITE;

    fn settled(self, _subject: &Subject) -> Result<Self> {
        Ok(self)
    }
}
