//! The protocol over HTTP, on both databases. Test names that begin with `rNN_` prove a rule of the checklist that
//! is drawn from RFC 6749, 7009, 7636, 9207 and 9700.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod announcements;
mod authorizations;
mod consent;
mod matrix;
mod openid;
mod personal_tokens;
mod rules_document;
mod rules_of_authorize;
mod rules_of_devices;
mod rules_of_introspection;
mod rules_of_rotation;
mod rules_of_tokens;
mod state_machine;
mod world;
