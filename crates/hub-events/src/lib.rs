//! What the Hub tells the world.
//!
//! A slice that changes something hands a sentence about it to the [`Recorder`], inside the transaction of the change: an
//! [`AuditEntry`] for administrators, a [`SecurityEvent`] for programs whose authorizations hang on it, [`WebhookNews`] for
//! registered webhooks, a [`Letter`] for people. What was rolled back was never said; what was committed is said even if the
//! process dies in the next moment.

mod api;
mod events;
mod mail;
mod model;
mod net;
mod pages;
mod ports;
mod recorder;
mod store;
mod use_cases;

pub use api::{API_ROUTES, api_router, ring_after_writes};
pub use events::{Events, EventsOptions, EventsParts, MailRoad};
pub use model::{
    Actor, AuditCategory, AuditEntry, Initiator, Letter, SecurityEvent, SecurityEventKind, SignInEvent,
    SignInKind, Subject, Target, WebhookNews,
};
pub use net::{NameLookup, SystemNames};
pub use pages::{PAGE_ROUTES, pages_router};
pub use ports::{ClientCheck, GrantStanding, KnownNames, KnownPerson, SetSigner};
pub use recorder::{Recorder, migrate};
