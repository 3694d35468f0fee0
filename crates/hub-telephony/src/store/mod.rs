//! SQL of this slice; nobody else reads these tables.

pub(crate) mod migrations;
pub(crate) mod person_settings;
#[cfg(test)]
mod plans;
pub(crate) mod virtual_lines;
pub(crate) mod workspaces;
