//! The public API of this slice: HTTP in, one call, reply out.

mod forwarding;
mod hunt_groups;
mod queues;

use axum::Router;
use http::Method;
use kit_web::RouteSpec;

use crate::{CallFeatures, pages};

/// One list a subject, so that the table of a subject stands beside its handlers.
const TABLES: &[&[RouteSpec]] = &[hunt_groups::ROUTES, queues::ROUTES, pages::ROUTES];

const COUNT: usize = {
    let (mut count, mut table) = (0, 0);
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count
};

const ALL: [RouteSpec; COUNT] = {
    let mut all = [RouteSpec::open(&Method::GET, "", ""); COUNT];
    let (mut filled, mut table) = (0, 0);
    while table < TABLES.len() {
        let mut line = 0;
        while line < TABLES[table].len() {
            all[filled] = TABLES[table][line];
            filled += 1;
            line += 1;
        }
        table += 1;
    }
    all
};

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &ALL;

/// The public API. The composition puts a [`hub_directory::Caller`] into each request whose token it found valid.
pub fn api_router(call_features: CallFeatures) -> Router {
    Router::new()
        .merge(hunt_groups::router())
        .merge(queues::router())
        .with_state(call_features)
}
