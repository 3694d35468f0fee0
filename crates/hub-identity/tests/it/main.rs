//! Sign-in, sessions and what ends them, on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod events;
mod lockout;
mod pages;
mod passwords;
mod sessions;
mod world;
