//! Sign-in, sessions and what ends them, on both databases.

mod events;
mod lockout;
mod pages;
mod passwords;
mod sessions;
mod world;
