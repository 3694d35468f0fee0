use hub_directory::{LocationId, OrganizationId, PersonId};
use kit::{Timestamp, Uuid};

/// What a job does with each of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Move,
    Delete,
    ChangeUsage,
}

impl Operation {
    pub(crate) const ALL: [Self; 3] = [Self::Move, Self::Delete, Self::ChangeUsage];

    /// The word on the wire, and in the table.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Move => "MOVE",
            Self::Delete => "DELETE",
            Self::ChangeUsage => "NUMBER_USAGE_CHANGE",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.word() == word)
    }
}

/// What became of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) instance: i64,
    pub(crate) person_id: PersonId,
    pub(crate) tracking_id: String,
    pub(crate) operation: Operation,
    pub(crate) source_location_id: Option<LocationId>,
    pub(crate) target_location_id: Option<LocationId>,
    pub(crate) created_at: Timestamp,
    pub(crate) total: i64,
    pub(crate) failed: i64,
}

/// Why nothing was done with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JobError {
    pub(crate) number: String,
    pub(crate) status: i64,
    pub(crate) sentence: String,
    pub(crate) location_id: LocationId,
}
