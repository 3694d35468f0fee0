//! SQL of this slice; nobody else reads these tables.

pub(crate) mod migrations;
