//! HTTP in, one call, reply out.

mod audit;
mod pairs;
mod poll;
mod routes;
mod streams;
pub(crate) mod webhook_wire;
mod webhooks;

pub use routes::{API_ROUTES, api_router, ring_after_writes};
