mod customers;

use axum::Router;
use axum::routing::{get, post};

use crate::Partners;

/// The pages of this slice.
pub fn pages_router(partners: Partners) -> Router {
    Router::new()
        .route("/customers", get(customers::list))
        .route("/customers/{organization_id}/choose", post(customers::choose))
        .with_state(partners)
}
