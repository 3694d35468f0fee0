//! States and rules, without I/O.

pub(crate) mod lockout;
pub(crate) mod password_policy;
pub(crate) mod provider;
pub(crate) mod return_path;
pub(crate) mod session;
pub(crate) mod ticket;
pub(crate) mod user_agent;
pub(crate) mod wait_words;
