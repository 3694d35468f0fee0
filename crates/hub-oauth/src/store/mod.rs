//! SQL of this slice.

pub(crate) mod access_tokens;
pub(crate) mod accounts;
pub(crate) mod adoption;
pub(crate) mod clients;
pub(crate) mod codes;
pub(crate) mod devices;
pub(crate) mod grants;
pub(crate) mod keys;
pub(crate) mod migrations;
pub(crate) mod pending;
pub(crate) mod signing_keys;
