use axum::Router;
use kit_web::RouteSpec;

use crate::CallFeatures;

pub(super) const ROUTES: &[RouteSpec] = &[];

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
}
