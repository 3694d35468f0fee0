//! Hunt groups and call queues.

use axum::Router;
use http::Method;
use kit_web::RouteSpec;

use crate::CallFeatures;

pub(super) const ROUTES: &[RouteSpec] = &[RouteSpec::page(
    &Method::GET,
    "/calling/features",
    "Find hunt groups",
)];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
}
