//! Hunt groups, call queues, auto attendants and their schedules.

mod api;
mod call_features;
mod pages;
mod store;

pub use api::{ROUTES, api_router};
pub use call_features::CallFeatures;
pub use pages::pages_router;
