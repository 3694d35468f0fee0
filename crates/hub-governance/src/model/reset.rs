use std::time::Duration;

use kit::{Timestamp, Uuid};

use super::{Audience, Rule};

/// For how long a reset can be undone.
pub(crate) const UNDO_LIFE: Duration = Duration::from_secs(30 * 24 * 3600);

/// A reset of an organization's exceptions, with what it deleted.
#[derive(Clone, Debug)]
pub struct Reset {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor_name: String,
    /// The policy at that moment.
    pub default: Rule,
    /// Which decision of the organization it was; what was decided later has a greater number.
    pub revision: i64,
    /// When and by whom it was undone.
    pub undone: Option<(Timestamp, String)>,
    /// The exceptions that it deleted, by client id.
    pub exceptions: Vec<(String, Audience)>,
}

impl Reset {
    /// Until when it can be undone.
    pub fn undoable_until(&self) -> Timestamp {
        self.at.plus(UNDO_LIFE)
    }

    /// Whether it can be undone now.
    pub fn is_undoable(&self, now: Timestamp) -> bool {
        self.undone.is_none() && now < self.undoable_until()
    }
}

/// What undoing a reset does with one integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restoration {
    /// The exception comes back.
    Restored,
    /// The policy says the same by now: there is nothing to bring back.
    SaysTheSame,
    /// Somebody decided about the integration since: the newer decision stays.
    DecidedSince,
    /// The integration does not exist any more.
    Gone,
}
