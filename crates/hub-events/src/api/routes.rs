use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::{get, post};
use http::Method;
use kit_web::RouteSpec;

use super::{audit, poll, streams, webhooks};
use crate::Events;
use crate::use_cases::STREAM_SCOPES;

const AUDIT: &[&str] = &["audit:events_read"];

/// What programs ask of this slice.
pub const API_ROUTES: &[RouteSpec] = &[
    RouteSpec::api(&Method::GET, "/v1/webhooks", &[], "List webhooks"),
    RouteSpec::api(&Method::POST, "/v1/webhooks", &[], "Register a webhook"),
    RouteSpec::api(&Method::GET, "/v1/webhooks/{webhook_id}", &[], "One webhook"),
    RouteSpec::api(&Method::PUT, "/v1/webhooks/{webhook_id}", &[], "Change a webhook"),
    RouteSpec::api(
        &Method::DELETE,
        "/v1/webhooks/{webhook_id}",
        &[],
        "Delete a webhook",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/adminAudit/events",
        AUDIT,
        "What administrators did",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/adminAudit/eventCategories",
        AUDIT,
        "The categories of the admin audit",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/admin/securityAudit/events",
        AUDIT,
        "Who signed in and out",
    ),
    RouteSpec::open(
        &Method::GET,
        "/.well-known/ssf-configuration",
        "Where security events are told (SSF 1.0)",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/ssf/stream",
        STREAM_SCOPES,
        "Streams of security events",
    ),
    RouteSpec::api(&Method::POST, "/v1/ssf/stream", STREAM_SCOPES, "Make a stream"),
    RouteSpec::api(&Method::PATCH, "/v1/ssf/stream", STREAM_SCOPES, "Change a stream"),
    RouteSpec::api(&Method::PUT, "/v1/ssf/stream", STREAM_SCOPES, "Replace a stream"),
    RouteSpec::api(
        &Method::DELETE,
        "/v1/ssf/stream",
        STREAM_SCOPES,
        "Delete a stream",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/ssf/status",
        STREAM_SCOPES,
        "The status of a stream",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/ssf/status",
        STREAM_SCOPES,
        "Pause or enable a stream",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/ssf/verify",
        STREAM_SCOPES,
        "Have a stream prove itself",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/ssf/poll/{stream_id}",
        STREAM_SCOPES,
        "Fetch security event tokens (RFC 8936)",
    ),
];

/// The API of this slice.
pub fn api_router(events: Events) -> Router {
    Router::new()
        .route("/v1/webhooks", get(webhooks::list).post(webhooks::create))
        .route(
            "/v1/webhooks/{webhook_id}",
            get(webhooks::show).put(webhooks::change).delete(webhooks::delete),
        )
        .route("/v1/adminAudit/events", get(audit::events))
        .route("/v1/adminAudit/eventCategories", get(audit::categories))
        .route("/v1/admin/securityAudit/events", get(audit::sign_ins))
        .route("/.well-known/ssf-configuration", get(streams::configuration))
        .route(
            "/v1/ssf/stream",
            get(streams::show)
                .post(streams::create)
                .patch(streams::change)
                .put(streams::replace)
                .delete(streams::delete),
        )
        .route(
            "/v1/ssf/status",
            get(streams::show_status).post(streams::set_status),
        )
        .route("/v1/ssf/verify", post(streams::verify))
        .route("/v1/ssf/poll/{stream_id}", post(poll::poll))
        .with_state(events)
}

/// Rings once an answer is ready that may have recorded something: what was said is committed then.
pub async fn ring_after_writes(State(events): State<Events>, request: Request, next: Next) -> Response {
    let may_record = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let response = next.run(request).await;
    if may_record {
        events.ring();
    }
    response
}
