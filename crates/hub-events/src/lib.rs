//! What the Hub tells the world.
//!
//! A slice that changes something hands a sentence about it to the [`Recorder`], inside the transaction of the change: an
//! [`AuditEntry`] for administrators, a [`SecurityEvent`] for programs whose authorizations hang on it, [`WebhookNews`] for
//! registered webhooks, a [`Letter`] for people. What was rolled back was never said; what was committed is said even if the
//! process dies in the next moment.

mod model;
mod recorder;
mod store;

pub use model::{
    Actor, AuditCategory, AuditEntry, Initiator, Letter, SecurityEvent, SecurityEventKind, Subject, Target,
    WebhookNews,
};
pub use recorder::{Recorder, migrate};
