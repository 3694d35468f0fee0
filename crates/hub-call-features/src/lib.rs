//! Hunt groups, call queues, auto attendants and their schedules.
//!
//! [`CallFeatures`] is the front door. What is called by number (hunt groups, queues, attendants) keeps no number of its
//! own: the stock of `hub-numbers` knows who holds which. Inside, in reading order: `model` (settings and their rules),
//! `use_cases` (one verb a file), `store` (SQL), `api`, `pages`, `seed`.

mod api;
mod call_features;
mod listeners;
mod model;
mod pages;
mod seed;
mod store;
mod use_cases;

pub use api::{ROUTES, api_router};
pub use call_features::CallFeatures;
pub use pages::pages_router;
