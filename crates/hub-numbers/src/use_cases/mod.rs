//! One verb a file.

pub(crate) mod add_numbers;
mod assign;
mod assign_many;
mod change_numbers;
pub(crate) mod find_dialled;
mod held_by;
mod hold;
pub(crate) mod holders;
mod keep_locations;
mod keep_people;
pub(crate) mod list_numbers;
mod locate;
pub(crate) mod manage_numbers;
pub(crate) mod offer_numbers;
mod release;
pub(crate) mod validate_numbers;

pub use find_dialled::{DialledQuery, ExtensionMatch};
pub use holders::{Holder, HolderOrder, HolderQuery};
