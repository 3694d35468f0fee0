//! SQL of this slice.

pub(crate) mod attempts;
pub(crate) mod credentials;
pub(crate) mod epochs;
mod migrations;
pub(crate) mod policies;
pub(crate) mod providers;
pub(crate) mod sessions;
pub(crate) mod tickets;

pub(crate) use migrations::MIGRATIONS;
