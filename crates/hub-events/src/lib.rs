//! What the Hub tells the world.
//!
//! A slice that changes something hands a sentence about it to the [`Recorder`], inside the transaction of the change: an
//! [`AuditEntry`] for administrators, a [`SecurityEvent`] for programs whose authorizations hang on it, [`WebhookNews`] for
//! registered webhooks, a [`Letter`] for people. What was rolled back was never said; what was committed is said even if the
//! process dies in the next moment.

mod model;
mod ports;
mod recorder;
mod store;

pub use model::{
    Actor, AuditCategory, AuditEntry, Initiator, Letter, SecurityEvent, SecurityEventKind, SignInEvent,
    SignInKind, Subject, Target, WebhookNews,
};
pub use ports::{ClientCheck, GrantStanding, KnownNames, KnownPerson, SetSigner};
pub use recorder::{Recorder, migrate};
