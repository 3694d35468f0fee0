use std::time::Duration;

use kit::Timestamp;

use super::{Run, Stage};

/// A run that failed is tried again after this, or after the period where that is shorter.
const AFTER_FAILURE: Duration = Duration::from_secs(30 * 60);

/// When the next run is due by itself. `None` while one runs.
pub(crate) fn next_due(last: Option<&Run>, period: Duration, now: Timestamp) -> Option<Timestamp> {
    let Some(last) = last else {
        return Some(now);
    };
    match last.stage {
        Stage::Fetching | Stage::Applying => None,
        Stage::Succeeded { .. } | Stage::Refused { .. } => Some(last.started_at.plus(period)),
        Stage::Failed { finished_at, .. } => Some(finished_at.plus(period.min(AFTER_FAILURE))),
        Stage::Interrupted { finished_at } => Some(finished_at),
    }
}
