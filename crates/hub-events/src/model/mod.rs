mod audit;
mod letter;
mod security_event;
mod sign_in;
mod webhook_news;

pub use audit::{Actor, AuditCategory, AuditEntry, Target};
pub use letter::Letter;
pub use security_event::{Initiator, SecurityEvent, SecurityEventKind, Subject};
pub use sign_in::{SignInEvent, SignInKind};
pub use webhook_news::WebhookNews;
