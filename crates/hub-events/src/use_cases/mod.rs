//! One verb a file.

mod change_webhook;
mod create_webhook;
mod deliver_webhooks;
mod hand_out;
mod hand_to_streams;
mod letters;
mod poll_sets;
mod push_sets;
mod read_audit;
mod read_webhooks;
mod streams;
mod sweep;
mod work;

pub(crate) use hand_out::News;
pub(crate) use letters::shown_link;
pub(crate) use poll_sets::{Poller, Question};
pub(crate) use read_audit::{AuditQuery, READERS as AUDIT_READERS, SignInQuery};
pub(crate) use streams::{SCOPES as STREAM_SCOPES, VERIFICATION_PAUSE};
