//! The SQL of this slice. Nobody else reads these tables.

pub(crate) mod adoption;
pub(crate) mod bounds;
pub(crate) mod expiries;
pub(crate) mod history;
mod migrations;
pub(crate) mod permissions;
pub(crate) mod policies;
pub(crate) mod requests;
pub(crate) mod resets;
pub(crate) mod reviewers;

pub(crate) use migrations::STEPS;
