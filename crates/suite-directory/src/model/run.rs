use std::time::Duration;

use kit::Timestamp;
use suite_tenancy::CustomerId;

kit::typed_id! {
    /// A synchronization run.
    RunId
}

/// Why a run began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Somebody asked for it.
    Asked,
    /// Its time had come.
    Scheduled,
}

impl Trigger {
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Scheduled => "scheduled",
        }
    }
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reads page by page into staging.
    Fetching,
    /// Applies what was read, in one transaction.
    Applying,
    Succeeded {
        finished_at: Timestamp,
        changes: Changes,
    },
    /// The answer was not plausible; nothing was changed.
    Refused { finished_at: Timestamp, reason: String },
    /// Nothing was changed.
    Failed { finished_at: Timestamp, reason: String },
    /// The program stopped under it; nothing was changed.
    Interrupted { finished_at: Timestamp },
}

/// How many people a run changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: i64,
    pub changed: i64,
    pub returned: i64,
    pub left: i64,
    pub unchanged: i64,
}

impl Changes {
    /// Whether the directory is another one than before.
    pub const fn any(&self) -> bool {
        self.added + self.changed + self.returned + self.left > 0
    }
}

/// A synchronization of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    pub customer: CustomerId,
    /// 1, 2, 3 … for each customer.
    pub number: i64,
    pub trigger: Trigger,
    pub started_by: String,
    pub started_at: Timestamp,
    pub stage: Stage,
    pub pages: i64,
    pub people: i64,
    pub locations: i64,
    /// How many people were known when it began; nobody tells in advance how many there are now.
    pub known: i64,
}

impl Run {
    pub const fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Fetching | Stage::Applying)
    }

    pub const fn finished_at(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Fetching | Stage::Applying => None,
            Stage::Succeeded { finished_at, .. }
            | Stage::Refused { finished_at, .. }
            | Stage::Failed { finished_at, .. }
            | Stage::Interrupted { finished_at } => Some(finished_at),
        }
    }

    /// How long it took; for a running one, so far.
    pub fn duration(&self, now: Timestamp) -> Duration {
        self.finished_at().unwrap_or(now).since(self.started_at)
    }

    pub const fn changes(&self) -> Option<Changes> {
        match self.stage {
            Stage::Succeeded { changes, .. } => Some(changes),
            _ => None,
        }
    }
}

/// What a running synchronization is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressStage {
    Locations,
    People,
    Applying,
}

/// How far a running synchronization is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub stage: ProgressStage,
    pub people: u64,
    pub pages: u64,
    /// How many people the last run found; the true total is not known before the end.
    pub expected: Option<u64>,
}
