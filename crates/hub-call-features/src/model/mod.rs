//! Settings and their rules: pure, no I/O.

pub(crate) mod agent;
pub(crate) mod attendant;
pub(crate) mod attendant_menu;
pub(crate) mod dialable;
pub(crate) mod fields;
pub(crate) mod forwarding;
pub(crate) mod group;
pub(crate) mod hunt_group;
pub(crate) mod lines;
pub(crate) mod profile;
pub(crate) mod queue;
pub(crate) mod queue_messages;
pub(crate) mod queue_policies;
pub(crate) mod schedule;
pub(crate) mod schedule_event;
pub(crate) mod words;
