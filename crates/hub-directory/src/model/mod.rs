//! States and rules, without a database and without HTTP.

mod account;

pub use account::{Account, Organization};
