//! Rules, without a database and without HTTP.

pub(crate) mod error;
pub(crate) mod filter;
pub(crate) mod group;
pub(crate) mod group_filter;
pub(crate) mod group_schema;
pub(crate) mod members;
pub(crate) mod patch;
pub(crate) mod patch_steps;
mod phones;
pub(crate) mod plan;
pub(crate) mod projection;
pub(crate) mod resource;
pub(crate) mod rights;
pub(crate) mod schema;
#[cfg(test)]
mod tests;
pub(crate) mod user;
pub(crate) mod user_draft;
pub(crate) mod user_schema;
pub(crate) mod version;
