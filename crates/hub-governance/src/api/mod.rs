//! HTTP in, one call, reply out: the public API's policies, and under our own prefix what it lacks.

mod decisions;
mod policies;
mod resets;
mod routes;
mod usage;
mod wire;

pub use routes::{API_ROUTES, api_router};
