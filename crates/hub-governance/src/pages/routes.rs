use axum::Router;
use axum::routing::{get, post};
use http::Method;
use kit_web::RouteSpec;

use super::{alerts, apps, changes, confirm, integrations, policy};
use crate::Governance;

const fn page(path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::page(&Method::GET, path, summary)
}

const fn form(path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::page(&Method::POST, path, summary)
}

/// Every route of this slice.
pub const ROUTES: &[RouteSpec] = &[
    page("/apps", "What people may connect to their accounts"),
    page("/apps/bots", "Says that there are no bots"),
    page("/apps/embedded-apps", "Says that there are no embedded apps"),
    page(
        "/apps/assistant-skills",
        "Says that there are no assistant skills",
    ),
    page("/apps/service-apps", "Says that there are no service apps"),
    page("/apps/integrations", "The integrations"),
    form("/apps/integrations/refresh", "Counts now who uses what"),
    page("/apps/integrations/manage", "The policy of the organization"),
    form(
        "/apps/integrations/manage",
        "Changes the policy of the organization",
    ),
    page("/apps/integrations/reset", "Which exceptions a reset deletes"),
    form("/apps/integrations/reset", "Deletes every exception"),
    page("/apps/integrations/{client_id}", "One integration"),
    form(
        "/apps/integrations/{client_id}/status",
        "Enables or disables an integration",
    ),
    page(
        "/apps/integrations/{client_id}/disable",
        "What disabling an integration ends",
    ),
    page(
        "/apps/integrations/{client_id}/revoke",
        "What revoking access ends",
    ),
    form(
        "/apps/integrations/{client_id}/revoke",
        "Ends every authorization of an integration",
    ),
    page(
        "/apps/integrations/{client_id}/people.csv",
        "Who uses an integration, as a file",
    ),
    form(
        "/apps/integrations/{client_id}/dismiss",
        "Puts all requests for an integration aside",
    ),
    form(
        "/apps/integrations/{client_id}/requests/{request_id}/dismiss",
        "Puts one request aside",
    ),
    page("/alerts", "The Alerts center"),
    form(
        "/alerts/{client_id}/allow",
        "Enables an integration that people wait for",
    ),
    form(
        "/alerts/{client_id}/dismiss",
        "Puts all requests for an integration aside",
    ),
];

/// The pages of this slice.
pub fn pages_router(governance: Governance) -> Router {
    Router::new()
        .route("/apps", get(apps::general))
        .route("/apps/bots", get(apps::other))
        .route("/apps/embedded-apps", get(apps::other))
        .route("/apps/assistant-skills", get(apps::other))
        .route("/apps/service-apps", get(apps::other))
        .route("/apps/integrations", get(integrations::list))
        .route("/apps/integrations/refresh", post(changes::refresh))
        .route(
            "/apps/integrations/manage",
            get(policy::manage).post(changes::set_policy),
        )
        .route(
            "/apps/integrations/reset",
            get(policy::reset).post(changes::reset),
        )
        .route("/apps/integrations/{client_id}", get(integrations::detail))
        .route("/apps/integrations/{client_id}/status", post(changes::set_status))
        .route("/apps/integrations/{client_id}/disable", get(confirm::disable))
        .route(
            "/apps/integrations/{client_id}/revoke",
            get(confirm::revoke).post(changes::revoke),
        )
        .route(
            "/apps/integrations/{client_id}/people.csv",
            get(integrations::people_csv),
        )
        .route(
            "/apps/integrations/{client_id}/dismiss",
            post(changes::dismiss_all),
        )
        .route(
            "/apps/integrations/{client_id}/requests/{request_id}/dismiss",
            post(changes::dismiss_one),
        )
        .route("/alerts", get(alerts::alerts))
        .route("/alerts/{client_id}/allow", post(changes::allow_from_alert))
        .route("/alerts/{client_id}/dismiss", post(changes::dismiss_from_alert))
        .with_state(governance)
}
