//! The directory and the synchronization, as pages.

use axum::Router;
use kit_web::RouteSpec;

use crate::UsersSynch;

/// The pages of the slice.
pub fn pages_router(_synch: UsersSynch) -> Router {
    Router::new()
}

/// Every route of the slice.
pub const ROUTES: &[RouteSpec] = &[];
