use axum::Router;
use axum::routing::{get, post};
use http::Method;
use kit_web::RouteSpec;

use super::{alerts, apps, changes, confirm, integrations, my_requests, people, policy};
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
    page(
        "/apps/integrations/{client_id}/people",
        "To whom an integration is limited",
    ),
    form(
        "/apps/integrations/{client_id}/people",
        "Limits an integration to specific users",
    ),
    form(
        "/apps/integrations/{client_id}/people/{person_id}/remove",
        "Takes a person off the list of an integration",
    ),
    page(
        "/apps/integrations/resets/{reset_id}",
        "What undoing a reset brings back",
    ),
    form("/apps/integrations/resets/{reset_id}", "Undoes a reset"),
    page("/alerts", "The Alerts center"),
    page("/alerts/decisions", "What was decided about integrations"),
    page("/alerts/reviewers", "Who may decide requests"),
    form("/alerts/reviewers", "Lets somebody decide requests"),
    form(
        "/alerts/reviewers/{person_id}/remove",
        "Takes a person off the reviewers",
    ),
    page("/alerts/{client_id}", "The requests for an integration"),
    form("/alerts/{client_id}/decide", "Decides requests"),
    form(
        "/alerts/{client_id}/allow",
        "Enables an integration that people wait for",
    ),
    page("/me/requests", "What one asked for, and what became of it"),
];

/// The pages of this slice.
pub fn pages_router(governance: Governance) -> Router {
    Router::new()
        .route("/apps", get(apps::general))
        .route("/apps/bots", get(apps::other))
        .route("/apps/embedded-apps", get(apps::other))
        .route("/apps/assistant-skills", get(apps::other))
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
            "/apps/integrations/{client_id}/people",
            get(people::show).post(people::add),
        )
        .route(
            "/apps/integrations/{client_id}/people/{person_id}/remove",
            post(people::remove),
        )
        .route(
            "/apps/integrations/resets/{reset_id}",
            get(policy::undo_preview).post(policy::undo),
        )
        .route("/alerts", get(alerts::alerts))
        .route("/alerts/decisions", get(alerts::decisions))
        .route(
            "/alerts/reviewers",
            get(alerts::reviewers).post(alerts::name_reviewer),
        )
        .route(
            "/alerts/reviewers/{person_id}/remove",
            post(alerts::remove_reviewer),
        )
        .route("/alerts/{client_id}", get(alerts::alert))
        .route("/alerts/{client_id}/decide", post(alerts::decide))
        .route("/alerts/{client_id}/allow", post(changes::allow_from_alert))
        .route("/me/requests", get(my_requests::list))
        .with_state(governance)
}
