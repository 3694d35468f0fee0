//! The public API of this slice: HTTP in, one call, reply out.

mod access;
mod attendant_menu_wire;
mod attendant_wire;
mod auto_attendants;
mod forwarding;
mod group_wire;
mod hunt_groups;
mod queue_agents;
mod queue_policies;
mod queue_wire;
mod queues;
mod recurrence_wire;
mod schedule_wire;
mod schedules;
mod wire;

use axum::Router;
use http::Method;
use kit_web::RouteSpec;

use crate::{CallFeatures, pages};

/// One list a subject, so that the table of a subject stands beside its handlers.
const TABLES: &[&[RouteSpec]] = &[
    hunt_groups::ROUTES,
    forwarding::HUNT_GROUP_ROUTES,
    queues::ROUTES,
    queue_policies::ROUTES,
    queue_agents::ROUTES,
    forwarding::QUEUE_ROUTES,
    forwarding::ATTENDANT_ROUTES,
    auto_attendants::ROUTES,
    schedules::ROUTES,
    pages::HUNT_GROUP_ROUTES,
    pages::QUEUE_ROUTES,
    pages::ATTENDANT_ROUTES,
    pages::SCHEDULE_ROUTES,
];

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
        .merge(queue_policies::router())
        .merge(queue_agents::router())
        .merge(forwarding::router())
        .merge(auto_attendants::router())
        .merge(schedules::router())
        .with_state(call_features)
}
