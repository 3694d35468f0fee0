//! The stock of telephone numbers and extensions: who owns which, and what is free.

mod api;
mod numbers;
mod pages;
mod store;

pub use api::{ROUTES, api_router};
pub use numbers::Numbers;
pub use pages::pages_router;
