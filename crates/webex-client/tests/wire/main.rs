//! The client against a server on the loopback interface: what it sends, what it waits for, what it refuses.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod oauth;
mod pages;
mod patience;
mod platform;
mod requests;
