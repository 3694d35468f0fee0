//! SCIM 2 users and groups, and the organization as the identity service shows it.

mod api;
mod pages;
mod scim;
mod store;

pub use api::{ROUTES, api_router};
pub use pages::pages_router;
pub use scim::Scim;
