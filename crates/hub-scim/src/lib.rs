//! SCIM 2 users and groups, the groups API, and the organization as the identity service shows it.
//!
//! [`Scim`] is the front door. A SCIM user is a person of the directory; this slice keeps beside it what the directory
//! has no place for, and the groups. Inside, in reading order: `model` (schemas, filters, PATCH: pure), `use_cases` (one
//! verb a file), `store` (SQL), `api`, `pages`.

mod api;
mod listener;
mod model;
mod pages;
mod scim;
mod seed;
mod store;
mod use_cases;

pub use api::{ROUTES, api_router};
pub use pages::pages_router;
pub use scim::Scim;
