//! The stock of telephone numbers and extensions: who owns which, and what is free.
//!
//! [`Numbers`] is the front door. Whoever can be called (people, workspaces, virtual lines, call features) keeps no
//! number of its own: it asks for one by [`Numbers::assign`], gives it back by [`Numbers::release`] and reads it by
//! [`Numbers::held_by`]. So a number or an extension has one owner, by the indexes of one table.

mod api;
mod model;
mod numbers;
mod pages;
mod ports;
mod seed;
mod store;
mod use_cases;

pub use api::{ROUTES, api_router};
pub use model::{Held, Owner, OwnerKind, Wanted};
pub use numbers::Numbers;
pub use pages::pages_router;
pub use ports::OwnerReleased;
pub use use_cases::{DialledQuery, ExtensionMatch, Holder, HolderOrder, HolderQuery};
