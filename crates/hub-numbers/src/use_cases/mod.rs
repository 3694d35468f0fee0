//! One verb a file.

pub(crate) mod add_numbers;
mod assign;
mod assign_many;
mod change_numbers;
mod held_by;
mod holders;
mod keep_locations;
mod keep_people;
pub(crate) mod list_numbers;
mod locate;
pub(crate) mod manage_numbers;
pub(crate) mod offer_numbers;
mod release;
pub(crate) mod validate_numbers;

pub use holders::{Holder, HolderQuery};
