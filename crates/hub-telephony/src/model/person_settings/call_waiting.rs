use kit::Result;
use serde::{Deserialize, Serialize};

use super::rights::{self, Rights};
use super::{Setting, Subject};

/// Whether a second call makes itself heard during the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct CallWaiting {
    pub(crate) enabled: bool,
}

impl Default for CallWaiting {
    fn default() -> Self {
        Self { enabled: true }
    }
}

impl Setting for CallWaiting {
    const NAME: &'static str = "callWaiting";
    const READ: Rights = rights::ADMIN_READ;
    const WRITE: Rights = rights::ADMIN_WRITE;

    fn settled(self, _subject: &Subject) -> Result<Self> {
        Ok(self)
    }
}
