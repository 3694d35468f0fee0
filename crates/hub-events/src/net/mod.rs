//! Requests to addresses that strangers name: nothing private is dialled, no redirect is followed, nothing is waited for long.

mod addresses;
mod names;
mod sender;

pub(crate) use addresses::is_public;
pub use names::{NameLookup, SystemNames};
pub(crate) use sender::{SendFailure, Sender, Sent};
