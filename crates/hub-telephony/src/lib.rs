//! Virtual lines, workspaces, and a person's call settings.

mod api;
mod pages;
mod store;
mod telephony;

pub use api::{ROUTES, api_router};
pub use pages::pages_router;
pub use telephony::Telephony;
