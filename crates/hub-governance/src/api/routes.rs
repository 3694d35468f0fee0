use axum::Router;
use axum::routing::{delete, get, post};
use http::Method;
use kit_web::RouteSpec;

use super::{decisions, policies, resets, usage};
use crate::Governance;
use crate::use_cases::{READ, WRITE};

const READERS: &[&str] = &[READ, WRITE];
const WRITERS: &[&str] = &[WRITE];

const fn see(path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::api(&Method::GET, path, READERS, summary)
}

const fn change(method: &'static Method, path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::api(method, path, WRITERS, summary)
}

/// Every route of this slice's API.
pub const API_ROUTES: &[RouteSpec] = &[
    see("/v1/policies", "The policies of the organization"),
    change(&Method::POST, "/v1/policies", "Make a policy"),
    see("/v1/policies/{policy_id}", "One policy"),
    change(&Method::PUT, "/v1/policies/{policy_id}", "Change a policy"),
    change(&Method::DELETE, "/v1/policies/{policy_id}", "Delete a policy"),
    see(
        "/v1/application/usage",
        "How many people use which application, and whether policy allows it",
    ),
    see(
        "/v1/trunkline/governance/resets",
        "The resets of the last 30 days",
    ),
    change(
        &Method::POST,
        "/v1/trunkline/governance/resets",
        "Delete every exception",
    ),
    see(
        "/v1/trunkline/governance/resets/{reset_id}",
        "What undoing a reset would do",
    ),
    change(
        &Method::POST,
        "/v1/trunkline/governance/resets/{reset_id}/undo",
        "Undo a reset",
    ),
    change(
        &Method::POST,
        "/v1/trunkline/governance/applications/{application_id}/revoke",
        "End every authorization of an application",
    ),
    change(
        &Method::POST,
        "/v1/trunkline/governance/applications/{application_id}/decisions",
        "Decide requests for an application",
    ),
    see("/v1/trunkline/governance/requests", "Who asked for what"),
    see("/v1/trunkline/governance/reviewers", "Who may decide requests"),
    change(
        &Method::POST,
        "/v1/trunkline/governance/reviewers",
        "Let somebody decide requests",
    ),
    change(
        &Method::DELETE,
        "/v1/trunkline/governance/reviewers/{person_id}",
        "Take a person off the reviewers",
    ),
    change(
        &Method::POST,
        "/v1/trunkline/governance/adoption/refresh",
        "Count now who uses what",
    ),
];

/// The API of this slice.
pub fn api_router(governance: Governance) -> Router {
    Router::new()
        .route("/v1/policies", get(policies::list).post(policies::create))
        .route(
            "/v1/policies/{policy_id}",
            get(policies::show).put(policies::update).delete(policies::delete),
        )
        .route("/v1/application/usage", get(usage::list))
        .route(
            "/v1/trunkline/governance/resets",
            get(resets::list).post(resets::reset),
        )
        .route("/v1/trunkline/governance/resets/{reset_id}", get(resets::preview))
        .route(
            "/v1/trunkline/governance/resets/{reset_id}/undo",
            post(resets::undo),
        )
        .route(
            "/v1/trunkline/governance/applications/{application_id}/revoke",
            post(decisions::revoke),
        )
        .route(
            "/v1/trunkline/governance/applications/{application_id}/decisions",
            post(decisions::decide),
        )
        .route("/v1/trunkline/governance/requests", get(decisions::requests))
        .route(
            "/v1/trunkline/governance/reviewers",
            get(decisions::reviewers).post(decisions::name_reviewer),
        )
        .route(
            "/v1/trunkline/governance/reviewers/{person_id}",
            delete(decisions::remove_reviewer),
        )
        .route("/v1/trunkline/governance/adoption/refresh", post(usage::refresh))
        .with_state(governance)
}
