//! States and rules, without a database and without HTTP.

mod account;
mod draft;
mod license;
mod location;
mod machine;
mod person;
mod phone;
pub(crate) mod rights;

pub use account::{Account, Organization};
pub use draft::{CallingDraft, PersonDraft};
pub(crate) use draft::{Surroundings, settle};
pub use license::License;
pub use location::{CallingSide, Location};
pub use machine::Machine;
pub use person::{Number, Person};
pub use phone::e164;
