//! The SQL of this slice.

pub(crate) mod agents;
pub(crate) mod attendant_rows;
pub(crate) mod attendants;
pub(crate) mod forwarding;
pub(crate) mod groups;
pub(crate) mod migrations;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod plans;
pub(crate) mod queue_defaults;
pub(crate) mod schedule_names;
mod schedule_rows;
pub(crate) mod schedules;
