//! What the slice does: one verb a file, the authorization check first.

pub(crate) mod locations;
pub(crate) mod person_settings;
pub(crate) mod virtual_lines;
pub(crate) mod workspaces;
