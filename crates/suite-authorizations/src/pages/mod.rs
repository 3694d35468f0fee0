use axum::Router;
use kit_web::RouteSpec;

use crate::Authorizations;

pub const ROUTES: &[RouteSpec] = &[];

pub fn pages_router(_authorizations: Authorizations) -> Router {
    Router::new()
}
