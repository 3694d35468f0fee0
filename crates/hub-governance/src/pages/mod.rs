//! Apps and the Alerts center.

mod alerts;
mod apps;
mod changes;
mod confirm;
mod integrations;
mod losses;
mod my_requests;
mod notices;
mod people;
mod policy;
mod routes;
pub(crate) mod tabs;
mod words;

pub use routes::{ROUTES, pages_router};
pub use tabs::apps_tabs;
