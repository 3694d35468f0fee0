mod audit;
pub(crate) mod filter;
mod letter;
pub(crate) mod patience;
mod security_event;
pub(crate) mod security_set;
mod sign_in;
pub(crate) mod stream;
pub(crate) mod target;
pub(crate) mod webhook;
mod webhook_news;

pub use audit::{Actor, AuditCategory, AuditEntry, Target};
pub use letter::Letter;
pub use security_event::{Initiator, SecurityEvent, SecurityEventKind, Subject};
pub use sign_in::{SignInEvent, SignInKind};
pub use webhook_news::WebhookNews;
