//! A run from its start to its end, and the reconciler that starts runs by itself.

mod apply;
mod execute;
mod fetch;
mod intake;
mod reconcile;
mod seen;
mod start;

use std::time::Duration;

pub(crate) use seen::Seen;
pub use start::{Started, SynchOptions};

/// A run that says nothing for so long has lost its program; the next one takes over.
pub(crate) const LEASE: Duration = Duration::from_secs(120);

/// How often a run that waits for Webex says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);
