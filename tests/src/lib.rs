//! What the whole-system tests stand on: Hub and Suite on ephemeral loopback ports, and a browser without JavaScript
//! that fills in their real forms.

mod browser;
mod products;

pub use browser::{Browser, Sight};
pub use products::{Person, Products};
