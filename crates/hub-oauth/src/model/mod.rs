//! States and rules, without I/O.

pub(crate) mod authorization_request;
pub(crate) mod client;
pub(crate) mod code;
pub(crate) mod grant;
pub(crate) mod initials;
pub(crate) mod oauth_error;
pub(crate) mod parameters;
pub(crate) mod pkce;
pub(crate) mod token_text;
pub(crate) mod validity;
