//! Sign-in, sessions and what ends them, on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod api;
mod events;
mod external;
mod fake_provider;
mod forgotten;
mod lockout;
mod pages;
mod passwords;
mod policy;
mod resets;
mod sessions;
mod settings_pages;
mod world;
