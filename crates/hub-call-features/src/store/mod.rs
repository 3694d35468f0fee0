//! The SQL of this slice.

pub(crate) mod agents;
mod attendant_rows;
pub(crate) mod attendants;
pub(crate) mod forwarding;
pub(crate) mod groups;
pub(crate) mod migrations;
pub(crate) mod queue_defaults;
mod schedule_rows;
pub(crate) mod schedules;
