//! SQL of this slice; nobody else reads these tables.

pub(crate) mod counts;
pub(crate) mod entries;
pub(crate) mod jobs;
pub(crate) mod list;
pub(crate) mod locations;
pub(crate) mod migrations;
pub(crate) mod writes;
